"""What was left behind: gaps to fill in, links to nowhere, headings twice or with nothing under them."""

import re
from collections import Counter
from collections.abc import Iterator

from ..document import inline_pieces
from ..materiality.letters import key_of
from ..redline.tokens import plain
from .finding import Finding
from .text import Part, Text

_PLACEHOLDER = re.compile(
    r"\[(?:\s*(?:insert|enter|add|your|company|name|date|address|e-?mail|phone|website|url|tbd|todo|xx+)\b[^\]]*"
    r"|\s*[_.…]{2,}\s*)\]"
    r"|<(?:insert|your|company|name|date|email)\b[^>]*>|\{\{[^}]*\}\}|\$\{[^}]*\}|_{4,}"
    r"|\[(?:یہاں|کمپنی|نام|پتہ|تاریخ|ای میل|داخل)[^\]]*\]|یہاں (?:نام|پتہ|تاریخ) (?:لکھیں|درج کریں)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b")
_LATIN = re.compile(
    r"\blorem ipsum\b|\bdolor sit amet\b|\bexample\.(?:com|org|net)\b|\byour (?:company|business) name\b", re.IGNORECASE
)
_LINK = re.compile(r'<a\s[^<>]*href="([^"<>]*)"[^<>]*>(.*?)</a>', re.DOTALL)
_NOWHERE = re.compile(r"\s*(?:#|javascript:.*|about:blank|https?:/{0,2}|mailto:|tel:)?\s*", re.IGNORECASE)


def look(text: Text) -> Iterator[Finding]:
    for part, sentence, wording in text.sentences():
        if any(pattern.search(wording) for pattern in (_PLACEHOLDER, _SHOUTED, _LATIN)):
            yield text.found("placeholder", part, sentence.text)
    for part in text.parts:
        yield from _in_section(text, part)
    yield from _same_headings(text)


def _in_section(text: Text, part: Part) -> Iterator[Finding]:
    heading = part.section["heading"]
    if any(pattern.search(heading) for pattern in (_PLACEHOLDER, _SHOUTED, _LATIN)):
        yield text.found("placeholder", part, heading)
    if heading and not part.sentences:
        yield text.found("empty-section", part, heading)
    for block in part.section["blocks"]:
        for html in inline_pieces(block):
            yield from (
                text.found("dead-link", part, plain(words))
                for href, words in _LINK.findall(html)
                if _NOWHERE.fullmatch(href)
            )


def _same_headings(text: Text) -> Iterator[Finding]:
    """Sections for different regimes may share a heading, because nobody needs both."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for part in text.parts:
        name = (key_of(part.section["heading"]), tuple(sorted(part.section["regimes"])))
        if name[0] and seen[name]:
            yield text.found("same-heading", part, part.section["heading"])
        seen[name] += 1
