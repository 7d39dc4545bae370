"""Real worker processes that are killed with `kill -9` while letters go out, and what the mail server saw of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from policies.outbox.models import Attempt, Letter, Mailing, Outcome
from tests.policies.outbox.writing import notice_to

ROOT = Path(__file__).parents[3]
SINK = Path(__file__).with_name("sink.py")
LEASE = 3
"""Seconds; short, so that the letters of a killed worker need not wait."""

PATIENCE = 600
"""Seconds that a run may take."""


@dataclass
class Seen:
    """What a run looked like from the mail server."""

    letters: int
    kills: int
    accepted: list[tuple[str, str]]
    unknown: int
    seconds: float = 0.0

    @property
    def missed(self) -> int:
        return self.letters - len({recipient for recipient, _ in self.accepted})

    @property
    def repeated(self) -> int:
        return len(self.accepted) - len({recipient for recipient, _ in self.accepted})

    @property
    def with_another_message_id(self) -> int:
        """Repetitions that a receiver could not recognise as such."""
        return len(set(self.accepted)) - len({recipient for recipient, _ in self.accepted})

    @property
    def unexplained(self) -> int:
        """Repeated letters without an attempt that says so."""
        return sum(max(0, times - 1 - _noted(recipient)) for (recipient, _), times in Counter(self.accepted).items())

    def figures(self) -> dict[str, Any]:
        """For printing and keeping."""
        names = (
            "letters",
            "kills",
            "missed",
            "repeated",
            "with_another_message_id",
            "unexplained",
            "unknown",
            "seconds",
        )
        return {name: getattr(self, name) for name in names}


def _noted(address: str) -> int:
    return Attempt.objects.filter(letter__address=address, outcome=Outcome.UNKNOWN).count()


@contextmanager
def mail_sink(folder: Path, *, slow: float) -> Iterator[tuple[int, Path]]:
    """The port and the journal of a mail server that is a process of its own."""
    port, journal = folder / "port", folder / "journal"
    journal.touch()
    with subprocess.Popen([sys.executable, str(SINK), str(port), str(journal), "--slow", str(slow)]) as process:
        try:
            yield int(_read_when_there(port)), journal
        finally:
            process.kill()


def _read_when_there(file: Path) -> str:
    while not (file.exists() and (content := file.read_text())):
        time.sleep(0.01)
    return content


def database_url() -> str:
    """The database of this test run, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = ":".join(str(facts[key]) for key in ("USER", "PASSWORD") if facts[key])
    return f"postgres://{who}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"


def start_worker(email_url: str, *, lease: float = LEASE) -> subprocess.Popen[bytes]:
    """`manage.py deliver --watch`, on the database of this test run."""
    environment = os.environ | {"DATABASE_URL": database_url(), "EMAIL_URL": email_url, "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "manage.py", "deliver", "--watch", "--lease", str(lease), "--skip-checks"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


@dataclass
class Massacre:
    """Keeps so many workers running on a mailing, and kills one of them so many times."""

    email_url: str
    journal: Path
    kills: int
    workers: int
    seed: int = 1
    killed: int = 0
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, letters: int) -> Seen:
        dice, start = random.Random(self.seed), time.monotonic()
        mailing = notice_to(letters)
        pace = letters / (self.kills + 1)
        try:
            while self.is_open(mailing):
                assert time.monotonic() - start < PATIENCE, "the letters do not get less"
                self.fill_up()
                if self.killed < self.kills and len(self.accepted()) > (self.killed + dice.random()) * pace:
                    time.sleep(dice.random() * 0.1)
                    self.kill(dice)
                time.sleep(0.05)
        finally:
            for worker in self.running:
                worker.kill()
                worker.wait()
        unknown = Attempt.objects.filter(outcome=Outcome.UNKNOWN).count()
        return Seen(letters, self.killed, self.accepted(), unknown, round(time.monotonic() - start, 1))

    def is_open(self, mailing: Mailing) -> bool:
        return Letter.objects.open().filter(mailing=mailing).exists()

    def fill_up(self) -> None:
        """Replace who is gone; somebody who went without being killed has said why on standard error."""
        self.running = [worker for worker in self.running if worker.poll() is None]
        while len(self.running) < self.workers:
            self.running.append(start_worker(self.email_url))

    def kill(self, dice: random.Random) -> None:
        """One that is at work, if there is one: a worker that is still starting has nothing in its hand."""
        pids = {int(name.split(":")[1]) for name in _names_of_busy_workers()}
        busy = [worker for worker in self.running if worker.pid in pids]
        if busy:
            victim = dice.choice(busy)
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            self.running.remove(victim)
            self.killed += 1

    def accepted(self) -> list[tuple[str, str]]:
        lines = self.journal.read_text().splitlines()
        return [(recipient, message_id) for recipient, _, message_id in (line.partition("\t") for line in lines)]


def _names_of_busy_workers() -> list[str]:
    return list(Letter.objects.open().exclude(worker="").order_by().values_list("worker", flat=True).distinct())


def massacre(folder: Path, *, letters: int, kills: int, workers: int, slow: float, seed: int = 1) -> Seen:
    """Send letters with workers that die."""
    with mail_sink(folder, slow=slow) as (port, journal):
        return Massacre(f"smtp://127.0.0.1:{port}", journal, kills, workers, seed).run(letters)
