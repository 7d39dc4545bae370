"""The redline as plain JSON: what was there, what is there now, and where.

Nothing is lost in it: leaving out what was inserted gives the old document, leaving out what was deleted the new one
(`recover.py`). `old` and `new` are positions: of a section in its document, of a line's block in its section; a missing
one says that the section or line does not exist on that side. Sections and lines stand in the order of reading.
"""

from typing import Any, Literal, NotRequired, TypedDict

from ..document import Block

FORMAT = 1

Frame = dict[str, Any]
"""A block without its text, such as `{"type": "list", "ordered": false}`; the text stands in lines."""


class Piece(TypedDict):
    """A run of inline text; `html` holds escaped text and `<br>`, `within` the tags around it, as in `a href="/x"`.

    `why` is set where the words stayed and only their link or formatting changed.
    """

    op: Literal["same", "del", "ins"]
    html: str
    within: NotRequired[list[str]]
    why: NotRequired[Literal["link", "format"]]


class ChangedPart(TypedDict):
    """A cell, term or text that changed.

    With pieces it is there on both sides, and `old` or `new` is added only where pieces cannot spell the source, such
    as `<b></b>`. Without pieces it is a cell that only the side named has.
    """

    pieces: NotRequired[list[Piece]]
    old: NotRequired[str]
    new: NotRequired[str]


Part = str | ChangedPart
"""A string is the same on both sides, or all there is of a line that stands on one side only."""


class LineChange(TypedDict):
    """One line: a paragraph, subheading, list item, term with its definition, table row or promise.

    `moved` carries the text at the new place and `moved_away` marks the old one; both have the same number in `move`.
    `was` is the kind the line had before, if it had another.
    """

    op: Literal["same", "changed", "added", "removed", "moved", "moved_away"]
    kind: str
    was: NotRequired[str]
    old: NotRequired[int]
    new: NotRequired[int]
    move: NotRequired[int]
    parts: NotRequired[list[Part]]


class SectionChange(TypedDict):
    """A section as it is now, or as it last was; `was` holds the former values of those fields that differ.

    `blocks` are there if they are equal on both sides, otherwise `old_blocks`, `new_blocks` (frames) and `lines`.
    `change` is "moved" if nothing else happened; `moved` is also true of a changed section that moved.
    """

    change: Literal["unchanged", "changed", "added", "removed", "moved"]
    moved: bool
    old: int | None
    new: int | None
    id: str
    anchor: str
    heading: str
    regimes: list[str]
    was: dict[str, Any]
    heading_pieces: NotRequired[list[Piece]]
    blocks: NotRequired[list[Block]]
    old_blocks: NotRequired[list[Frame]]
    new_blocks: NotRequired[list[Frame]]
    lines: NotRequired[list[LineChange]]


class Redline(TypedDict):
    """A whole comparison."""

    format: int
    title: str
    was: dict[str, str]
    title_pieces: NotRequired[list[Piece]]
    sections: list[SectionChange]
