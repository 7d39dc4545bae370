"""From a page as Wagtail keeps it to a document that never changes: links resolved, numbers written out."""

from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from common.canonical import without_controls

from .document import INTRODUCTION, Block, Definition, Document, Section
from .models.versions import SectionChange
from .promises import AMOUNT, amount_words
from .richtext import blocks_from_html, inline_from_html
from .rules import free_name


def freeze(page: Any, *, anchors: Mapping[str, str] | None = None) -> Document:
    """The text of a page in its own language, as visitors would read it now.

    A section keeps the anchor with which it was first announced, in every language: `anchors` by section id are those of
    the original; without them, the newest version is asked.
    """
    language = page.locale.language_code
    known = announced_anchors(page.translation_key) if anchors is None else anchors
    sections = [_introduction(page)] if page.introduction else []
    taken = {INTRODUCTION, *known.values()}
    sections.extend(_section(part, language=language, known=known, taken=taken) for part in page.sections)
    document: Document = {"title": page.title, "sections": [*page.frozen_facts(), *sections]}
    return without_controls(document)


def announced_anchors(key: UUID) -> dict[str, str]:
    """The anchor with which each section of a work was first announced, by section id; those of removed sections too."""
    language = F("text__version__work__source_language")
    rows = SectionChange.objects.filter(text__version__work__key=key, text__language=language).order_by("-pk")
    return dict(rows.values_list("section_id", "anchor"))


def anchors_of(document: Document) -> dict[str, str]:
    """The anchors of a document by section id."""
    return {section["id"]: section["anchor"] for section in document["sections"]}


def _introduction(page: Any) -> Section:
    blocks = blocks_from_html(expand_db_html(page.introduction))
    return {"id": INTRODUCTION, "anchor": INTRODUCTION, "heading": "", "regimes": [], "blocks": blocks}


def _section(part: Any, *, language: str, known: Mapping[str, str], taken: set[str]) -> Section:
    heading = " ".join(part.value["heading"].split())
    return {
        "id": part.id,
        "anchor": known.get(part.id) or _anchor(part, heading, taken),
        "heading": heading,
        "regimes": sorted(part.value["regimes"] or []),
        "blocks": [block for child in part.value["body"] for block in _blocks(child, language)],
    }


def _anchor(part: Any, heading: str, taken: set[str]) -> str:
    """What the editor chose, else the heading in ASCII, else the beginning of the id."""
    anchor = free_name(part.value["anchor"] or slugify(heading) or f"s-{part.id[:8]}", taken)
    taken.add(anchor)
    return anchor


def _blocks(child: Any, language: str) -> list[Block]:
    kind, value = child.block_type, child.value
    if kind == "text":
        return blocks_from_html(expand_db_html(value.source))
    if kind == "definitions":
        return [{"type": "definitions", "definitions": [_definition(each) for each in value]}]
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
