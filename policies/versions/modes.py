"""Two ways in which a text is recorded without being announced by anybody: brought in from elsewhere, and rehearsed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_importing: ContextVar[bool] = ContextVar("importing", default=False)
_rehearsing: ContextVar[bool] = ContextVar("rehearsing", default=False)


@contextmanager
def importing() -> Iterator[None]:
    """Inside of it versions may take effect in the past, nobody is told, and nobody has to approve: it was published before."""
    token = _importing.set(True)
    try:
        yield
    finally:
        _importing.reset(token)


def is_importing() -> bool:
    """Whether the text comes from elsewhere."""
    return _importing.get()


@contextmanager
def rehearsing() -> Iterator[None]:
    """Inside of it everything happens as it would, whoever asks, and at the end nothing has happened.

    The database undoes it all, so nothing of a rehearsal may leave it: no letter is sent in the transaction of a publish.
    """
    token = _rehearsing.set(True)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _rehearsing.reset(token)


def is_rehearsing() -> bool:
    """Whether all of this is undone in a moment."""
    return _rehearsing.get()
