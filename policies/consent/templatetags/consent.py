from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from ..deciding import current_language
from ..models import Wording
from ..wordings import wording_in_force

register = template.Library()


@register.filter
def of(chosen: dict[str, Any], code: str) -> Any:
    """What was chosen for a purpose; nothing where no answer was given."""
    return chosen.get(code, "")


@register.simple_tag(takes_context=True)
def banner_wording(context: dict[str, Any]) -> Wording | None:
    """What the banner asks, the same for everybody; None where there is no banner.

    It is not on the pages where people choose, nor in an editor's preview, nor while no policy is in force.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False) or _is_for_choosing(request):
        return None
    wording = wording_in_force(language=current_language(), kind=Wording.Kind.BANNER)
    return wording if wording and wording.purposes else None


@register.filter
def honours_gpc(wording: Wording) -> bool:
    """Whether Global Privacy Control switches anything off that is asked for."""
    purposes = (purpose for category in wording.content["categories"] for purpose in category["purposes"])
    return any(purpose["honours_gpc"] for purpose in purposes)


def _is_for_choosing(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("choices:choices"))
