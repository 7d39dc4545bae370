"""The old and the new document out of a redline, to the letter; and the redline without what nobody changed."""

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from ..document import Block, Document, Section
from .format import LineChange, Part, Redline, SectionChange
from .lines import Spelled, filled
from .pieces import spelled

Side = Literal["old", "new"]


def old_of(redline: Redline) -> Document:
    return _document(redline, "old")


def new_of(redline: Redline) -> Document:
    return _document(redline, "new")


def without_unchanged(redline: Redline) -> Redline:
    """A smaller redline for storing: the text that is the same in both documents is left to the new one."""
    sections = [cast(SectionChange, {k: v for k, v in each.items() if k != "blocks"}) for each in redline["sections"]]
    return {**redline, "sections": sections}


def with_unchanged(redline: Redline, new: Document) -> Redline:
    """The whole redline again; `new` is the document it was made with."""
    return {**redline, "sections": [_whole(change, new) for change in redline["sections"]]}


def _whole(change: SectionChange, new: Document) -> SectionChange:
    if "lines" in change or change["new"] is None:
        return change
    return {**change, "blocks": new["sections"][change["new"]]["blocks"]}


def _document(redline: Redline, side: Side) -> Document:
    present = sorted((change[side], at) for at, change in enumerate(redline["sections"]) if change[side] is not None)
    moved = moves(redline)
    title = redline["was"].get("title", redline["title"]) if side == "old" else redline["title"]
    return {"title": title, "sections": [_section(redline["sections"][at], side, moved) for _, at in present]}


def moves(redline: Redline) -> dict[int, LineChange]:
    """The lines that moved, by number, as they stand at their new place."""
    lines = (line for change in redline["sections"] for line in change.get("lines", ()))
    return {line["move"]: line for line in lines if line["op"] == "moved"}


def _section(change: SectionChange, side: Side, moved: dict[int, LineChange]) -> Section:
    section: Section = {
        "id": change["id"],
        "anchor": change["anchor"],
        "heading": change["heading"],
        "regimes": change["regimes"],
        "blocks": change["blocks"] if "blocks" in change else list(_blocks(change, side, moved)),
    }
    return cast(Section, {**section, **change["was"]}) if side == "old" else section


def _blocks(change: SectionChange, side: Side, moved: dict[int, LineChange]) -> Iterator[Block]:
    frames = change.get("old_blocks", []) if side == "old" else change.get("new_blocks", [])
    lines: list[list[Spelled]] = [[] for _ in frames]
    for line in change["lines"]:
        at = line.get(side)
        if at is not None:
            source = moved[line["move"]] if line["op"] == "moved_away" else line
            lines[at].append((kind_on(line, side), tuple(parts_on(source, side))))
    yield from (filled(bare, own) for bare, own in zip(frames, lines, strict=True))


def kind_on(line: LineChange, side: Side) -> str:
    return line.get("was", line["kind"]) if side == "old" else line["kind"]


def parts_on(line: LineChange, side: Side) -> Iterator[str]:
    """The texts of a line's parts on one side; cells that the side does not have are left out."""
    yield from _present(line["parts"], side)


def _present(parts: Iterable[Part], side: Side) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif side in part:
            yield part[side]
        elif "pieces" in part:
            yield spelled(part["pieces"], without="ins" if side == "old" else "del")
