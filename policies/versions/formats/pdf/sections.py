"""Sections and blocks as data for the template."""

from collections.abc import Iterator
from typing import Any

from ...document import Block, Section
from ...models.versions import VersionText
from ..regimes import places
from .inlines import Inlines

SECTION = 1
"""The level of a section's heading; the title of the document stands above all levels."""


def sections(text: VersionText, inlines: Inlines) -> list[dict[str, Any]]:
    """All sections; an anchor that an earlier section has already is left out."""
    taken: set[str] = set()
    parts = [_section(section, text.language, inlines) for section in text.content["sections"]]
    for part in parts:
        part["anchor"] = "" if part["anchor"] in taken else part["anchor"]
        taken.add(part["anchor"])
    return parts


def _section(section: Section, language: str, inlines: Inlines) -> dict[str, Any]:
    heading = " ".join(section["heading"].split())
    return {
        "anchor": section["anchor"],
        "heading": heading,
        "places": places(section, language),
        "blocks": list(_blocks(section["blocks"], SECTION if heading else 0, inlines)),
    }


def _blocks(blocks: list[Block], level: int, inlines: Inlines) -> Iterator[dict[str, Any]]:
    """PDF/UA wants no level of headings skipped: a subheading is at most one below the heading before it."""
    for block in blocks:
        if block["type"] == "subheading":
            level = min(block["level"] - 1, level + 1)
        yield _block(block, inlines) | {"level": level}


def _block(block: Block, inlines: Inlines) -> dict[str, Any]:
    kind = block["type"]
    if kind == "list":
        return {"type": kind, "ordered": block["ordered"], "items": [inlines.read(item) for item in block["items"]]}
    if kind == "definitions":
        pairs = [[inlines.read(each["term"]), inlines.read(each["html"])] for each in block["definitions"]]
        return {"type": kind, "pairs": pairs}
    if kind == "table":
        return _table(block, inlines)
    label = inlines.read(block.get("label", "")) if kind == "promise" else []
    return {"type": kind, "inline": inlines.read(block["html"]), "label": label}


def _table(block: Block, inlines: Inlines) -> dict[str, Any]:
    """Every row as wide as the widest: what is missing is empty."""
    rows = [[inlines.read(cell) for cell in row] for row in [block.get("head", []), *block["rows"]]]
    width = max(map(len, rows))
    head, *body = [row + [[]] * (width - len(row)) for row in rows]
    return {"type": "table", "width": width, "head": head if block.get("head") else [], "rows": body}
