"""What the choices page shows to one visitor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .forms import ChoicesForm
from .models import Wording
from .remembering import NO, YES, remembered
from .serving import note_shown
from .signal import sends_opt_out


def choices_page(
    request: HttpRequest, wording: Wording | None, *, form: ChoicesForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with what they chose, or with what was wrong with the form they sent."""
    answers = remembered(request).answers
    chosen = form.chosen if form else {code: answer.granted for code, answer in answers.items()}
    context: dict[str, Any] = {
        "wording": wording,
        "words": wording and wording.content,
        "version": wording and wording.version,
        "chosen": {code: YES if granted else NO for code, granted in chosen.items()},
        "grants": any(answer.granted for answer in answers.values()),
        "saved": status == 200 and request.GET.get("saved") == "1",
        "sends_opt_out": sends_opt_out(request),
        "errors": form.messages if form else {},
    }
    if wording:
        note_shown(request, wording.sha256)
    return render(request, "choices/choices.html", context, status=status)
