"""The worker's day: rounds, batches, and waiting."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from .actions import close_finished
from .delivery import Worker
from .errors import ServerDown
from .rounds import run_rounds

logger = logging.getLogger(__name__)

POLL = 1.0
"""Seconds between two looks for letters, and between two rounds."""
LONGEST_PAUSE = 60.0
"""Seconds to wait at most before a mail server that was down is tried again."""


class Watch:
    """Runs a worker until it is told to stop."""

    def __init__(self, worker: Worker, *, progress: Callable[[], None]) -> None:
        self.worker, self.progress = worker, progress
        self._next_round = self._pause = 0.0

    def once(self) -> None:
        """Send what is due. Raises `ServerDown`."""
        self._round()
        while not self.worker.stop.is_set() and self.worker.deliver_due():
            self.progress()
        self._rest()

    def for_ever(self) -> None:
        """Send what is due, and what becomes due. Neither the mail server's nor the database's absence ends it."""
        while not self.worker.stop.is_set():
            try:
                self._step()
            except ServerDown as down:
                self._pause = min(self._pause * 2 or POLL, LONGEST_PAUSE)
                logger.warning("Mail server takes nothing, next try in %.0f s: %s", self._pause, down)
                self.worker.stop.wait(self._pause)
            except (OperationalError, InterfaceError) as away:
                logger.warning("Database is away: %s", away)
                connection.close()
                self.worker.stop.wait(POLL)
        self.worker.transport.close()

    def _step(self) -> None:
        self._round()
        if self.worker.deliver_due():
            self._pause = 0.0
        else:
            self._rest()
            self.worker.stop.wait(POLL)
        self.progress()

    def _round(self) -> None:
        if time.monotonic() >= self._next_round:
            if not connection.in_atomic_block:  # inside of one, as in a test, the connection is somebody else's
                connection.close_if_unusable_or_obsolete()
            run_rounds()
            self._next_round = time.monotonic() + POLL

    def _rest(self) -> None:
        """Nothing is due: close what is done, and do not keep the mail server waiting."""
        close_finished()
        self.worker.transport.close()
