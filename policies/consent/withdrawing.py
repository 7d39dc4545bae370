"""Taking back: from what holds now, whatever is asked for these days."""

from collections.abc import Iterable

from policies.ledger.models import Method

from .acts import Act, Recorded
from .models import Choice, Wording
from .rules import Answer, Remembered
from .waiting import record_or_keep
from .wordings import wording_in_force


class NothingToGoBy(LookupError):
    """No policy is in force, and none is known that the person said yes to."""


def withdraw(person: Remembered, purposes: Iterable[str] | None, *, language: str) -> Recorded:
    """Take back what a person agreed to of these purposes, or all of it. Twice is as good as once: people click twice."""
    held = answers_of(person)
    granted = [code for code, answer in held.items() if answer.granted]
    wanted = [code for code in granted if purposes is None or code in purposes]
    if not wanted:
        return Recorded(Remembered(held, person.subject))
    act = Act(dict.fromkeys(wanted, False), _wording(person, language), method=Method.BUTTON)
    return record_or_keep(remembered=person, act=act)


def answers_of(person: Remembered) -> dict[str, Answer]:
    """What a person said: of their token, and newer than it, of what is on record."""
    if person.subject is None:
        return dict(person.answers)
    return {**person.answers, **Choice.objects.of(person.subject).as_answers()}


def _wording(person: Remembered, language: str) -> Wording:
    """What is asked now; where no policy is in force any more, what they said yes to."""
    current = wording_in_force(language=language)
    if current:
        return current
    mine = Choice.objects.of(person.subject) if person.subject else Choice.objects.none()
    last = mine.filter(wording__isnull=False).select_related("wording__version").order_by("-chosen_at").first()
    if last is None or last.wording is None:
        raise NothingToGoBy
    return last.wording
