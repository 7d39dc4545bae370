"""From elements to parts: blocks become blocks, and text between them becomes paragraphs."""

from bs4 import Tag
from bs4.element import PageElement

from policies.versions.document import Block

from ..parts import Draft, Heading, Unplaced
from ..promises import AmountWords, promise_block
from .elements import BLOCKS, HEADINGS, LISTS, has_blocks, is_skipped, is_text, line_of
from .lists import definitions_block, list_block
from .marks import marked_anchor, marked_regimes, promise_attributes
from .spans import Spans
from .tables import table_blocks


class Walk:
    """One pass over the content. `title_tag` is stepped over; its text is the title already."""

    def __init__(self, draft: Draft, amount_words: AmountWords, title_tag: Tag | None) -> None:
        self.draft = draft
        self.amount_words = amount_words
        self.title_tag = title_tag
        self.spans = Spans(draft.unplaced)

    def through(self, container: Tag) -> None:
        run: list[PageElement] = []
        for child in container.children:
            if self._is_inline(child):
                run.append(child)
                continue
            self._paragraph(run)
            run = []
            if isinstance(child, Tag):
                self._block(child)
        self._paragraph(run)

    def _is_inline(self, node: PageElement) -> bool:
        if not isinstance(node, Tag):
            return is_text(node)
        return node.name not in BLOCKS and (is_skipped(node) or not has_blocks(node))

    def _block(self, tag: Tag) -> None:
        if tag is self.title_tag or tag.name == "hr":
            return
        if tag.name in HEADINGS:
            self._heading(tag)
        elif tag.name in LISTS:
            self._add(list_block(tag, self.spans))
        elif tag.name == "dl":
            self._add(definitions_block(tag, self.spans))
        elif tag.name == "table":
            self.draft.parts += table_blocks(tag, self.spans)
        elif promise := promise_attributes(tag):
            self._add(promise_block(promise, self.spans.html_of(tag.children), self.amount_words, line_of(tag)))
        elif tag.name == "pre":
            self._add(_paragraph(self.spans.html_of(tag.children, keep_lines=True)))
        else:
            self._container(tag)

    def _container(self, tag: Tag) -> None:
        if tag.name == "a" and tag.get("href"):
            why = "A link around whole blocks is dropped; what it encloses is kept."
            self.draft.unplaced.append(Unplaced(line_of(tag), str(tag["href"])[:200], why))
        self.through(tag)

    def _heading(self, tag: Tag) -> None:
        if has_blocks(tag):
            self.through(tag)
            why = "A heading that encloses whole blocks: kept as what it encloses."
            self.draft.unplaced.append(Unplaced(line_of(tag), tag.get_text(" ", strip=True)[:200], why))
        elif html := self.spans.html_of(tag.children):
            level = HEADINGS.index(tag.name) + 1
            self.draft.parts.append(Heading(level, html, line_of(tag), marked_anchor(tag), marked_regimes(tag)))

    def _paragraph(self, run: list[PageElement]) -> None:
        self._add(_paragraph(self.spans.html_of(run)) if run else None)

    def _add(self, block: Block | None) -> None:
        if block:
            self.draft.parts.append(block)


def _paragraph(html: str) -> Block | None:
    return {"type": "paragraph", "html": html} if html else None
