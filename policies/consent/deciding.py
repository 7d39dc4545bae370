""" "May I?": one answer for views, templates and the API."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from common import clock

from .knowing import Known, known
from .models import Choice
from .remembering import remembered
from .rules import Answer, Because, Remembered, State, Verdict, decide, is_open
from .signal import sends_opt_out


def may(request: HttpRequest, purpose: str) -> Verdict:
    """Whether this visitor allows a purpose now, from their own cookie. As a condition it is the answer alone.

    Only a yes is a yes, and not even that against the browser's own signal.
    """
    return verdict_on(remembered(request).answers.get(purpose), purpose, signal=sends_opt_out(request))


def verdict_on(answer: Answer | None, purpose: str, *, signal: bool = False, now: Known | None = None) -> Verdict:
    """The same for an answer, wherever it comes from."""
    now = now or known(current_language())
    declared = now.purposes.get(purpose)
    if declared is None:
        return Verdict(False, Because.UNKNOWN_PURPOSE)
    if not declared.needs_consent:
        return Verdict(True, Because.ESSENTIAL)
    return decide(
        answer,
        today=clock.today(),
        renewed_in=now.renewed_in.get(purpose, 0),
        signal=signal and purpose in now.switched_off_by_signal,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict and what it rests on: the row of the choice, which names its line, wording and version."""

    verdict: Verdict
    choice: Choice | None


def check(subject: UUID, purpose: str, *, signal: bool = False) -> Checked:
    """May I do this with the data of a person, known by their random id? Two queries."""
    found = Choice.objects.of(subject).filter(purpose=purpose).select_related("entry", "version__work").first()
    return Checked(verdict_on(answer_of(found), purpose, signal=signal), found)


def answer_of(choice: Choice | None) -> Answer | None:
    """What a row says, in the words of the rules."""
    return Answer(State(choice.state), choice.version.number, choice.until) if choice else None


def open_for(what: Remembered, now: Known) -> list[str]:
    """The purposes that this person is to be asked for: not answered, run out, or touched by a change since."""
    today = clock.today()
    return [
        code
        for code in now.asked
        if is_open(what.answers.get(code), today=today, renewed_in=now.renewed_in.get(code, 0))
    ]


def current_language() -> str:
    """The language that is being spoken."""
    return get_language() or settings.LANGUAGE_CODE
