"""Two documents, one redline."""

from collections.abc import Iterator
from html import escape
from typing import Any, Literal

from ..document import Document, Section
from .format import FORMAT, LineChange, Redline, SectionChange
from .lines import Line, frame
from .matching import match_lines
from .sections import Place, places
from .wording import changed_parts, compared

_FIELDS: tuple[Literal["id", "anchor", "heading", "regimes"], ...] = ("id", "anchor", "heading", "regimes")
_SEEN = {"heading", "regimes"}


def compare(old: Document, new: Document) -> Redline:
    """What became of every section, line and word; the redline shares unchanged blocks with the documents."""
    found = places(old["sections"], new["sections"])
    match_lines(found)
    redline: Redline = {
        "format": FORMAT,
        "title": new["title"],
        "was": {},
        "sections": [_section_change(place) for place in found],
    }
    if old["title"] != new["title"]:
        redline["was"] = {"title": old["title"]}
        redline["title_pieces"] = compared(_escaped(old["title"]), _escaped(new["title"]))
    return redline


def _section_change(place: Place) -> SectionChange:
    section, was = place.section, _was(place.old, place.new)
    change: SectionChange = {
        "change": _classified(place, was),
        "moved": place.moved,
        "old": place.old_at,
        "new": place.new_at,
        "id": section["id"],
        "anchor": section["anchor"],
        "heading": section["heading"],
        "regimes": section["regimes"],
        "was": was,
    }
    if "heading" in was:
        change["heading_pieces"] = compared(_escaped(was["heading"]), _escaped(section["heading"]))
    _put_text(change, place)
    return change


def _put_text(change: SectionChange, place: Place) -> None:
    if not place.is_rewritten:
        change["blocks"] = place.section["blocks"]
        return
    if place.old:
        change["old_blocks"] = [frame(block) for block in place.old["blocks"]]
    if place.new:
        change["new_blocks"] = [frame(block) for block in place.new["blocks"]]
    change["lines"] = list(_line_changes(place))


def _classified(place: Place, was: dict[str, Any]) -> Literal["unchanged", "changed", "added", "removed", "moved"]:
    """Another id or anchor alone is no change to a reader."""
    if place.old is None:
        return "added"
    if place.new is None:
        return "removed"
    if place.is_rewritten or was.keys() & _SEEN:
        return "changed"
    return "moved" if place.moved else "unchanged"


def _was(old: Section | None, new: Section | None) -> dict[str, Any]:
    if old is None or new is None:
        return {}
    return {name: old[name] for name in _FIELDS if old[name] != new[name]}


def _line_changes(place: Place) -> Iterator[LineChange]:
    """Between two lines that stayed: first what left, then what came."""
    leaving = iter(place.old_lines)
    coming: list[Line] = []
    for line in place.new_lines:
        if line.twin is None or line.move is not None:
            coming.append(line)
            continue
        yield from _left(leaving, until=line.twin)
        yield from map(_came, coming)
        yield _stayed(line, line.twin)
        coming = []
    yield from _left(leaving, until=None)
    yield from map(_came, coming)


def _left(leaving: Iterator[Line], *, until: Line | None) -> Iterator[LineChange]:
    for line in leaving:
        if line is until:
            return
        if line.move is None:
            yield {"op": "removed", "kind": line.kind, "old": line.block, "parts": [*line.parts]}
        else:
            yield {"op": "moved_away", "kind": line.kind, "old": line.block, "move": line.move}


def _came(line: Line) -> LineChange:
    change: LineChange = {"op": "added", "kind": line.kind, "new": line.block, "parts": [*line.parts]}
    if line.twin is not None and line.move is not None:
        change["op"] = "moved"
        change["move"] = line.move
        _put_parts(change, line.twin, line)
    return change


def _stayed(line: Line, twin: Line) -> LineChange:
    if line.key == twin.key:
        return {"op": "same", "kind": line.kind, "old": twin.block, "new": line.block, "parts": [*line.parts]}
    change: LineChange = {"op": "changed", "kind": line.kind, "old": twin.block, "new": line.block}
    _put_parts(change, twin, line)
    return change


def _put_parts(change: LineChange, old: Line, new: Line) -> None:
    change["parts"] = changed_parts(old.parts, new.parts)
    if old.kind != new.kind:
        change["was"] = old.kind


def _escaped(text: str) -> str:
    return escape(text, quote=False)
