"""Proof that every word of a file lands exactly once and in order."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from policies.versions.document import Block, Document, inline_pieces

from .inline import plain
from .plain_text.lines import RULE
from .plain_text.marks import bullet_of, number_of
from .titles import same_title

LONGEST_EXCERPT = 30
"""Words shown of a passage that went astray; enough to find it."""


@dataclass(frozen=True)
class Word:
    """A mark (a bullet, the number of a heading) may land or not; every other word must."""

    text: str
    is_mark: bool = False


def lost_text(source_text: str, document: Document, *, file_title: str = "") -> list[str]:
    """Empty if nothing is lost, doubled, added or moved; otherwise the passages, in words for the terminal.

    `source_text` is `Imported.visible_text`; `file_title` the file's own title where another one was chosen. White
    space and colons at the end of a word do not count: wrapped lines are joined, and a term loses its colon.
    """
    lines = [" ".join(line.split()) for line in source_text.split("\n")]
    titles = (file_title, document["title"])
    heading = next((n for n, line in enumerate(lines) if any(same_title(line, title) for title in titles)), None)
    if heading is not None:
        del lines[heading]
    source = [word for line in lines for word in _source_words(line)]
    landed = _landed_words(document)
    return [] if _agree(source, landed) else _astray(source, landed)


def _source_words(line: str) -> list[Word]:
    if RULE.fullmatch(line):
        return [Word(piece, is_mark=True) for piece in line.split()]
    number = number_of(line)
    length = number.length if number else len(bullet_of(line))
    marks = [Word(word, is_mark=True) for word in _bare_words(line[:length])]
    return marks + [Word(word) for word in _bare_words(line[length:])]


def _landed_words(document: Document) -> list[str]:
    pieces: list[str] = []
    for section in document["sections"]:
        pieces.append(section["heading"])
        for block in section["blocks"]:
            pieces += [plain(piece) for piece in _pieces(block)]
    return [word for piece in pieces for word in _bare_words(piece)]


def _pieces(block: Block) -> list[str]:
    """A promise shows a number where the file has `{amount}`, so what counts is the sentence as it was written."""
    if block["type"] == "promise":
        return [str(block.get("sentence", block["html"]))]
    return list(inline_pieces(block))


def _bare_words(text: str) -> list[str]:
    return [word for piece in re.split(r"\s+", text) if (word := piece.rstrip(":"))]


def _agree(source: list[Word], landed: list[str]) -> bool:
    """Follows both at once. A mark leaves two places to go on from: behind it, and where it would have been."""
    text = "".join(landed)
    places = {0}
    for word in source:
        reached = {place + len(word.text) for place in places if text.startswith(word.text, place)}
        places = reached | places if word.is_mark else reached
    return len(text) in places


def _astray(source: list[Word], landed: list[str]) -> list[str]:
    words = [word.text for word in source if not word.is_mark]
    start = next(n for n, (a, b) in enumerate(zip_longest(words, landed)) if a != b) if words != landed else 0
    passages = []
    for what, a_start, a_end, b_start, b_end in SequenceMatcher(None, words[start:], landed[start:]).get_opcodes():
        if what in ("delete", "replace"):
            passages.append(_passage("missing", words[start + a_start : start + a_end]))
        if what in ("insert", "replace"):
            passages.append(_passage("not at its place in the file", landed[start + b_start : start + b_end]))
    return passages


def _passage(what: str, words: list[str]) -> str:
    shown = " ".join(words[:LONGEST_EXCERPT])
    return f"{what}: {shown}{' …' if len(words) > LONGEST_EXCERPT else ''}"
