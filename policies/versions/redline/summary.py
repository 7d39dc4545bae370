"""A redline in a few numbers, and as a table of contents."""

from collections.abc import Iterator
from typing import TypedDict

from .format import Part, Piece, Redline, SectionChange
from .tokens import words


class Counts(TypedDict):
    """How much changed. A section that moved and changed counts in both; moved and restyled words are not counted."""

    changed: int
    added: int
    removed: int
    moved: int
    unchanged: int
    moved_lines: int
    words_added: int
    words_removed: int


class Entry(TypedDict):
    """A line of the table of contents; the introduction has no heading."""

    anchor: str
    heading: str
    change: str
    moved: bool


def contents(redline: Redline) -> list[Entry]:
    return [
        {"anchor": each["anchor"], "heading": each["heading"], "change": each["change"], "moved": each["moved"]}
        for each in redline["sections"]
    ]


def counts(redline: Redline) -> Counts:
    sections = redline["sections"]
    changes = [section["change"] for section in sections]
    marked = [*_marked(redline)]
    return {
        "changed": changes.count("changed"),
        "added": changes.count("added"),
        "removed": changes.count("removed"),
        "moved": sum(section["moved"] for section in sections),
        "unchanged": changes.count("unchanged"),
        "moved_lines": sum(line["op"] == "moved" for each in sections for line in each.get("lines", ())),
        "words_added": sum(len(words(html)) for op, html in marked if op == "ins"),
        "words_removed": sum(len(words(html)) for op, html in marked if op == "del"),
    }


def _marked(redline: Redline) -> Iterator[tuple[str, str]]:
    yield from _in_pieces(redline.get("title_pieces", []))
    for section in redline["sections"]:
        yield from _in_heading(section)
        for line in section.get("lines", ()):
            for part in line.get("parts", ()):
                yield from _in_part(line["op"], part)


def _in_heading(section: SectionChange) -> Iterator[tuple[str, str]]:
    yield from _in_pieces(section.get("heading_pieces", []))
    if section["change"] in ("added", "removed"):
        yield ("ins" if section["change"] == "added" else "del"), section["heading"]


def _in_part(op: str, part: Part) -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        if op in ("added", "removed"):
            yield ("ins" if op == "added" else "del"), part
    elif "pieces" in part:
        yield from _in_pieces(part["pieces"])
    else:
        yield ("ins", part["new"]) if "new" in part else ("del", part["old"])


def _in_pieces(pieces: list[Piece]) -> Iterator[tuple[str, str]]:
    yield from ((piece["op"], piece["html"]) for piece in pieces if "why" not in piece)
