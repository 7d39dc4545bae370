from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from ..deciding import current_language
from ..links import wording_url
from ..models import LegalBasis, Wording
from ..past import listed
from ..serving import note_shown
from ..terms import in_plain_words
from ..wordings import wording_in_force

register = template.Library()


@register.filter
def of(chosen: dict[str, Any], code: str) -> Any:
    """What was chosen for a purpose; nothing where no answer was given."""
    return chosen.get(code, "")


@register.filter
def basis(code: str) -> str:
    """A legal basis by its name."""
    return str(LegalBasis(code).label) if code in LegalBasis.values else code


@register.filter
def plainly(terms: list[str]) -> str:
    """Terms of the Data Privacy Vocabulary in plain words, in a row."""
    return listed(in_plain_words(term) for term in terms)


@register.filter
def in_a_row(names: list[str]) -> str:
    """Names with commas between them, as the language writes them."""
    return listed(names)


@register.filter
def wording_address(digest: str) -> str:
    """Where the wording with a hash is shown."""
    return wording_url(digest)


@register.simple_tag(takes_context=True)
def banner_wording(context: dict[str, Any]) -> Wording | None:
    """What the banner asks, the same for everybody; None where there is no banner.

    It is not on the pages where people choose, nor in an editor's preview, nor while no policy is in force.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False) or _is_for_choosing(request):
        return None
    wording = wording_in_force(language=current_language(), kind=Wording.Kind.BANNER)
    if wording is None or not wording.purposes:
        return None
    note_shown(request, wording.sha256)
    return wording


@register.filter
def honours_gpc(wording: Wording) -> bool:
    """Whether Global Privacy Control switches anything off that is asked for."""
    purposes = (purpose for category in wording.content["categories"] for purpose in category["purposes"])
    return any(purpose["honours_gpc"] for purpose in purposes)


def _is_for_choosing(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("choices:choices"))
