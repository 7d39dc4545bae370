"""Lists and definition lists."""

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import PageElement

from policies.versions.document import Block, Definition

from ..parts import Unplaced
from .elements import LISTS, is_text, line_of
from .spans import Spans


def list_block(tag: Tag, spans: Spans) -> Block | None:
    """A list inside a list becomes lines of the item it stands in, so that numbers stay right."""
    for inner in tag.find_all(LISTS):
        why = "A list inside a list: kept as lines of the item above it."
        spans.unplaced.append(Unplaced(line_of(inner), " ".join(inner.get_text(" ").split())[:200], why))
    items = [html for item in _items(tag) if (html := spans.html_of([item]))]
    if tag.name == "ol" and str(tag.get("start", "1")) != "1":
        spans.unplaced.append(
            Unplaced(line_of(tag), items[0] if items else "", "This list does not start at 1; its numbers will change.")
        )
    return {"type": "list", "ordered": tag.name == "ol", "items": items} if items else None


def definitions_block(tag: Tag, spans: Spans) -> Block | None:
    definitions: list[Definition] = []
    for node in _terms(tag):
        html = spans.html_of([node])
        if not html:
            continue
        if _is(node, "dt") or not definitions:
            is_term = _is(node, "dt")
            definitions.append({"term": html if is_term else "", "html": "" if is_term else html})
        else:
            said = definitions[-1]["html"]
            definitions[-1]["html"] = f"{said}<br>{html}" if said else html
    return {"type": "definitions", "definitions": definitions} if definitions else None


def _items(tag: Tag) -> Iterator[PageElement]:
    """Text beside the items is wrong HTML, but browsers show it, so it is an item too."""
    return (child for child in tag.children if isinstance(child, Tag) or is_text(child))


def _terms(tag: Tag) -> Iterator[PageElement]:
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "div":
            yield from _terms(child)
        elif isinstance(child, Tag) or is_text(child):
            yield child


def _is(node: PageElement, name: str) -> bool:
    return isinstance(node, Tag) and node.name == name
