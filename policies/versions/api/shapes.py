"""Frozen values in the API: handed out untouched, described to readers of the OpenAPI document.

To validate them would be to rebuild them, and nothing promises a rebuilt text the same hash. The shapes repeat those of
`document` and `redline.format`, because Pydantic reads `typing.TypedDict` from Python 3.12 on only.
"""

from typing import Annotated, Any, NotRequired

from pydantic import GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from typing_extensions import TypedDict


class Definition(TypedDict):
    """A term and what is said of it, both inline HTML (`b i a br`)."""

    term: str
    html: str


class Block(TypedDict):
    """A block of a section; its `type` says which further keys it has.

    `paragraph`: html · `subheading`: level, html · `list`: ordered, items · `definitions`: definitions · `table`: head,
    rows · `promise`: label, html, kind, amount, unit. Every text is inline HTML (`b i a br`).
    """

    type: str
    html: NotRequired[str]
    level: NotRequired[int]
    ordered: NotRequired[bool]
    items: NotRequired[list[str]]
    definitions: NotRequired[list[Definition]]
    head: NotRequired[list[str]]
    rows: NotRequired[list[list[str]]]
    label: NotRequired[str]
    kind: NotRequired[str]
    amount: NotRequired[int]
    unit: NotRequired[str]


class FrozenSection(TypedDict):
    """A part of a document; `id` and `anchor` stay through all versions and languages, no regimes means everybody."""

    id: str
    anchor: str
    heading: str
    regimes: list[str]
    blocks: list[Block]


class Document(TypedDict):
    """A whole text in one language. The SHA-256 of its RFC 8785 form, after Unicode NFC, is `text_sha256`."""

    title: str
    sections: list[FrozenSection]


class SectionChange(TypedDict):
    """What became of a section: its `blocks` where they are equal, else `old_blocks`, `new_blocks` and `lines`."""

    change: str
    moved: bool
    old: int | None
    new: int | None
    id: str
    anchor: str
    heading: str
    regimes: list[str]
    was: dict[str, Any]
    blocks: NotRequired[list[Block]]
    lines: NotRequired[list[dict[str, Any]]]


class RedlineShape(TypedDict):
    """A comparison from which both texts can be rebuilt: without what was inserted the older, without what was deleted
    the newer one."""

    format: int
    title: str
    was: dict[str, str]
    sections: list[SectionChange]


class _Described:
    """Lends a value that is not validated the JSON schema of a shape."""

    def __init__(self, shape: Any) -> None:
        self.adapter: TypeAdapter[Any] = TypeAdapter(shape)

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(self.adapter.core_schema)


FrozenDocument = Annotated[dict[str, Any], _Described(Document)]
FrozenBlocks = Annotated[list[Any], _Described(list[Block])]
FrozenRedline = Annotated[dict[str, Any], _Described(RedlineShape)]
