"""Frozen blocks as HTML and as plain text. Inline pieces are closed HTML already (see `document`)."""

import re
from html import escape, unescape

from .document import Block, Document, Section, inline_pieces

_TAG = re.compile(r"<[^>]+>")


def _list(block: Block) -> str:
    tag = "ol" if block["ordered"] else "ul"
    items = "".join(f"<li>{item}</li>" for item in block["items"])
    return f"<{tag}>{items}</{tag}>"


def _definitions(block: Block) -> str:
    pairs = "".join(f"<dt>{each['term']}</dt><dd>{each['html']}</dd>" for each in block["definitions"])
    return f"<dl>{pairs}</dl>"


def _table(block: Block) -> str:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in block.get("head", []))
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in block["rows"])
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f'<div class="table-scroll" tabindex="0"><table>{thead}<tbody>{rows}</tbody></table></div>'


def _promise(block: Block) -> str:
    label = f"<strong>{block['label']}:</strong> " if block.get("label") else ""
    return f'<p class="promise" data-promise="{escape(block["kind"])}">{label}{block["html"]}</p>'


def block_html(block: Block) -> str:
    """One block."""
    kind = block["type"]
    if kind == "subheading":
        return f"<h{block['level']}>{block['html']}</h{block['level']}>"
    if kind == "list":
        return _list(block)
    if kind == "definitions":
        return _definitions(block)
    if kind == "table":
        return _table(block)
    if kind == "promise":
        return _promise(block)
    return f"<p>{block['html']}</p>"


def section_html(section: Section) -> str:
    """The body of a section, without its heading."""
    return "\n".join(map(block_html, section["blocks"]))


def words_of(html: str) -> str:
    """What a reader reads of a rendered body: its words in a row, whatever the tags are."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def plain(inline: str) -> str:
    """An inline piece without its markup."""
    return unescape(_TAG.sub("", inline.replace("<br>", "\n").replace("<br/>", "\n")))


def section_text(section: Section) -> str:
    """A section in plain words, heading first."""
    pieces = [plain(piece) for block in section["blocks"] for piece in inline_pieces(block)]
    return " ".join([section["heading"], *pieces])


def as_text(document: Document) -> str:
    """The whole document as plain text, a paragraph a line."""
    lines = [document["title"], ""]
    for section in document["sections"]:
        if section["heading"]:
            lines += [section["heading"], ""]
        for block in section["blocks"]:
            bullet = "- " if block["type"] == "list" else ""
            lines += [bullet + plain(piece) for piece in inline_pieces(block)]
        lines.append("")
    return "\n".join(lines)
