"""Markdown, by way of the HTML it stands for, with a small dialect for what policies need.

A heading may end in `{#anchor}` or `{#anchor regimes="ccpa gdpr"}`. A paragraph may be a promise:
`::promise{kind=first_reply amount=72 unit=hours label="Replies"} We answer within {amount}.`
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from .errors import UnclearPromise
from .from_html import read_html
from .parts import Draft
from .promises import AmountWords, english_amount, marked_attributes

MOST_LEVELS = 100
"""Beyond these the parser drops text in silence; its own limit of 20 is within reach of a long mail."""

HEADING_MARK = re.compile(r"\s*\{#(?P<anchor>[A-Za-z0-9][\w-]*)(?:\s+regimes=\"(?P<regimes>[a-z0-9 -]*)\")?\s*\}$")


def read_markdown(text: str, name: str, title: str | None = None, amount_words: AmountWords = english_amount) -> Draft:
    return read_html(_markdown().render(text), name, title, amount_words)


def _markdown() -> MarkdownIt:
    """Raw HTML stays visible text. All links pass here: the HTML reader drops the bad ones and says so."""
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_LEVELS}).enable("table").use(deflist_plugin)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # the HTML reader judges links
    markdown.core.ruler.before("inline", "policy_dialect", _read_dialect)
    return markdown


def _read_dialect(state: StateCore) -> None:
    for opening, content in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.map and opening.nesting == 1:
            opening.attrSet("data-line", str(opening.map[0] + 1))
        if opening.type == "heading_open":
            _mark_heading(opening, content)
        elif opening.type == "paragraph_open" and "::promise" in content.content:
            _mark_promise(opening, content)


def _mark_heading(opening: Token, content: Token) -> None:
    mark = HEADING_MARK.search(content.content)
    if not mark:
        return
    content.content = content.content[: mark.start()]
    opening.attrSet("id", mark["anchor"])
    if mark["regimes"] is not None:
        opening.attrSet("data-regimes", mark["regimes"])


def _mark_promise(opening: Token, content: Token) -> None:
    line_number = opening.map[0] + 1 if opening.map else None
    if opening.level or not content.content.startswith("::promise"):
        raise UnclearPromise(f"Line {line_number}: a promise has to be a paragraph of its own.")
    attributes, content.content = marked_attributes(content.content, line_number)
    for name, value in attributes.items():
        opening.attrSet(f"data-promise-{name}", value)
    if not attributes:
        opening.attrSet("data-promise-kind", "")
