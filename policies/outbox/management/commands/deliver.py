import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policies.outbox.claims import BATCH, LEASE
from policies.outbox.delivery import Worker
from policies.outbox.errors import ServerDown
from policies.outbox.models import State
from policies.outbox.stopping import stopped_by_signals
from policies.outbox.transports import transport_from
from policies.outbox.watching import Watch

REPORT_EVERY = 10.0
"""Seconds between two lines of a long run."""


class Command(BaseCommand):
    help = "Send the letters that are due; without options for ever, doing all periodic work as well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--once", action="store_true", help="stop when nothing is due")
        which.add_argument("--watch", action="store_true", help="never stop (the default)")
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds(), help="seconds to keep a batch")
        parser.add_argument("--batch", type=int, default=BATCH, help="letters in a batch")

    def handle(self, *, once: bool, lease: float, batch: int, **options: Any) -> None:
        transport = transport_from(settings.EMAIL_URL)
        with stopped_by_signals(transport.cut) as stop:
            worker = Worker(transport, lease=timedelta(seconds=lease), batch=batch, stop=stop)
            report = Report(self, worker)
            watch = Watch(worker, progress=report.now_and_then)
            try:
                watch.once() if once else watch.for_ever()
            except ServerDown as down:
                raise CommandError(f"the mail server takes nothing: {down}") from down
            finally:
                report.line()


class Report:
    """One honest line now and then: what became of letters since the last one."""

    def __init__(self, command: BaseCommand, worker: Worker) -> None:
        self.command, self.worker = command, worker
        self.since = time.monotonic()

    def now_and_then(self) -> None:
        """A line, if the last is a while ago and something has happened."""
        if time.monotonic() - self.since >= REPORT_EVERY:
            self.line()

    def line(self) -> None:
        """A line, if something has happened."""
        tally, seconds = self.worker.tally, time.monotonic() - self.since
        self.since = time.monotonic()
        if tally:
            self.command.stdout.write(
                f"{tally[State.SENT]} sent, {tally[State.BOUNCED]} bounced, {tally[State.FAILED]} failed, "
                f"{tally[State.QUEUED]} to be tried again, in {seconds:.1f} s"
            )
            tally.clear()
