"""The same words in other tags: a technical change, never a version."""

from django.db import transaction

from common.canonical import sha256
from policies.ledger.actions import append
from policies.ledger.models import Kind

from ..models.versions import Rendering, VersionText
from ..rendering import section_html, words_of


class OtherWords(ValueError):
    """The renderer of today would show other words than were announced; nothing is changed."""


@transaction.atomic
def render_anew(text: VersionText, *, because: str) -> Rendering | None:
    """Show a text as today's renderer writes it, and enter that in the ledger; None where nothing differs.

    The first rendering stays with the text for ever. Raises `OtherWords`.
    """
    html = {section["id"]: section_html(section) for section in text.content["sections"]}
    if html == text.shown_html:
        return None
    if any(words_of(html[key]) != words_of(body) for key, body in text.html.items()):
        raise OtherWords(str(text))
    rendering = Rendering.objects.create(text=text, html=html, html_sha256=sha256(html), because=because)
    facts = {
        "work": str(text.version.work.key),
        "permalink": text.version.permalink,
        "language": text.language,
        "sequence": text.sequence,
        "html": rendering.html_sha256,
        "because": because,
    }
    append(kind=Kind.VERSION_RERENDERED, facts=facts)
    return rendering
