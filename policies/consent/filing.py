"""How a wording gets into the archive: when it is first shown, by whichever process shows it first."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from policies.versions.modes import is_rehearsing

from .models import Wording

logger = logging.getLogger(__name__)

LONGEST_WAIT = 300  # milliseconds that a page waits for whoever else is writing
REST = 10.0  # seconds in which no page tries again what just failed


class _Failure:
    at = float("-inf")


def filed(wording: Wording, *, insist: bool = False) -> Wording:
    """The wording as the archive has it. A page is shown also where the archive cannot be written: then the wording comes
    back as it was, and is filed a little later. `insist` tries at once."""
    if not wording._state.adding or is_rehearsing():
        return wording
    if not insist and time.monotonic() - _Failure.at < REST:
        return wording
    try:
        return _found(wording) or _added(wording)
    except DatabaseError:
        _Failure.at = time.monotonic()
        logger.exception("A wording could not be filed")
        return wording


def _found(wording: Wording) -> Wording | None:
    found = Wording.objects.filter(pk=wording.pk).first()
    if found:
        found.version = wording.version
    return found


def _added(wording: Wording) -> Wording:
    """Two processes may show it first at the same moment; both get the one row."""
    values = {name: getattr(wording, name) for name in ("kind", "language", "version", "content")}
    with _short_wait(), transaction.atomic():
        return Wording.objects.get_or_create(sha256=wording.sha256, defaults=values)[0]


@contextmanager
def _short_wait() -> Iterator[None]:
    """Editors' forms wait for their turn; a visitor's page does not. Inside of a transaction the turn has come already."""
    if connection.in_atomic_block:
        yield
        return
    postgresql = connection.vendor == "postgresql"
    show, change = ("SHOW lock_timeout", "SET lock_timeout = '{}'") if postgresql else _OF_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(show)
        before = cursor.fetchone()[0]
        cursor.execute(change.format(LONGEST_WAIT))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(change.format(before))


_OF_SQLITE = ("PRAGMA busy_timeout", "PRAGMA busy_timeout = {}")
