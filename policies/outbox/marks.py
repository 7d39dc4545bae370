"""The two marks around every send: *begun* before it, *sent* after it.

On PostgreSQL the mark of one letter and the beginning of the next are one statement, because this is where a worker
spends its time: the round trip costs more than the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from common import clock

from .models import Letter

SENT = """
UPDATE outbox_letter SET state = 'sent', ended_at = %(now)s, lease_until = NULL, answer = %(answer)s,
    message_id = %(message_id)s
WHERE id = %(sent)s
"""
BEGUN = """
UPDATE outbox_letter SET begun_at = %(now)s, attempts = attempts + 1
WHERE id = %(begun)s AND state = 'sending' AND worker = %(worker)s AND lease_until > %(needed_until)s
"""
SENT_AND_BEGUN = f"WITH sent AS ({SENT}) {BEGUN}"


@dataclass(frozen=True)
class Accepted:
    """A letter that the mail server has taken and the database does not know of yet."""

    pk: int
    recipient: UUID
    message_id: str
    answer: str

    @property
    def values(self) -> dict[str, Any]:
        """As the statement wants them."""
        return {"sent": self.pk, "message_id": self.message_id, "answer": self.answer}


def mark_sent(accepted: Accepted) -> None:
    """Even if the person unsubscribed in that very moment: the row tells what happened."""
    _execute(SENT, accepted.values)


def begin(letter: Letter, *, worker: str, needed_until: datetime, accepted: Accepted | None) -> bool:
    """Mark the letter before as sent, if there is one, and this one as begun.

    False if this one may not be sent: the person unsubscribed meanwhile, or the lease does not last for another letter.
    """
    values = {"begun": letter.pk, "worker": worker, "needed_until": _moment(needed_until)}
    if accepted is None:
        return _execute(BEGUN, values) == 1
    # Two letters of one person are marked one by one: an unsubscription locks them in its own order.
    if connection.vendor == "postgresql" and accepted.recipient != letter.recipient:
        return _execute(SENT_AND_BEGUN, values | accepted.values) == 1
    mark_sent(accepted)
    return _execute(BEGUN, values) == 1


def _execute(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values | {"now": _moment(clock.now())})
        return cursor.rowcount


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


@contextmanager
def quick_commits() -> Iterator[None]:
    """Let PostgreSQL answer before it has written to disk: at worst a crash of the database repeats a few letters.

    Only around sending: what else a worker does is durable.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
