"""What happens to a form of choices: looked at, entered, and remembered in the visitor's own cookie.

The record may be out of order; the choice holds all the same. What the form needs to be understood is known to the process,
and what cannot be entered now waits (`waiting`).
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from policies.ledger.models import Method
from policies.limits.actions import allow
from policies.limits.networks import network_of

from .acts import Act, KeyReused, Recorded
from .deciding import current_language, open_for
from .forms import ChoicesForm
from .gating import expire_cookies
from .knowing import known
from .models import Wording
from .origins import is_confirmed, is_from_here
from .pages import choices_page, confirm_page
from .remembering import YES, remember, remembered
from .saying import saved_at
from .signal import sends_opt_out
from .waiting import record_or_keep
from .wordings import wording_in_force, wording_shown

logger = logging.getLogger(__name__)

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
MOST, WITHIN = 300, timedelta(minutes=1)
"""Choices from one network: many people may share an address of a mobile network, none of them clicks that often."""


def choose(request: HttpRequest) -> HttpResponse:
    """Enter the answers of a form; what cannot be entered is said on the page, with nothing lost of it."""
    if request.content_type not in FORM_TYPES:
        return HttpResponse(_("Send the form of this page."), status=415, content_type="text/plain; charset=utf-8")
    if not (is_from_here(request) or is_confirmed(request)):
        return confirm_page(request, _sent(request), action=reverse("choices:choices"))
    try:
        current = wording_in_force(language=current_language())
        shown = _asked_here(request.POST.get("wording", ""))
    except DatabaseError:
        logger.exception("A form of choices cannot be understood without the database")
        return _bare_page(saved=False)
    return _choose(request, current, shown) if current else choices_page(request, None, status=409)


def _choose(request: HttpRequest, current: Wording, shown: Wording | None) -> HttpResponse:
    form = ChoicesForm(request.POST, asked=(shown or current).purposes, before=remembered(request).answers)
    if not form.is_valid():
        return choices_page(request, current, form=form, status=422)
    if shown is None:
        form.add_error("wording", _("This page was out of date. Nothing was saved: please look again and save."))
        return choices_page(request, current, form=form, status=409)
    if is_too_often(request):
        return _too_often(request, current, form)
    act = Act(_wanted(request, form), shown, method=_method(request), key=form.cleaned_data["key"])
    try:
        recorded = entered(request, act)
    except KeyReused:
        form.add_error("key", _("This form was sent before with other answers. Please look again and save."))
        return choices_page(request, current, form=form, status=422)
    can_look = not recorded.waits or _database_answers()
    answer = _answer(request, recorded) if can_look else _bare_page(saved=True)
    return remember(expire_cookies(request, answer, recorded.remembered.answers), recorded.remembered)


def entered(request: HttpRequest, act: Act) -> Recorded:
    """An act of this visitor, recorded or waiting. Raises KeyReused."""
    return record_or_keep(remembered=remembered(request), act=act)


def is_too_often(request: HttpRequest) -> bool:
    """Whether more choices came from this network than people make."""
    return not allow("choices", network_of(request), most=MOST, within=WITHIN)


def _too_often(request: HttpRequest, current: Wording, form: ChoicesForm) -> HttpResponse:
    form.add_error(
        "wording", _("Very many choices came from your network. Nothing is lost: please save again in a minute.")
    )
    response = choices_page(request, current, form=form, status=429)
    response["Retry-After"] = str(int(WITHIN.total_seconds()))
    return response


def _asked_here(digest: str) -> Wording | None:
    """A wording that banner or page showed; those of other forms are answered there."""
    shown = wording_shown(digest)
    return shown if shown and shown.kind in (Wording.Kind.BANNER, Wording.Kind.CHOICES) else None


def _wanted(request: HttpRequest, form: ChoicesForm) -> dict[str, bool]:
    """The answers; of a form that asks only for what is open, no others: what somebody chose before stays.

    "Accept all" is no yes to what the browser's own signal refuses; who wants that says so for it by itself.
    """
    chosen, now, signal = form.chosen, known(current_language()), sends_opt_out(request)
    if signal and request.POST.get("all") == YES:
        chosen = {code: granted for code, granted in chosen.items() if code not in now.switched_off_by_signal}
    if form.withdrawn or "only-open" not in request.POST:
        return chosen
    open_now = open_for(remembered(request), now, signal=signal)
    return {code: granted for code, granted in chosen.items() if code in open_now}


def _method(request: HttpRequest) -> Method:
    return Method.BUTTON if request.POST.get("all") or request.POST.get("withdraw") else Method.FORM


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was in the form, for the page that asks to confirm it; nobody's token."""
    asked = ChoicesForm(asked=known(current_language()).asked).fields
    # No key: a stranger who chose it could ask for the answer a second time.
    names = [*(name for name in asked if name != "key"), "only-open", "next"]
    return [(name, request.POST[name][:2000]) for name in names if name in request.POST]


def _answer(request: HttpRequest, recorded: Recorded) -> HttpResponse:
    """Back to where the form was, or to the choices page, which says that it is saved."""
    back = request.POST.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        response: HttpResponse = SeeOther(back)
        response.set_cookie("kept_said", "saved", max_age=60, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response
    return SeeOther(saved_at(reverse("choices:choices"), recorded.entry))


def _database_answers() -> bool:
    """Whether a page that the browser is sent to could be shown."""
    try:
        return connection.connection is not None and connection.is_usable()
    except DatabaseError:
        return False


def _bare_page(*, saved: bool) -> HttpResponse:
    """A page that needs no database."""
    response = HttpResponse(render_to_string("choices/bare.html", {"saved": saved}), status=200 if saved else 503)
    if not saved:
        response["Retry-After"] = "60"
    return response


class SeeOther(HttpResponseRedirect):
    """A redirect that browsers follow with a GET (RFC 9110, section 15.4.4)."""

    status_code = 303
