"""From a page as Wagtail keeps it to a document that never changes: links resolved, numbers written out."""

from html import escape
from typing import Any

from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from .document import INTRODUCTION, Block, Definition, Document, Section
from .promises import AMOUNT, amount_words
from .richtext import blocks_from_html, inline_from_html


def freeze(page: Any) -> Document:
    """The text of a page in its own language, as visitors would read it now."""
    language = page.locale.language_code
    sections = [_introduction(page)] if page.introduction else []
    taken = {INTRODUCTION}
    sections.extend(_section(part, language=language, taken=taken) for part in page.sections)
    return {"title": page.title, "sections": [*page.frozen_facts(), *sections]}


def _introduction(page: Any) -> Section:
    blocks = blocks_from_html(expand_db_html(page.introduction))
    return {"id": INTRODUCTION, "anchor": INTRODUCTION, "heading": "", "regimes": [], "blocks": blocks}


def _section(part: Any, *, language: str, taken: set[str]) -> Section:
    heading = " ".join(part.value["heading"].split())
    return {
        "id": part.id,
        "anchor": _free_anchor(part.value["anchor"] or slugify(heading) or f"s-{part.id[:8]}", taken),
        "heading": heading,
        "regimes": sorted(part.value["regimes"] or []),
        "blocks": [block for child in part.value["body"] for block in _blocks(child, language)],
    }


def _free_anchor(anchor: str, taken: set[str]) -> str:
    free, count = anchor, 2
    while free in taken:
        free, count = f"{anchor}-{count}", count + 1
    taken.add(free)
    return free


def _blocks(child: Any, language: str) -> list[Block]:
    kind, value = child.block_type, child.value
    if kind == "text":
        return blocks_from_html(expand_db_html(value.source))
    if kind == "definitions":
        definitions: list[Definition] = [
            {"term": escape(each["term"], quote=False), "html": _inline(each["text"])} for each in value
        ]
        return [{"type": "definitions", "definitions": definitions}]
    if kind == "table":
        head = [escape(column["heading"], quote=False) for column in value.columns]
        rows = [[_inline(cell.value) for cell in row] for row in value.rows]
        return [{"type": "table", "head": head if any(head) else [], "rows": rows}]
    return [_promise(value, language)]


def _definition(value: Any) -> Definition:
    return {"term": escape(value["term"], quote=False), "html": _inline(value["text"])}


def _inline(text: Any) -> str:
    return inline_from_html(expand_db_html(text.source))


def _promise(value: Any, language: str) -> Block:
    words = amount_words(value["amount"], value["unit"], language=language)
    return {
        "type": "promise",
        "label": escape(value["label"], quote=False),
        "html": escape(value["sentence"].replace(AMOUNT, words), quote=False),
        "kind": value["kind"],
        "amount": value["amount"],
        "unit": value["unit"],
    }
