"""Inline HTML brought down to `b i a[href] br`, with what was dropped on the way."""

import html
import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import PageElement

from ..parts import Unplaced
from .elements import BLOCKS, FIELDS, NAVIGATION, PICTURES, UNSEEN, is_text, line_of

KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i"}
STRUCK = frozenset(("s", "del", "strike"))
LINK_SCHEMES = ("http", "https", "mailto", "tel")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IGNORED_IN_ADDRESSES = re.compile("[\x00-\x20]+")
WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
BREAKS = re.compile(r"(?:\s*<br>)+\s*")
BREAK_AT_AN_EDGE = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
EMPTY = re.compile(r"<(b|i|a)(?: [^>]*)?>(\s*)</\1>")


class Spans:
    """Writes inline HTML and notes what it had to leave out."""

    def __init__(self, unplaced: list[Unplaced]) -> None:
        self.unplaced = unplaced

    def html_of(self, nodes: Iterable[PageElement], *, keep_lines: bool = False) -> str:
        """`keep_lines` is for preformatted text, where an end of line is a line break."""
        written = "".join(self._node(node, keep_lines=keep_lines) for node in nodes)
        tidy = BREAKS.sub("<br>", WHITE_SPACE.sub(" ", written))
        while EMPTY.search(tidy):
            tidy = EMPTY.sub(r"\2", tidy)
        return BREAK_AT_AN_EDGE.sub("", WHITE_SPACE.sub(" ", tidy))

    def dropped(self, tag: Tag) -> None:
        if tag.name in PICTURES or tag.name in FIELDS:
            words = str(tag.get("alt") or tag.get("title") or tag.get("src") or f"<{tag.name}>")
            self._note(tag, words[:200], f"A <{tag.name}> is left out: documents hold text only.")
        elif tag.name == NAVIGATION:
            self._note(tag, " ".join(tag.get_text(" ").split())[:200], "Navigation is left out.")

    def _node(self, node: PageElement, *, keep_lines: bool) -> str:
        if is_text(node):
            text = html.escape(str(node), quote=False)
            return text.strip("\n").replace("\n", "<br>") if keep_lines else text
        return self._tag(node, keep_lines=keep_lines) if isinstance(node, Tag) else ""

    def _tag(self, tag: Tag, *, keep_lines: bool) -> str:
        if tag.name in UNSEEN or tag.name in PICTURES or tag.name in FIELDS or tag.name == NAVIGATION:
            self.dropped(tag)
            return ""
        if tag.name in ("br", "hr"):
            return "<br>"
        inner = "".join(self._node(child, keep_lines=keep_lines or tag.name == "pre") for child in tag.children)
        if tag.name in STRUCK:
            self._note(tag, tag.get_text()[:200], "Struck-through text is kept as ordinary text.")
        if tag.name in BLOCKS:
            return f"<br>{inner}<br>"
        if tag.name == "a":
            return self._link(tag, inner)
        name = KEPT.get(tag.name)
        return f"<{name}>{inner}</{name}>" if name else inner

    def _link(self, tag: Tag, inner: str) -> str:
        """A link without an address is an anchor of the page, and nothing a reader would miss."""
        address = IGNORED_IN_ADDRESSES.sub("", str(tag.get("href") or ""))
        if not address or not inner.strip():
            return inner
        scheme = SCHEME.match(address)
        if address.startswith("//") or (scheme and scheme[1].lower() not in LINK_SCHEMES):
            self._note(tag, address[:200], "This link is dropped and its text kept: its address is not one to follow.")
            return inner
        return f'<a href="{html.escape(address)}">{inner}</a>'

    def _note(self, tag: Tag, text: str, why: str) -> None:
        self.unplaced.append(Unplaced(line_of(tag), text, why))
