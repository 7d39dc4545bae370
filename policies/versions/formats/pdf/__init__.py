"""A frozen text as a tagged PDF (PDF/UA-1 for readers' devices, PDF/A-2a for archives).

Python turns the document into plain data, the fixed template `policy.typ` walks it: no word of a text is ever read as
markup. Fonts come from this package and from Typst, never from the system, so that a text gives the same bytes everywhere.
"""

from django.utils.translation import override

from ...models.versions import VersionText
from ..imprint import Imprint
from .content import content_of
from .typesetting import typeset


def as_pdf(text: VersionText, imprint: Imprint) -> bytes:
    """The whole text with its facts; `NotMade` where Typst fails. Takes about half a second."""
    with override(text.language):
        content = content_of(text, imprint)
    return typeset(content, made_at=text.added_at)


__all__ = ["as_pdf"]
