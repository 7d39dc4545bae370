"""From an imported document to the fields that an editor goes on with. Ids are made from ids: the same text, the same page."""

from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from .document import INTRODUCTION, Block, Document, Section
from .rendering import block_html, plain

RICH_TEXT = frozenset({"paragraph", "subheading", "list"})


def fill(page: Any, document: Document) -> None:
    """Put a document's title, introduction and sections into a page; nothing is saved."""
    sections = list(document["sections"])
    page.title = document["title"]
    page.introduction = ""
    if sections and sections[0]["id"] == INTRODUCTION:
        page.introduction = _rich(sections.pop(0)["blocks"])
    page.sections = page._meta.get_field("sections").stream_block.to_python([_section(each) for each in sections])


def _section(section: Section) -> dict[str, Any]:
    body: list[dict[str, Any]] = []
    for is_rich, run in groupby(section["blocks"], lambda block: block["type"] in RICH_TEXT):
        blocks = list(run)
        if is_rich:
            body.append({"type": "text", "value": _rich(blocks)})
        else:
            body.extend(_body_block(block, section["id"]) for block in blocks)
    for position, block in enumerate(body):
        block["id"] = _id(section["id"], f"block {position}")
    value = {
        "heading": section["heading"] or section["anchor"],
        "anchor": section["anchor"],
        "regimes": section["regimes"],
        "body": body,
    }
    return {"type": "section", "id": section["id"], "value": value}


def _id(parent: str, name: str) -> str:
    return str(uuid5(UUID(parent), name))


def _rich(blocks: list[Block]) -> str:
    return "".join(block_html(block) for block in blocks)


def _body_block(block: Block, section_id: str) -> dict[str, Any]:
    if block["type"] == "definitions":
        return {"type": "definitions", "value": [_definition(each, section_id) for each in block["definitions"]]}
    if block["type"] == "table":
        return {"type": "table", "value": _table(block)}
    return {
        "type": "promise",
        "value": {
            "label": plain(block.get("label", "")),
            "sentence": block["sentence"],
            "kind": block["kind"],
            "amount": block["amount"],
            "unit": block["unit"],
        },
    }


def _definition(definition: Any, section_id: str) -> dict[str, Any]:
    value = {"term": plain(definition["term"]), "text": f"<p>{definition['html']}</p>"}
    return {"type": "item", "id": _id(section_id, f"term {definition['term']}"), "value": value}


def _table(block: Block) -> dict[str, Any]:
    head, rows = block.get("head", []), block["rows"]
    width = max([len(head), *map(len, rows)])
    headings = [plain(cell) for cell in head] + [""] * (width - len(head))
    return {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": [f"<p>{cell}</p>" for cell in [*row, *[""] * (width - len(row))]]} for row in rows],
        "caption": "",
    }
