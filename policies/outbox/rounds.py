"""What the worker does besides sending: higher parts of the site register it here, from their `AppConfig.ready`.

Everything registered must be safe to run twice, and in two workers at once.
"""

import logging
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

Work = Callable[[], object]
_rounds: list[Work] = []


def register_round(work: Work) -> Work:
    """Run at the start of each round of a worker, about once a second."""
    _rounds.append(work)
    return work


def every(seconds: float, work: Work) -> Work:
    """Run when a worker starts, and then at most once in so many seconds."""
    next_at = 0.0

    def when_due() -> None:
        nonlocal next_at
        if time.monotonic() >= next_at:
            next_at = time.monotonic() + seconds
            work()

    register_round(when_due)
    return work


def run_rounds() -> None:
    """Do all of it. What fails is logged and tried again next time; letters do not wait for it."""
    for work in _rounds:
        try:
            work()
        except Exception:
            logger.exception("Part of a round failed")
