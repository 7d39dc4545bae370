import logging
import os
import socket
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import TypeVar
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection

from common import clock

from .claims import BATCH, LEASE, claim, put_back, release
from .composing import Composer
from .errors import ServerDown, TransportError
from .marks import Accepted, begin, mark_sent, quick_commits
from .models import Letter, State
from .outcomes import end, record_refusal
from .rules import Unsendable
from .transports import Parcel, Transport

logger = logging.getLogger(__name__)
T = TypeVar("T")

REFUSED_IN_A_ROW = 20
"""So many refusals for good without a single success say that something is wrong with us, not with the addresses."""
DATABASE_BACK_AFTER = 0.5
"""Seconds between two looks whether the database is back."""


class Worker:
    """Sends letters, one after the other. It may be killed anywhere: at most the letter in its hand is sent twice."""

    def __init__(
        self, transport: Transport, *, lease: timedelta = LEASE, batch: int = BATCH, stop: Event | None = None
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
        self.transport, self.lease, self.batch = transport, lease, batch
        self.stop = stop or Event()
        self.tally: Counter[State] = Counter()
        self._composer = Composer()
        self._accepted: Accepted | None = None
        self._refused_in_a_row = 0

    def deliver_due(self) -> int:
        """Claim a batch and send it; returns how many letters that were. Raises `ServerDown`, with nothing claimed."""
        letters = claim(self.name, lease=self.lease, limit=self.batch)
        if not letters:
            return 0
        try:
            with quick_commits():
                self._deliver_all(letters)
        finally:
            self._settle()
            release(self.name)
        return len(letters)

    def _deliver_all(self, letters: list[Letter]) -> None:
        try:
            for letter in letters:
                if self.stop.is_set():
                    return
                parcel = self._composed(letter)
                if parcel:
                    self._deliver(letter, parcel)
        finally:
            self._settle()

    def _composed(self, letter: Letter) -> Parcel | None:
        """None, and the letter has failed, if it can never be sent: one bad letter must not hold up the others."""
        try:
            return self._composer.parcel(letter)
        except Unsendable as reason:
            answer = str(reason)
        except Exception as mistake:
            logger.exception("%s could not be composed", letter)
            answer = f"{type(mistake).__name__} while composing"
        self.tally[end(letter, worker=self.name, state=State.FAILED, answer=answer)] += 1
        return None

    def _deliver(self, letter: Letter, parcel: Parcel) -> None:
        if not self.transport.is_open:
            self._settle()
            self.transport.open()
        if not self._begin(letter):
            return
        try:
            answer = self.transport.send(parcel)
        except ServerDown:
            put_back(letter, self.name)
            raise
        except TransportError as refusal:
            self._refused(letter, refusal)
        else:
            self._accepted = Accepted(letter.pk, letter.recipient, parcel.message_id, answer)
            self.tally[State.SENT] += 1
            self._refused_in_a_row = 0

    def _begin(self, letter: Letter) -> bool:
        """Look again whether this letter is still ours and still wanted, and note that it is now being sent."""
        needed_until = clock.now() + self.lease / 2
        is_ours = self._insist(
            lambda: begin(letter, worker=self.name, needed_until=needed_until, accepted=self._accepted)
        )
        self._accepted = None
        letter.attempts += is_ours
        return is_ours

    def _refused(self, letter: Letter, refusal: TransportError) -> None:
        became = self._insist(lambda: record_refusal(letter, refusal, worker=self.name))
        self.tally[became] += 1
        self._refused_in_a_row += refusal.permanent
        if self._refused_in_a_row >= REFUSED_IN_A_ROW:
            raise ServerDown(f"{self._refused_in_a_row} letters in a row were refused for good: {refusal}")

    def _settle(self) -> None:
        accepted = self._accepted
        if accepted:
            self._insist(lambda: mark_sent(accepted))
            self._accepted = None

    def _insist(self, write: Callable[[], T]) -> T:
        """Wait for a database that is away: what the mail server has taken must not be forgotten."""
        while True:
            try:
                return write()
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block or self.stop.wait(DATABASE_BACK_AFTER):
                    raise
                connection.close()
