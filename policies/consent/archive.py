"""The public archive of wordings: what was shown when somebody was asked, for whoever holds its hash."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from common.canonical import canonical
from common.shelf import shelve
from policies.jurisdictions.asking import asking_rules
from policies.versions.addresses import version_url

from .deciding import current_language
from .wordings import wording_filed

FOR_EVER = "public, max-age=31536000, immutable"
"""A hash names one text only."""


@require_safe
def wording_page(request: HttpRequest, digest: str) -> HttpResponse:
    """One wording for people: when, where and under which version it was shown, and how to check that it is the one."""
    wording = wording_filed(digest)
    if wording is None:
        return render(request, "choices/wording.html", {"digest": digest}, status=404)
    context = {
        "wording": wording,
        "words": wording.content,
        "direction": "rtl" if get_language_info(wording.language)["bidi"] else "ltr",
        "spoken": get_language_info(wording.language)["name_translated"],
        "regime": asking_rules(wording.content["regime"]) if "regime" in wording.content else None,
        "version_url": version_url(wording.version, language=current_language()),
        "json_url": settings.SITE_URL + reverse("choices:wording_json", args=[digest]),
        "shown": mark_safe(inert(wording.content.get("html", ""))),  # noqa: S308  our own, from the archive
    }
    return shelve(request, render(request, "choices/wording.html", context))


@require_safe
def wording_json(request: HttpRequest, digest: str) -> HttpResponse:
    """The very bytes that the hash is of."""
    wording = wording_filed(digest)
    if wording is None:
        raise Http404
    response = HttpResponse(canonical(wording.content), content_type="application/json")
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = FOR_EVER
    response["Content-Language"] = wording.language
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


_NAMES = re.compile(r'\s(?:id|for|name|list|form|formaction|action|method|aria-[a-z]+by|aria-controls)="[^"]*"')
_FORMS = re.compile(r"<(/?)form\b")


def inert(html: str) -> str:
    """An archived question to look at, inside of another page: nothing in it has a name, an id, or a form to be sent with.

    In text, quotes are always escaped, so only attributes can match.
    """
    return _FORMS.sub(r"<\1div", _NAMES.sub("", html))
