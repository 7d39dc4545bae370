"""What the choices page shows to one visitor. It is made for them alone, and no cache keeps it."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policies.versions.addresses import page_url
from policies.versions.models import Version

from .deciding import current_language
from .forms import ChoicesForm
from .holding import Standing, standing
from .knowing import Known, known
from .links import receipt_url
from .models import Kind, Wording
from .past import past_of
from .reasking import reasked_codes, reasked_for
from .remembering import NO, YES, remembered
from .rules import Remembered
from .saying import said_in_receipt
from .serving import note_shown
from .signal import sends_opt_out

logger = logging.getLogger(__name__)


def choices_page(
    request: HttpRequest, wording: Wording | None, *, form: ChoicesForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with what they chose, or with what was wrong with the form they sent."""
    now, what, signal = known(current_language()), remembered(request), sends_opt_out(request)
    context: dict[str, Any] = {
        "wording": wording,
        "words": wording and wording.content,
        "version": wording and wording.version,
        "chosen": _chosen(form, what, now),
        "standing": standing_of(what, now, signal=signal),
        "policy_url": page_url(now.version.work, language=now.language) if now.version else "",
        "reasked": reasked_for(what, now, signal=signal),
        "mail": [category for category in now.categories if category.kind == Kind.MAIL],
        "past": _past(request, what, now),
        "sends_opt_out": signal,
        "errors": form.messages if form else {},
        **saved_shown(request, what, status),
    }
    if wording:
        note_shown(request, wording.sha256)
    return render(request, "choices/choices.html", context, status=status)


def confirm_page(request: HttpRequest, sent: list[tuple[str, str]], *, action: str) -> HttpResponse:
    """Asks whether a form was sent by the visitor, where the browser does not tell, and says what was in it."""
    names = {code: purpose.name for code, purpose in known(current_language()).purposes.items()}
    context = {"sent": sent, "action": action, **_meant(dict(sent), names)}
    return render(request, "choices/confirm.html", context)


def standing_of(what: Remembered, now: Known, *, signal: bool) -> Standing:
    """What holds, with the days in the addresses of the versions it rests on."""
    numbers = {answer.version for answer in what.answers.values()}
    found: Any = Version.objects.of(now.version.work.key).filter(number__in=numbers) if now.version and numbers else ()
    return standing(what, now, {version.number: version.permalink for version in found}, signal=signal)


def _chosen(form: ChoicesForm | None, what: Remembered, now: Known) -> dict[str, str]:
    """What is ticked: what they sent, above what they said before. What they are asked again is left for them to say."""
    again = reasked_codes(what, now)
    before = {code: answer.granted for code, answer in what.answers.items() if code not in again}
    ticked = before | (form.chosen if form else {})
    return {code: YES if granted else NO for code, granted in ticked.items()}


def _past(request: HttpRequest, what: Remembered, now: Known) -> Any:
    names = {code: purpose.name for code, purpose in now.purposes.items()}
    try:
        return past_of(what.subject, names, page=request.GET.get("page", 1)) if what.subject else None
    except DatabaseError:
        logger.exception("The history of a visitor cannot be read")  # the rest of the page can do without
        return None


def saved_shown(request: HttpRequest, what: Remembered, status: int) -> dict[str, Any]:
    """Whether to say that it is saved, and the receipt of it."""
    saved = status == 200 and request.GET.get("saved") == "1"
    entry = said_in_receipt(request.GET.get("receipt", ""), what) if saved else None
    return {"saved": saved, "receipt": entry and receipt_url(entry)}


def _meant(sent: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    """What a form would do, for the page that asks to confirm it."""
    answers = [(names[code], sent.get(f"choice-{code}")) for code in names if f"choice-{code}" in sent]
    withdrawn = sent.get("withdraw", "")
    return {
        "answers": answers,
        "to_all": sent.get("all"),
        "opts_out": "opt-out" in sent,
        "withdrawn": names.get(withdrawn, withdrawn),
    }
