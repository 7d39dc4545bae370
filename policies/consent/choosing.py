"""What happens to a form of choices: looked at, entered, and remembered in the visitor's own cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from policies.ledger.models import Method

from .actions import Act, KeyReused, record_choices
from .deciding import current_language, open_for
from .forms import ChoicesForm
from .gating import expire_cookies
from .knowing import known
from .origins import is_confirmed, is_from_here
from .pages import choices_page
from .remembering import remember, remembered
from .wordings import wording_in_force, wording_shown

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def choose(request: HttpRequest) -> HttpResponse:
    """Enter the answers of a form; what cannot be entered is said on the page, with nothing lost of it."""
    if request.content_type not in FORM_TYPES:
        return HttpResponse(_("Send the form of this page."), status=415, content_type="text/plain; charset=utf-8")
    if not (is_from_here(request) or is_confirmed(request)):
        return render(request, "choices/confirm.html", {"sent": _sent(request)})
    current = wording_in_force(language=current_language())
    if current is None:
        return choices_page(request, None, status=409)
    shown = wording_shown(request.POST.get("wording", "")[:64])
    form = ChoicesForm(request.POST, asked=(shown or current).purposes)
    if not form.is_valid():
        return choices_page(request, current, form=form, status=422)
    if shown is None:
        form.add_error("wording", _("This page was out of date. Nothing was saved: please look again and save."))
        return choices_page(request, current, form=form, status=409)
    act = Act(_wanted(request, form), shown, method=_method(request), key=form.cleaned_data["key"])
    try:
        recorded = record_choices(remembered=remembered(request), act=act)
    except KeyReused:
        form.add_error("key", _("This form was sent before with other answers. Please look again and save."))
        return choices_page(request, current, form=form, status=422)
    answer = expire_cookies(request, _answer(request), recorded.remembered.answers)
    return remember(answer, recorded.remembered)


def _wanted(request: HttpRequest, form: ChoicesForm) -> dict[str, bool]:
    """The answers; of a form that asks only for what is open, no others: what somebody chose before stays."""
    if "only-open" not in request.POST:
        return form.chosen
    open_now = open_for(remembered(request), known(current_language()))
    return {code: granted for code, granted in form.chosen.items() if code in open_now}


def _method(request: HttpRequest) -> Method:
    return Method.BUTTON if request.POST.get("all") else Method.FORM


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was in the form, for the page that asks to confirm it; nobody's token."""
    asked = ChoicesForm(asked=known(current_language()).asked).fields
    names = [*asked, "only-open", "next"]
    return [(name, request.POST[name][:2000]) for name in names if name in request.POST]


def _answer(request: HttpRequest) -> HttpResponse:
    """Back to where the form was, or to the choices page, which says that it is saved."""
    back = request.POST.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        response: HttpResponse = SeeOther(back)
        response.set_cookie("kept_said", "saved", max_age=60, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response
    return SeeOther(f"{reverse('choices:choices')}?saved=1")


class SeeOther(HttpResponseRedirect):
    """A redirect that browsers follow with a GET (RFC 9110, section 15.4.4)."""

    status_code = 303
