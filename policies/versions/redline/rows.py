"""Lines as HTML elements, gathered in the lists and tables they belong to."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

_CONTAINERS = {"bullet": "ul", "number": "ol", "definition": "dl", "head": "table", "row": "table"}


class Row(NamedTuple):
    """An element, the container it needs ("" for none), and its blocks in the old and new section."""

    html: str
    container: str = ""
    old: int | None = None
    new: int | None = None


def element(
    kind: str, cells: Sequence[str], *, note: str = "", css: str = "", id_: str = "", number: int | None = None
) -> str:
    """A line of this kind with its cells; the note comes first, inside. The number is that of a numbered item."""
    names = " ".join(filter(None, ["redline__promise" if kind == "promise" else "", css]))
    attributes = (f' id="{escape(id_)}"' if id_ else "") + (f' class="{names}"' if names else "")
    if kind == "number" and number:
        attributes += f' value="{number}"'
    first, rest = note + (cells[0] if cells else ""), cells[1:]
    if kind == "definition":
        return f"<dt{attributes}>{first}</dt><dd>{' '.join(rest)}</dd>"
    if kind in ("head", "row"):
        return f"<tr{attributes}>{_cells(kind, [first, *rest] if cells or note else [])}</tr>"
    if kind == "promise" and rest:
        first = f'<span class="redline__label">{first}</span>' if first else ""
    tag = _tag(kind)
    return f"<{tag}{attributes}>{' '.join(filter(None, [first, *rest]))}</{tag}>"


def filler(kind: str) -> str:
    """What stands in a container of this kind where the other side has a line."""
    hidden = 'class="redline__filler" aria-hidden="true"'
    if kind == "dl":
        return f"<dt {hidden}></dt><dd {hidden}></dd>"
    return f"<tr {hidden}><td></td></tr>" if kind == "table" else f"<li {hidden}></li>"


def container(kind: str) -> str:
    return _CONTAINERS.get(kind, "")


def gathered(rows: Iterable[Row]) -> str:
    """Rows of one list or table side by side share it; rows of another block begin another."""
    html: list[str] = []
    before = Row("")
    for row in rows:
        if _belongs(row, before):
            before = Row("", row.container, _known(row.old, before.old), _known(row.new, before.new))
        else:
            html += [_end(before), _start(row)]
            before = row
        html.append(row.html)
    return "".join([*html, _end(before)])


def _belongs(row: Row, before: Row) -> bool:
    if not row.container or row.container != before.container:
        return False
    return all(a is None or b is None or a == b for a, b in ((row.old, before.old), (row.new, before.new)))


def _known(latest: int | None, former: int | None) -> int | None:
    return former if latest is None else latest


def _start(row: Row) -> str:
    return f"<{row.container}>" if row.container else ""


def _end(row: Row) -> str:
    return f"</{row.container}>" if row.container else ""


def _cells(kind: str, cells: Sequence[str]) -> str:
    start, end = ('<th scope="col">', "</th>") if kind == "head" else ("<td>", "</td>")
    return "".join(f"{start}{cell}{end}" for cell in cells)


def _tag(kind: str) -> str:
    if kind.startswith("heading"):
        return "h" + kind.removeprefix("heading")
    return "li" if kind in ("bullet", "number") else "p"
