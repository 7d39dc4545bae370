"""Which elements are what."""

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu")
REGIONS = ("html", "body", "main", "article", "section", "aside", "header", "footer", "div", "center", "hgroup")
TEXTS = ("p", "pre", "blockquote", "address", "figure", "figcaption", "details", "summary", "dialog", "hr")
ITEMS = ("li", "dl", "dt", "dd", "dir")
TABLE_PARTS = ("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
FORM_PARTS = ("form", "fieldset", "legend", "select", "option")
BLOCKS = frozenset((*HEADINGS, *LISTS, *REGIONS, *TEXTS, *ITEMS, *TABLE_PARTS, *FORM_PARTS))

UNSEEN = frozenset(("head", "title", "meta", "link", "base", "script", "style", "template", "noscript"))
NAVIGATION = "nav"
PICTURES = frozenset(("img", "picture", "svg", "video", "audio", "canvas", "iframe", "object", "embed", "map", "math"))
FIELDS = frozenset(("input", "textarea"))


def is_text(node: PageElement) -> bool:
    """Comments, doctypes and the like are strings to Beautiful Soup as well."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def is_skipped(tag: Tag) -> bool:
    return tag.name in UNSEEN or tag.name == NAVIGATION or tag.name in PICTURES or tag.name in FIELDS


def has_blocks(tag: Tag) -> bool:
    return any(isinstance(inner, Tag) and inner.name in BLOCKS for inner in tag.descendants)


def line_of(tag: Tag) -> int | None:
    """Markdown's own lines come as `data-line` on blocks, because the HTML made of it has others."""
    marked = next((str(outer["data-line"]) for outer in (tag, *tag.parents) if outer.get("data-line")), "")
    return int(marked) if marked.isdecimal() else tag.sourceline
