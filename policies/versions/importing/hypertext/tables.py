"""Tables, cell by cell."""

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import PageElement

from policies.versions.document import Block

from ..parts import Unplaced
from .elements import is_text, line_of
from .spans import Spans

Row = list[PageElement]


def table_blocks(tag: Tag, spans: Spans) -> list[Block]:
    """The caption as a paragraph, then the table. A head is a first row of nothing but `th`, or the one in `thead`."""
    captions = [spans.html_of(caption.children) for caption in tag.find_all("caption", recursive=False)]
    blocks: list[Block] = [{"type": "paragraph", "html": html} for html in captions if html]
    rows = list(_rows(tag))
    head = [spans.html_of([cell]) for cell in rows.pop(0)] if rows and _is_head(rows[0]) else []
    body = [texts for row in rows if any(texts := [_row_cell(cell, spans) for cell in row])]
    if not body and not any(head):
        return blocks
    _note_what_does_not_fit(tag, spans)
    width = max(map(len, [head, *body]))
    head = _filled(head, width) if head else []
    return [*blocks, {"type": "table", "head": head, "rows": [_filled(row, width) for row in body]}]


def _rows(tag: Tag) -> Iterator[Row]:
    """Text beside the rows is wrong HTML, but browsers show it, so it is a row of its own."""
    for child in tag.children:
        if isinstance(child, Tag) and child.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif isinstance(child, Tag) and child.name == "tr":
            yield [cell for cell in child.children if _has_content(cell)]
        elif _has_content(child) and not (isinstance(child, Tag) and child.name == "caption"):
            yield [child]


def _has_content(node: PageElement) -> bool:
    return isinstance(node, Tag) or (is_text(node) and bool(str(node).strip()))


def _is_head(row: Row) -> bool:
    cells = [cell for cell in row if isinstance(cell, Tag)]
    if any(cell.find_parent("thead") for cell in cells):
        return True
    return bool(cells) and len(cells) == len(row) and all(cell.name == "th" for cell in cells)


def _row_cell(cell: PageElement, spans: Spans) -> str:
    """A `th` that does not stand in the head names its row; bold keeps that visible."""
    html = spans.html_of([cell])
    return f"<b>{html}</b>" if isinstance(cell, Tag) and cell.name == "th" and html else html


def _filled(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _note_what_does_not_fit(tag: Tag, spans: Spans) -> None:
    merged = any(
        cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for cell in tag.find_all(("td", "th"))
    )
    if merged:
        why = "A table with merged cells: each is kept once, so columns may have shifted."
        spans.unplaced.append(Unplaced(line_of(tag), "", why))
    if tag.find("table"):
        spans.unplaced.append(Unplaced(line_of(tag), "", "A table inside a table: kept as lines of its cell."))
