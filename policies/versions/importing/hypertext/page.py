"""Parsing a page as browsers do where its author left out end tags."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from ..errors import UnreadableFile
from .elements import BLOCKS

MOST_LEVELS = 200
"""Browsers stop at 512. No text needs fifty, and walking costs Python a few calls a level."""

CLOSED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr", "td", "th"),
    "thead": ("thead", "tbody", "tr", "td", "th"),
    "tbody": ("thead", "tbody", "tr", "td", "th"),
    "tfoot": ("thead", "tbody", "tr", "td", "th"),
}
"""Which open elements an element ends by beginning, since they cannot contain it."""

ENCLOSING = {"li": ("ul", "ol", "menu"), "dt": ("dl",), "dd": ("dl",), "option": ("select",)}
"""Where looking for them stops; for the parts of a table at the table."""


class Page(BeautifulSoup):
    """Beautiful Soup's own parser knows where every element begins, but nests "<li>one<li>two"."""

    def handle_starttag(self, name: str, *args: Any, **kwargs: Any) -> Tag | None:
        if len(self.tagStack) > MOST_LEVELS:
            raise UnreadableFile("The page nests its elements too deeply to be a text.")
        if name in BLOCKS:
            self._close(("p",), until=("td", "th", "table", "li", "dd", "dt"))
        if name in CLOSED_BY:
            self._close(CLOSED_BY[name], until=ENCLOSING.get(name, ("table",)))
        return super().handle_starttag(name, *args, **kwargs)

    def _close(self, names: tuple[str, ...], until: tuple[str, ...]) -> None:
        for tag in reversed(self.tagStack[:]):
            if tag.name in until and tag.name not in names:
                break
            if tag.name in names:
                self.handle_endtag(tag.name)


def parsed(text: str) -> Page:
    return Page(text, "html.parser")
