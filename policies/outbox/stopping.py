import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from typing import Any

CUT_AFTER = 4.0
"""Seconds that the letter being sent may take after a signal; then the connection is cut."""
LEAVE_AFTER_CUT = 0.5
"""Seconds until the process ends whatever it waits for: it can be killed anywhere, so it can leave anywhere."""


@contextmanager
def stopped_by_signals(cut: Callable[[], None]) -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set: whoever watches it stops in peace, or is stopped within five seconds."""
    stop = Event()
    if current_thread() is not main_thread():
        yield stop
        return

    def ask(*_: Any) -> None:
        stop.set()
        signal.setitimer(signal.ITIMER_REAL, CUT_AFTER, LEAVE_AFTER_CUT)

    handlers = {signal.SIGTERM: ask, signal.SIGINT: ask, signal.SIGALRM: _insistence(cut)}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield stop
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _insistence(cut: Callable[[], None]) -> Callable[..., None]:
    was_cut = False

    def insist(*_: Any) -> None:
        nonlocal was_cut
        if was_cut:
            os._exit(1)
        was_cut = True
        cut()

    return insist
