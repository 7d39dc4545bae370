"""Parts and pieces as inline HTML with insertions and deletions."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, takewhile
from typing import Literal

from .format import Part, Piece
from .labels import Labels
from .tokens import joined

Mark = Literal["ins", "del"]


def hidden(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'


def marked(mark: Mark, html: str, labels: Labels) -> str:
    """A whole text that came or went; nothing is put around nothing."""
    said = labels.added if mark == "ins" else labels.removed
    return f"<{mark}>{hidden(said)}{html}</{mark}>" if html else ""


def part_html(part: Part, op: str, labels: Labels) -> str:
    """A cell, term or text as the line it stands in demands."""
    if isinstance(part, str):
        marks: dict[str, Mark] = {"added": "ins", "removed": "del"}
        return marked(marks[op], part, labels) if op in marks else part
    if "pieces" in part:
        return pieces_html(part["pieces"], labels)
    return marked("ins", part["new"], labels) if "new" in part else marked("del", part["old"], labels)


def pieces_html(pieces: Sequence[Piece], labels: Labels) -> str:
    """Marks stand inside the links and formatting that all they mark has in common."""
    return joined(_marked_runs(pieces, labels))


def _marked_runs(pieces: Sequence[Piece], labels: Labels) -> Iterator[tuple[str, Sequence[str]]]:
    for (op, why), group in groupby(pieces, lambda piece: (piece["op"], piece.get("why", ""))):
        run = list(group)
        if op == "same":
            yield from ((piece["html"], piece.get("within", ())) for piece in run)
        else:
            around = _common([piece.get("within", []) for piece in run])
            html = joined((piece["html"], piece.get("within", [])[len(around) :]) for piece in run)
            yield f"<{op}{_target(run, why)}>{hidden(_said(op, why, labels))}{html}</{op}>", around


def _common(withins: Sequence[Sequence[str]]) -> list[str]:
    same = takewhile(lambda tags: len(set(tags)) == 1, zip(*withins, strict=False))
    return [tags[0] for tags in same]


def _said(op: str, why: str, labels: Labels) -> str:
    if why == "link":
        return labels.link_after if op == "ins" else labels.link_before
    if why == "format":
        return labels.format_after if op == "ins" else labels.format_before
    return labels.added if op == "ins" else labels.removed


def _target(run: Sequence[Piece], why: str) -> str:
    """Shows sighted readers where a changed link leads; nothing else tells them what is different."""
    target = link_target(run) if why == "link" else ""
    return f' title="{target}"' if target else ""


def link_target(run: Sequence[Piece]) -> str:
    """The target of the first link, escaped as it stands in the source."""
    tags = (tag for piece in run for tag in piece.get("within", ()) if tag.startswith("a "))
    return next((tag.partition('href="')[2].partition('"')[0] for tag in tags), "")
