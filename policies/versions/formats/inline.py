"""The closed HTML of a frozen text (`b i a[href] br`) as stretches of words, each knowing how it looks and leads."""

import re
from html import unescape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from ..redline.tokens import runs

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_ADDRESS = 8000
"""Characters of an address that PDF readers and Typst still follow."""

_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")  # what a browser folds, and other line ends
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Run(NamedTuple):
    """Words of one look; a line break is `\\n`, any other space is one blank."""

    words: str
    bold: bool
    italic: bool


class Stretch(NamedTuple):
    """Runs that lead to the same place, or nowhere (`href` is "")."""

    href: str
    runs: list[Run]

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def stretches(html: str) -> list[Stretch]:
    """An inline piece in reading order; empty where it has no words."""
    styled = ((_href(within), _run(text, within)) for text, within in runs(_squeezed(html)))
    return [Stretch(href, [run for _, run in group]) for href, group in groupby(styled, key=lambda pair: pair[0])]


def _squeezed(html: str) -> str:
    """Space as a browser shows it: one blank, none at the ends of a line."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in _BREAK.split(html))
    return "\n".join(lines).strip("\n")


def _run(text: str, within: tuple[str, ...]) -> Run:
    return Run(unescape(text), "b" in within, "i" in within)


def _href(within: tuple[str, ...]) -> str:
    links = [tag for tag in within if tag[0] == "a"]
    found = _HREF.search(links[-1]) if links else None
    return unescape(found[1] or found[2] or "").strip() if found else ""


def web_address(href: str, base: str) -> str:
    """An absolute address that is safe to follow, in ASCII; "" for everything else."""
    try:
        address = iri_to_uri(urljoin(base, href)) if href else ""
        scheme = urlsplit(address).scheme
    except ValueError:  # "http://[": no address at all
        return ""
    return address if scheme in SCHEMES and len(address) <= LONGEST_ADDRESS else ""


def words_of(html: str) -> str:
    """An inline piece without looks and links."""
    return "".join(stretch.words for stretch in stretches(html))
