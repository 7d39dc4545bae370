"""What an answer means beside the one before it, whether it still counts, and whether somebody is to be asked again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.jurisdictions.asking import months_after
from policies.ledger.models import Kind


class State(models.TextChoices):
    """What became of a purpose for one person. The same words are the keys of a ledger line's facts."""

    GIVEN = "given", _("agreed")
    RENEWED = "renewed", _("agreed again")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")
    EXPIRED = "expired", _("run out")


GRANTED = (State.GIVEN, State.RENEWED)
KINDS = {
    State.GIVEN: Kind.CONSENT_GIVEN,
    State.RENEWED: Kind.CONSENT_RENEWED,
    State.WITHDRAWN: Kind.CONSENT_WITHDRAWN,
    State.REFUSED: Kind.CONSENT_REFUSED,
    State.EXPIRED: Kind.CONSENT_EXPIRED,
}
"""A line is called after the first of these that is in it: the name of a line with a yes in it is guarded."""


class Answer(NamedTuple):
    """What was said, to which version of the policy (its number), and until when it counts.

    A yes counts to the end of the day `until`; after a no, nobody is asked again before it.
    """

    state: State
    version: int
    until: date

    @property
    def granted(self) -> bool:
        """Whether it was a yes."""
        return self.state in GRANTED


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a visitor's own cookie says: answers by purpose, and an id once something was granted."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    subject: UUID | None = None


class Because(models.TextChoices):
    """Why something is allowed, or not."""

    ESSENTIAL = "essential", _("It needs no consent: people are told of it.")
    GIVEN = "given", _("The person agreed.")
    RENEWED = "renewed", _("The person agreed again.")
    UNDECIDED = "undecided", _("The person has not answered.")
    REFUSED = "refused", _("The person said no.")
    WITHDRAWN = "withdrawn", _("The person took it back.")
    EXPIRED = "expired", _("The yes has run out; the person is asked again.")
    RENEWAL_NEEDED = (
        "renewal_needed",
        _("The policy has changed in this since the person agreed; they are asked again."),
    )
    SIGNAL = "signal", _("The person's browser sends Global Privacy Control.")
    UNKNOWN_PURPOSE = "unknown_purpose", _("There is no such purpose.")


class Verdict(NamedTuple):
    """May I? And why. False as a whole where it is not allowed."""

    allowed: bool
    because: Because

    def __bool__(self) -> bool:
        return self.allowed


def decide(answer: Answer | None, *, today: date, renewed_in: int = 0, signal: bool = False) -> Verdict:
    """Whether an answer allows its purpose on a day.

    `renewed_in` is the number of the newest version in force whose change asks for this consent again (0: none); `signal`
    whether a Global Privacy Control that switches the purpose off is on. Only a yes is a yes.
    """
    if signal:
        return Verdict(False, Because.SIGNAL)
    if answer is None:
        return Verdict(False, Because.UNDECIDED)
    if not answer.granted:
        return Verdict(False, Because(answer.state.value))
    if answer.until < today:
        return Verdict(False, Because.EXPIRED)
    if answer.version < renewed_in:
        return Verdict(False, Because.RENEWAL_NEEDED)
    return Verdict(True, Because(answer.state.value))


def is_open(answer: Answer | None, *, today: date, renewed_in: int = 0) -> bool:
    """Whether a person is to be asked: undecided, run out, or touched by a change since they said yes.

    After a no, a material change asks nobody before the regime's interval is over: what was refused stays refused.
    """
    if answer is None:
        return True
    if answer.granted:
        return answer.until < today or answer.version < renewed_in
    return answer.until <= today


def state_of(before: Answer | None, *, granted: bool, version: int, today: date) -> State | None:
    """What happened, or None where the same was said before and still counts: people click twice.

    A yes after a yes is a renewal where it ran out or was given to an earlier version.
    """
    if before is None:
        return State.GIVEN if granted else State.REFUSED
    if not granted:
        return State.WITHDRAWN if before.granted else _again(before, State.REFUSED, version=version, today=today)
    return _again(before, State.RENEWED, version=version, today=today) if before.granted else State.GIVEN


def _again(before: Answer, state: State, *, version: int, today: date) -> State | None:
    return None if before.version >= version and before.until >= today else state


def kind_of(states: Mapping[str, State]) -> Kind:
    """What the line of an act is called."""
    return next(kind for state, kind in KINDS.items() if state in states.values())


def facts_of(states: Mapping[str, State], until: Mapping[str, date]) -> dict[str, dict[str, str]]:
    """What a line says of the answers: `{"given": {purpose: day}, "refused": {purpose: day}}`."""
    facts: dict[str, dict[str, str]] = {}
    for purpose, state in states.items():
        facts.setdefault(state.value, {})[purpose] = until[purpose].isoformat()
    return facts


def told_by(kind: str, facts: Mapping[str, Any], *, on: date) -> dict[str, tuple[State, date]]:
    """What a line says of each purpose; lines of the first release told of one category, without an end.

    Lines about something else say nothing.
    """
    found: dict[str, tuple[State, date]] = {}
    if "category" in facts and kind.startswith("consent."):
        state = State(kind.removeprefix("consent."))
        found[facts["category"]] = (state, months_after(on, 6 if state in GRANTED else 12))
    for state in State:
        days = facts.get(state.value)
        if isinstance(days, dict):
            found |= {purpose: (state, date.fromisoformat(day)) for purpose, day in days.items()}
    return found


def latest(*told: Mapping[str, Answer]) -> dict[str, Answer]:
    """Of several answers for a purpose the one to the newest version, and of those the one that counts longest."""
    found: dict[str, Answer] = {}
    for answers in told:
        for purpose, answer in answers.items():
            found[purpose] = max(found.get(purpose, answer), answer, key=lambda each: (each.version, each.until))
    return found
