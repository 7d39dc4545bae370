"""The opt-out of sale and sharing: a form of its own, beside the banner (11 CCR §7026(a)(4)), with one button.

Nothing is verified and nothing is asked (§7026(d)); it holds for this browser at once.
"""

from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policies.ledger.models import Kind, Method
from policies.versions.addresses import page_url

from .actions import Act, KeyReused
from .choosing import FORM_TYPES, SeeOther, entered
from .deciding import current_language, may
from .forms import ChoicesForm
from .knowing import known
from .models import Wording
from .origins import is_confirmed, is_from_here
from .pages import confirm_page, saved_shown
from .remembering import remember, remembered
from .rules import Remembered
from .saying import saved_at
from .signal import sends_opt_out
from .wordings import wording_in_force, wording_shown

FIELDS = ("wording",)


@never_cache
@csrf_exempt  # as on the choices page: `origins` looks at who sends the form
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest) -> HttpResponse:
    """One button: nothing of this person is sold or shared from then on."""
    if request.method != "POST":
        return _page(request)
    if request.content_type not in FORM_TYPES:
        return HttpResponse(_("Send the form of this page."), status=415, content_type="text/plain; charset=utf-8")
    if not (is_from_here(request) or is_confirmed(request)):
        sent = [(name, request.POST[name][:200]) for name in FIELDS if name in request.POST]
        return confirm_page(request, [*sent, ("opt-out", "1")], action=reverse("choices:opt_out"))
    return _opt_out(request)


opt_out.non_atomic = True  # type: ignore[attr-defined]  # as for the choices page


def _opt_out(request: HttpRequest) -> HttpResponse:
    shown = wording_shown(request.POST.get("wording", "")) or _wording()
    if shown is None:
        return _page(request, error=_("There is nothing to opt out of yet."), status=409)
    key = ChoicesForm(request.POST, asked=()).key_sent
    act = Act(dict.fromkeys(_purposes(), False), shown, method=Method.BUTTON, key=key, kind=Kind.OPTED_OUT)
    try:
        recorded = entered(request, act)
    except KeyReused:
        error = _("This form was sent before with other answers. Please press the button once more.")
        return _page(request, error=error, status=422)
    told = recorded.remembered
    # The repeat of a form tells of this form alone; what else the browser knows stays.
    kept = Remembered({**remembered(request).answers, **told.answers}, told.subject)
    return remember(SeeOther(saved_at(reverse("choices:opt_out"), recorded.entry)), kept)


def _page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    wording, now = _wording(), known(current_language())
    context: dict[str, Any] = {
        "wording": wording,
        "words": wording and wording.content,
        "names": [now.purposes[code].name for code in _purposes()],
        "is_on": any(may(request, code) for code in _purposes()),
        "sends_opt_out": sends_opt_out(request),
        "policy_url": page_url(now.version.work, language=now.language) if now.version else "",
        "key": token_urlsafe(24),
        "error": error,
        **saved_shown(request, remembered(request), status),
    }
    return render(request, "choices/opt_out/page.html", context, status=status)


def _wording() -> Wording | None:
    return wording_in_force(language=current_language(), kind=Wording.Kind.FORM)


def _purposes() -> list[str]:
    """What the law calls selling and sharing: the purposes that Global Privacy Control switches off."""
    now = known(current_language())
    return [code for code in now.asked if code in now.switched_off_by_signal]
