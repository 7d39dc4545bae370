"""What becomes of a letter that was not simply sent."""

from django.db import transaction

from common import clock

from .claims import claimed_by
from .errors import TransportError
from .models import Attempt, Letter, Outcome, State
from .rules import is_hopeless, wait_after, with_jitter


def end(letter: Letter, *, worker: str, state: State, answer: str) -> State:
    """End it, unless somebody was faster: an unsubscription stays one."""
    claimed_by(worker).filter(pk=letter.pk).update(
        state=state, answer=answer, ended_at=clock.now(), lease_until=None, message_id=letter.message_id
    )
    return state


@transaction.atomic
def record_refusal(letter: Letter, refusal: TransportError, *, worker: str) -> State:
    """Write the attempt down and end the letter or let it wait; returns what the letter became."""
    answer = str(refusal)
    Attempt.objects.create(letter=letter, outcome=_outcome(refusal), answer=answer)
    if refusal.permanent:
        state = State.BOUNCED if refusal.recipient_refused else State.FAILED
        return end(letter, worker=worker, state=state, answer=answer)
    if is_hopeless(letter.attempts):
        return end(letter, worker=worker, state=State.FAILED, answer=f"given up: {answer}")
    return _queue_again(letter, worker=worker, answer=answer)


def _outcome(refusal: TransportError) -> Outcome:
    if refusal.outcome_unknown:
        return Outcome.UNKNOWN
    return Outcome.REFUSED_FOR_GOOD if refusal.permanent else Outcome.REFUSED_FOR_NOW


def _queue_again(letter: Letter, *, worker: str, answer: str) -> State:
    claimed_by(worker).filter(pk=letter.pk).update(
        state=State.QUEUED,
        worker="",
        lease_until=None,
        begun_at=None,
        due_at=clock.now() + with_jitter(wait_after(letter.attempts)),
        answer=answer,
        message_id=letter.message_id,
    )
    return State.QUEUED
