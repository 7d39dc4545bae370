"""From Wagtail's rich text, links already resolved, to the blocks of a document: by the importer's own walk."""

from bs4 import BeautifulSoup

from .document import Block
from .importing.hypertext.walking import Walk
from .importing.parts import Draft, Heading
from .importing.promises import english_amount


def blocks_from_html(html: str) -> list[Block]:
    """Paragraphs, lists and subheadings in order; what inline HTML cannot hold is brought down to its words."""
    draft = Draft(title="", file_title="", visible_text="")
    Walk(draft, english_amount, None).through(BeautifulSoup(html, "html.parser"))
    return [_subheading(part) if isinstance(part, Heading) else part for part in draft.parts]


def _subheading(heading: Heading) -> Block:
    return {"type": "subheading", "level": 4 if heading.level >= 4 else 3, "html": heading.html}


def inline_from_html(html: str) -> str:
    """A short text that stands in a cell or beside a term: its paragraphs, parted by line breaks."""
    return "<br>".join(block.get("html") or "<br>".join(block.get("items", [])) for block in blocks_from_html(html))
