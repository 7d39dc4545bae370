"""The one statement that writes a letter for everybody, and who has to wait for it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from common import clock

from .models import Mailing, State

FANNING_OUT = 0x6B657074  # "kept": PostgreSQL's advisory locks are numbers
# INSERT stands first, because Python's sqlite3 counts rows only of statements that begin so.
INSERT = """
INSERT INTO outbox_letter (mailing_id, recipient, address, language,
    state, priority, due_at, attempts, worker, message_id, answer)
WITH person (recipient, address, language) AS ({people})
SELECT %s, recipient, address, CASE WHEN language IN ({known}) THEN language ELSE %s END,
    %s, %s, %s, 0, '', '', ''
FROM person WHERE true
ON CONFLICT (recipient, mailing_id) DO NOTHING
"""


def insert_letters(mailing: Mailing, recipients: QuerySet[Any, Any]) -> int:
    """One letter for each recipient who has none yet; returns how many that were."""
    known = sorted(mailing.renditions.values_list("language", flat=True))
    try:
        people, params = recipients.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    statement = INSERT.format(people=people, known=", ".join(["%s"] * len(known)))
    due_at = connection.ops.adapt_datetimefield_value(clock.now())
    values: list[Any] = [mailing.pk, *known, _fallback(known), State.QUEUED.value, mailing.priority, due_at]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *values])
        return cursor.rowcount


def _fallback(known: list[str]) -> str:
    if not known:
        raise ValueError("a mailing without a text cannot be fanned out")
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in known else known[0]


def keep_out_unsubscriptions() -> None:
    """Wait for unsubscriptions that are under way, and let new ones wait until this transaction ends.

    Without it somebody could leave between the reading of the recipients and the writing of the letters: too late to be
    left out, too early to be ended. SQLite has one writer at a time anyway.
    """
    _lock("pg_advisory_xact_lock")


def keep_out_fan_outs() -> None:
    """The other side: unsubscriptions do not wait for each other."""
    _lock("pg_advisory_xact_lock_shared")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [FANNING_OUT])
