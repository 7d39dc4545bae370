"""Inline HTML as words that know what they stand within, and back again."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from .numerals import ANY_MONTH

Within = tuple[str, ...]
"""The open tags around a text, outermost first, without their angle brackets."""


class Token(NamedTuple):
    """A word, number, mark or `<br>`, and the space that follows it; both stand within tags.

    The space is not compared: it would tie unrelated sentences together, having an equal in every one of them.
    """

    text: str
    within: Within
    gap: str
    gap_within: Within


_make = partial(tuple.__new__, Token)
"""What `Token(…)` does, without the detour through a Python function: tokens are made by the thousand."""


def _combining_marks() -> str:
    """Vowel signs and accents, which `\\w` leaves out and which would cut words of many scripts in pieces."""
    marks = (chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    return "".join(marks) + "\u200c\u200d"


_LETTER = rf"[\w{_combining_marks()}]"
# Letters go on after a joiner ("e-mail", "72-hour", "kept.example/privacy"), digits also after a comma ("1,000").
_WORD = rf"{_LETTER}+(?:(?:['’.@/:‑-]|://|(?<=\d)[,٫٬–](?=\d)){_LETTER}+)*[%٪]?"
WORD = re.compile(_WORD)
# Half a date is marked by nobody: it is compared as one word.
_DATE = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{ANY_MONTH},?\s+\d{{4}}\b|(?=[A-Z]){ANY_MONTH}\s+\d{{1,2}},\s+\d{{4}}\b"
# Plain words come first: they are most of what is read, and are read quickest.
_TOKEN = re.compile(rf"([a-z]+(?=\s)|<br\s*/?>|&\#?\w+;|{_DATE}|{_WORD}|\S)(\s*)")
_TAG = re.compile(r"<(/?)([abi])((?:\s[^<>]*)?)>")
_ANY_TAG = re.compile(r"<(?:br\s*/?|/?[abi](?:\s[^<>]*)?)>")


def runs(html: str) -> Iterator[tuple[str, Within]]:
    """The stretches of text with the tags they stand within; a closing tag that closes nothing is passed over."""
    stack: list[str] = []
    start = 0
    for tag in _TAG.finditer(html):
        if tag.start() > start:
            yield html[start : tag.start()], tuple(stack)
        start = tag.end()
        if not tag[1]:
            stack.append(tag[2] + tag[3])
        elif stack and stack[-1][0] == tag[2]:
            stack.pop()
    if start < len(html):
        yield html[start:], tuple(stack)


def tokens(html: str) -> list[Token]:
    found: list[Token] = []
    for text, within in runs(html):
        words = text.lstrip() if text[0].isspace() else text
        if words is not text:
            _put_gap(found, text[: len(text) - len(words)], within)
        found += [_make((word, within, gap, within)) for word, gap in _TOKEN.findall(words)]
    return found


def _put_gap(found: list[Token], gap: str, within: Within) -> None:
    """Space that opens a stretch belongs to the word before it, although it stands within other tags."""
    if found and not found[-1].gap:
        found[-1] = found[-1]._replace(gap=gap, gap_within=within)
    else:
        found.append(Token("", within, gap, within))


def joined(pieces: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Texts within tags as properly nested HTML; neighbours share the tags they have in common."""
    html: list[str] = []
    around: Sequence[str] = ()
    for text, within in pieces:
        if (within or around) and within != around:
            html += _step(around, within)
            around = within
        html.append(text)
    html += _step(around, ())
    return "".join(html)


def _step(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    yield from (f"</{tag[0]}>" for tag in reversed(before[shared:]))
    yield from (f"<{tag}>" for tag in after[shared:])


def plain(html: str) -> str:
    """The text alone, as a person reads it."""
    return unescape(_ANY_TAG.sub(lambda tag: " " if tag[0].startswith("<br") else "", html))


def words(html: str) -> list[str]:
    return WORD.findall(plain(html))
