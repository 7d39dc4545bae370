"""Counts of a process, handed over now and then: for what is counted too often to be written down each time."""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

HAND_OVER_EVERY = 10.0  # seconds; a killed process takes so much of its counts with it

Counts = Mapping[str, int]


class Tally:
    """Counts by key. `hand_over` gets them from a thread of its own, and once more when the process ends."""

    def __init__(self, hand_over: Callable[[Counts], object], *, every: float = HAND_OVER_EVERY) -> None:
        self.hand_over = hand_over
        self.every = every
        self.counts: Counter[str] = Counter()
        self.changing = threading.Lock()
        self.ending = threading.Event()
        self.thread: threading.Thread | None = None

    def add(self, keys: str) -> None:
        """One more of each key; keys are words with spaces between them."""
        with self.changing:
            self.counts.update(keys.split())
            if self.thread is None:  # not before: a server forks its workers first
                self.thread = threading.Thread(target=self._run, name="tally", daemon=True)
                self.thread.start()
                atexit.register(self.end)

    def flush(self) -> None:
        """Hand over what was counted. What is not taken is counted on."""
        with self.changing:
            counted, self.counts = self.counts, Counter()
        if not counted:
            return
        try:
            self.hand_over(counted)
        except Exception:
            logger.exception("Counts cannot be handed over now")
            with self.changing:
                self.counts.update(counted)

    def end(self) -> None:
        """The last time."""
        self.ending.set()
        self.flush()

    def _run(self) -> None:
        while not self.ending.wait(self.every):
            self.flush()
