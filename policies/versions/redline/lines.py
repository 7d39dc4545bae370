"""Blocks as lines, the unit that stays, moves or is edited, and back again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ..document import Block, Definition
from .format import Frame
from .tokens import words

_TEXT_OF = {
    "paragraph": {"html"},
    "subheading": {"html"},
    "list": {"items"},
    "definitions": {"definitions"},
    "table": {"head", "rows"},
    "promise": {"label", "html"},
}

Spelled = tuple[str, tuple[str, ...]]
"""The kind of a line, and its parts as inline HTML."""


@dataclass(eq=False)
class Line:
    """A line on one side; `twin` is the line it was or became, `move` their common number if they changed places.

    `block`, `place` and `at` count the blocks of its section, the sections, and the lines of its section.
    """

    kind: str
    parts: tuple[str, ...]
    block: int
    place: int
    at: int
    twin: "Line | None" = None
    move: int | None = None
    _words: list[str] | None = None

    def __post_init__(self) -> None:
        self.key: Spelled = (self.kind, self.parts)

    @property
    def words(self) -> list[str]:
        if self._words is None:
            self._words = [word for part in self.parts for word in words(part)]
        return self._words


def lines_of(blocks: Sequence[Block], *, place: int) -> list[Line]:
    spelled = [(kind, parts, number) for number, block in enumerate(blocks) for kind, parts in _spelled(block)]
    return [Line(*each, place, at) for at, each in enumerate(spelled)]


def frame(block: Block) -> Frame:
    text = _TEXT_OF[block["type"]]
    bare = {key: value for key, value in block.items() if key not in text}
    if block["type"] == "table" and block.get("head") == []:
        bare["head"] = []
    return bare


def filled(bare: Frame, lines: Sequence[Spelled]) -> Block:
    """The block that had this frame and these lines."""
    return cast(Block, {**bare, **_FILL[bare["type"]](bare, lines)})


def _spelled(block: Block) -> Iterator[Spelled]:
    kind = block["type"]
    if kind == "paragraph":
        yield kind, (block["html"],)
    elif kind == "subheading":
        yield f"heading{block['level']}", (block["html"],)
    elif kind == "promise":
        yield kind, (block["label"], block["html"]) if "label" in block else (block["html"],)
    elif kind == "list":
        yield from (("number" if block["ordered"] else "bullet", (item,)) for item in block["items"])
    elif kind == "definitions":
        yield from (("definition", (each["term"], each["html"])) for each in block["definitions"])
    else:
        yield from _table_lines(block)


def _table_lines(block: Block) -> Iterator[Spelled]:
    if block.get("head"):
        yield "head", tuple(block["head"])
    yield from (("row", tuple(row)) for row in block["rows"])


def _fill_text(_bare: Frame, lines: Sequence[Spelled]) -> dict[str, Any]:
    return {"html": lines[0][1][0]}


def _fill_promise(_bare: Frame, lines: Sequence[Spelled]) -> dict[str, Any]:
    parts = lines[0][1]
    return {"html": parts[0]} if len(parts) == 1 else {"label": parts[0], "html": parts[1]}


def _fill_list(_bare: Frame, lines: Sequence[Spelled]) -> dict[str, Any]:
    return {"items": [parts[0] for _, parts in lines]}


def _fill_definitions(_bare: Frame, lines: Sequence[Spelled]) -> dict[str, Any]:
    return {"definitions": [Definition(term=parts[0], html=parts[1]) for _, parts in lines]}


def _fill_table(_bare: Frame, lines: Sequence[Spelled]) -> dict[str, Any]:
    rows = {"rows": [list(parts) for kind, parts in lines if kind == "row"]}
    heads = [list(parts) for kind, parts in lines if kind == "head"]
    return {"head": heads[0], **rows} if heads else rows


_FILL = {
    "paragraph": _fill_text,
    "subheading": _fill_text,
    "promise": _fill_promise,
    "list": _fill_list,
    "definitions": _fill_definitions,
    "table": _fill_table,
}
