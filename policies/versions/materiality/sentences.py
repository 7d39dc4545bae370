"""A section as sentences, in plain text, in English and Urdu."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..document import Block, Section
from ..redline.tokens import plain

_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[^\sa-z])|[۔؟]+[\"”’)\]]*\s*(?=\S)")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|Art|Arts|Rs|vs|cf|e\.g|i\.e|approx|[A-Z])\.)$")
_ENUMERATES = frozenset({"list", "definitions", "table"})


class Sentence(NamedTuple):
    """`is_item` where it stands in a list, table or glossary, which is where policies enumerate.

    `block` is the position of its block in the section; a heading has none.
    """

    text: str
    block: int
    is_item: bool = False
    is_promise: bool = False


def split(text: str) -> list[str]:
    """The sentences of a plain text; the dot of "Art. 6" and "Mr. Khan" ends none."""
    found, start = [], 0
    for end in _END.finditer(text):
        if not _ABBREVIATION.search(text, start, end.start() + 1):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def sentences_of(section: Section) -> list[Sentence]:
    """Subheadings are left out: they say what follows, and promise nothing."""
    return [
        Sentence(text, at, block["type"] in _ENUMERATES, block["type"] == "promise")
        for at, block in enumerate(section["blocks"])
        if block["type"] != "subheading"
        for whole in _texts(block)
        for text in split(" ".join(whole.split()))
    ]


def _texts(block: Block) -> Iterator[str]:
    """A term belongs to its definition, and the cells of a row to each other."""
    kind = block["type"]
    if kind == "list":
        yield from map(plain, block["items"])
    elif kind == "definitions":
        yield from (f"{plain(each['term'])}: {plain(each['html'])}" for each in block["definitions"])
    elif kind == "table":
        yield from (" | ".join(map(plain, row)) for row in block["rows"])
    else:
        label = plain(block.get("label", ""))
        yield f"{label}: {plain(block['html'])}" if label else plain(block["html"])
