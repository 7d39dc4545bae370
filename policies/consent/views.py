"""The page where people choose and take back. A GET shows, a POST acts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .actions import record_choices
from .forms import ChoicesForm
from .models import Wording
from .remembering import choices_of, remember, remembered, sends_opt_out
from .wordings import wording_in_force, wording_shown

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SHOWN_AS = {True: "granted", False: "refused", None: ""}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """See, give, refuse and withdraw: one step each."""
    language = get_language() or settings.LANGUAGE_CODE
    if request.method == "POST":
        return _choose(request, language)
    return _page(request, wording_in_force(language=language))


def _choose(request: HttpRequest, language: str) -> HttpResponse:
    if request.content_type not in FORM_TYPES:
        return HttpResponse(_("Send the form of this page."), status=415, content_type="text/plain; charset=utf-8")
    current = wording_in_force(language=language)
    if current is None:
        return _page(request, None, status=409)
    form = ChoicesForm(request.POST)
    if not form.is_valid():
        return _page(request, current, form=form, status=422)
    shown = wording_shown(form.cleaned_data["wording"], language=language)
    if shown is None:
        form.add_error("wording", _("This page was out of date. Nothing was saved: please look again and save."))
        return _page(request, current, form=form, status=409)
    recorded = record_choices(remembered=remembered(request), choices=form.chosen, wording=shown)
    return remember(SeeOther(f"{reverse('choices:choices')}?saved=1"), recorded.remembered)


class SeeOther(HttpResponseRedirect):
    """A redirect that browsers follow with a GET (RFC 9110, section 15.4.4)."""

    status_code = 303


def _page(
    request: HttpRequest, wording: Wording | None, *, form: ChoicesForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "wording": wording,
        "version": wording and wording.version,
        "categories": _categories(wording, form.chosen if form else choices_of(request)) if wording else [],
        "saved": status == 200 and request.GET.get("saved") == "1",
        "sends_opt_out": sends_opt_out(request),
        "errors": form.messages if form else {},
    }
    return render(request, "choices/choices.html", context, status=status)


def _categories(wording: Wording, chosen: dict[str, bool] | dict[str, bool | None]) -> list[dict[str, Any]]:
    return [
        {**category, "choice": SHOWN_AS[chosen.get(category["code"])]} for category in wording.content["categories"]
    ]
