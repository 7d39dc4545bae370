"""Who may send a letter: the row says so, and nobody else does."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from common import clock

from .models import Attempt, Letter, LetterQuerySet, Outcome, State

LEASE = timedelta(seconds=90)
"""How long a worker may keep a batch. Also how long the letters of a killed worker wait for another one."""
BATCH = 50
PUT_BACK_FOR = timedelta(minutes=1)
"""A letter at which the server hung up lets others go first, in case it was its fault."""


@transaction.atomic
def claim(worker: str, *, lease: timedelta = LEASE, limit: int = BATCH) -> list[Letter]:
    """Take the most urgent letters that are due. No two workers ever get the same one (PostgreSQL: SKIP LOCKED)."""
    letters = list(Letter.objects.due().select_for_update(skip_locked=True)[:limit])
    _note_unknown_outcomes(letters)
    until = clock.now() + lease
    claimed = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    claimed.update(state=State.SENDING, worker=worker, lease_until=until, due_at=until, begun_at=None)
    return letters


def _note_unknown_outcomes(letters: list[Letter]) -> None:
    """A worker died between the mail server's answer and its own note of it, or before: only the server knows."""
    Attempt.objects.bulk_create(
        Attempt(letter=letter, at=letter.begun_at, outcome=Outcome.UNKNOWN, answer=f"{letter.worker} stopped in it")
        for letter in letters
        if letter.begun_at
    )


def claimed_by(worker: str) -> LetterQuerySet:
    """What a worker holds; a letter that was ended or taken over meanwhile is not among it."""
    return Letter.objects.filter(state=State.SENDING, worker=worker)


def release(worker: str) -> int:
    """Give back what was not begun. Returns how many letters that were."""
    untouched = claimed_by(worker).filter(begun_at=None)
    return untouched.update(state=State.QUEUED, worker="", lease_until=None, due_at=clock.now())


def put_back(letter: Letter, worker: str) -> None:
    """Give back a letter that certainly was not taken, through nobody's fault: the attempt does not count."""
    claimed_by(worker).filter(pk=letter.pk).update(
        state=State.QUEUED,
        worker="",
        lease_until=None,
        begun_at=None,
        attempts=F("attempts") - 1,
        due_at=clock.now() + PUT_BACK_FOR,
    )
