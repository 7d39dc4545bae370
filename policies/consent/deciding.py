""" "May I?": one answer for views, templates and the API."""

from dataclasses import dataclass
from datetime import datetime
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


def may(request: HttpRequest, purpose: str, *, scope: int | None = None) -> Verdict:
    """Whether this visitor allows a purpose now, from their own cookie. As a condition it is the answer alone.

    Only a yes is a yes, and not even that against the browser's own signal. `scope` is the number of the version that the
    caller still works by: what later ones ask again is then not asked of the yes.
    """
    answer = remembered(request).answers.get(purpose)
    return verdict_on(answer, purpose, signal=sends_opt_out(request), scope=scope)


def verdict_on(
    answer: Answer | None,
    purpose: str,
    *,
    signal: bool = False,
    scope: int | None = None,
    now: Known | None = None,
) -> Verdict:
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
        renewed_in=now.renewed_by(purpose, scope),
        signal=signal and purpose in now.switched_off_by_signal,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict and what it rests on: the row of the choice, which names its line, wording and version.

    Without a row the answer is that of the person's own token, or none.
    """

    verdict: Verdict
    choice: Choice | None
    answer: Answer | None = None
    asked_again: bool = False
    """Whether the person is to be asked now."""


def check(subject: UUID, purpose: str, *, signal: bool = False, scope: int | None = None) -> Checked:
    """May I do this with the data of a person, known by their random id? Two queries."""
    return check_person(Remembered(subject=subject), purpose, signal=signal, scope=scope)


def check_person(
    what: Remembered, purpose: str, *, signal: bool = False, scope: int | None = None, now: Known | None = None
) -> Checked:
    """The same for what a person's own token says. What is on record is newer than any token, and counts before it."""
    now = now or known(current_language())
    choice = _on_record(what.subject, purpose) if what.subject and purpose in now.purposes else None
    answer = answer_of(choice) or what.answers.get(purpose)
    verdict = verdict_on(answer, purpose, signal=signal, scope=scope, now=now)
    return Checked(verdict, choice, answer, asked_again=_is_asked(answer, purpose, now))


def _on_record(subject: UUID, purpose: str) -> Choice | None:
    return Choice.objects.of(subject).filter(purpose=purpose).select_related("entry", "version").first()


def answer_of(choice: Choice | None) -> Answer | None:
    """What a row says, in the words of the rules."""
    return Answer(State(choice.state), choice.version.number, choice.until) if choice else None


def chosen_at(choice: Choice) -> datetime:
    """When the person chose; of an imported choice, as the other system says."""
    foreign = choice.entry.facts.get("foreign")
    return datetime.fromisoformat(foreign["chosen_at"]) if foreign else choice.chosen_at


def open_for(what: Remembered, now: Known, *, signal: bool = False) -> list[str]:
    """The purposes that this person is to be asked for: not answered, run out, or touched by a change since.

    Whose browser sends Global Privacy Control has said no already to what it switches off.
    """
    answered = now.switched_off_by_signal if signal else frozenset()
    return [code for code in now.asked if code not in answered and _is_asked(what.answers.get(code), code, now)]


def _is_asked(answer: Answer | None, purpose: str, now: Known) -> bool:
    declared = now.purposes.get(purpose)
    asks = declared is not None and declared.needs_consent
    return asks and is_open(answer, today=clock.today(), renewed_in=now.renewed_by(purpose))


def current_language() -> str:
    """The language that is being spoken."""
    return get_language() or settings.LANGUAGE_CODE
