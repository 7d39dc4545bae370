"""Sentences that left one line and came to another, which only the showing of a redline tells from other words."""

from collections.abc import Iterator
from itertools import groupby

from .format import ChangedPart, LineChange, Redline
from .matching import WORDS_TO_TRAVEL
from .tokens import plain


def wording(html: str) -> str:
    """What tells a text from another wherever it stands: its words, without formatting."""
    return " ".join(plain(html).split())


def shifted(redline: Redline) -> frozenset[str]:
    gone: set[str] = set()
    came: set[str] = set()
    for section in redline["sections"]:
        for line in section.get("lines", ()):
            for op, html in _marked(line):
                (came if op == "ins" else gone).add(wording(html))
    return frozenset(each for each in gone & came if len(each.split()) >= WORDS_TO_TRAVEL)


def _marked(line: LineChange) -> Iterator[tuple[str, str]]:
    for part in line.get("parts", ()):
        if not isinstance(part, str):
            yield from _in_part(part)
        elif line["op"] in ("added", "removed"):
            yield ("ins" if line["op"] == "added" else "del"), part


def _in_part(part: ChangedPart) -> Iterator[tuple[str, str]]:
    for (op, why), group in groupby(part.get("pieces", ()), lambda piece: (piece["op"], piece.get("why", ""))):
        if op != "same" and not why:
            yield op, "".join(piece["html"] for piece in group)
