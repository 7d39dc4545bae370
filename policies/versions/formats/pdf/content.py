"""What the template is given: the words of a text, its facts, and the few words that the file adds."""

from typing import Any

from django.utils.translation import gettext as _

from ...models.versions import VersionText
from ..characters import shown
from ..imprint import Imprint, facts, is_right_to_left
from .inlines import Inlines
from .sections import sections

FEW = 2
"""Headings that need no table of contents."""


def content_of(text: VersionText, imprint: Imprint) -> dict[str, Any]:
    """A document as data for `policy.typ`, in the active language."""
    parts = sections(text, Inlines.of(text.content, imprint.address))
    content = {
        "title": " ".join(text.title.split()),
        **_language(text),
        "publisher": imprint.publisher,
        "contact": list(imprint.contact),
        "address": imprint.address,
        "facts": [list(fact) for fact in facts(text)],
        "fingerprint": text.sha256,
        "summary": " ".join(text.summary.split()),
        "sections": parts,
        "has_contents": sum(bool(part["heading"]) for part in parts) > FEW,
        "words": words(imprint),
    }
    return shown(content) | {"date": list(text.added_at.utctimetuple()[:6])}


def words(imprint: Imprint) -> dict[str, str]:
    """What the file says itself, in the active language."""
    return {
        "address": _("Permanent address"),
        "fingerprint": _("Fingerprint of this text (SHA-256)"),
        "fingerprint_of": _("It is that of the same text as data: {address}").format(address=imprint.json_address),
        "standing": _(
            "Whether this version is in force, and whether it was corrected, is told at its permanent address."
        ),
        "summary": _("What changed in this version"),
        "contents": _("Contents"),
        "promise": _("Promise"),
        "page": _("Page {number} of {total}"),
    }


def _language(text: VersionText) -> dict[str, Any]:
    """The language as Typst wants it: two or three letters, and perhaps a country."""
    language, _hyphen, region = text.language.partition("-")
    return {
        "language": language,
        "region": region.upper() if len(region) == 2 else None,
        "direction": "rtl" if is_right_to_left(text) else "ltr",
    }
