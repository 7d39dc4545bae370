"""A document as plain values: what is frozen, hashed, compared and served.

A document is language-neutral JSON made of dictionaries, lists, strings and small integers, so that it can be hashed by
RFC 8785 and read by strangers in thirty years. Inline text is a small, closed HTML: `b i a[href] br` and nothing else.
Nothing here knows Django or Wagtail.
"""

from collections.abc import Iterator
from typing import Literal, NotRequired, TypedDict

INTRODUCTION = "introduction"
"""Id and anchor of the unheaded section that opens a document; there is at most one, and it is first."""


class Definition(TypedDict):
    """One term and what is said of it, both inline HTML."""

    term: str
    html: str


class Block(TypedDict):
    """One block of a section; which further keys it has depends on its type.

    paragraph: html · subheading: level (3 or 4), html · list: ordered, items (inline HTML) · definitions: definitions ·
    table: head (row of inline HTML, may be empty), rows · promise: html (the sentence as shown, number included), label
    (inline HTML, may be ""), kind, amount, unit (imported ones also have sentence, with `{amount}` in it).
    """

    type: Literal["paragraph", "subheading", "list", "definitions", "table", "promise"]
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
    sentence: NotRequired[str]


class Section(TypedDict):
    """A part with a stable id; `regimes` is empty where it applies to everybody."""

    id: str
    anchor: str
    heading: str
    regimes: list[str]
    blocks: list[Block]


class Document(TypedDict):
    """A whole text in one language."""

    title: str
    sections: list[Section]


def inline_pieces(block: Block) -> Iterator[str]:
    """Every inline HTML string of a block, in reading order."""
    kind = block["type"]
    if kind in ("paragraph", "subheading"):
        yield block["html"]
    elif kind == "promise":
        if block.get("label"):
            yield block["label"]
        yield block["html"]
    elif kind == "list":
        yield from block["items"]
    elif kind == "definitions":
        for definition in block["definitions"]:
            yield definition["term"]
            yield definition["html"]
    else:
        yield from block.get("head", [])
        for row in block["rows"]:
            yield from row


def promises(document: Document) -> Iterator[tuple[Section, Block]]:
    """The promises of a document with the section each stands in."""
    for section in document["sections"]:
        for block in section["blocks"]:
            if block["type"] == "promise":
                yield section, block
