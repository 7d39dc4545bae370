"""Choices durably written per second, beside bare INSERTs of one row; and what a check costs.

PostgreSQL with synchronous_commit and fsync on: a cluster of its own, or the server of BENCH_DATABASE_URL. Each client is a
process. A round is so many seconds of bare rows and then of choices, so that a busy machine hits both alike.
"""

import http.client
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import randrange
from statistics import median
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
RESULTS = ROOT / "var" / "bench" / "consent.json"
CLIENTS = (8, 32)
ROUNDS, SECONDS = 5, 2.0
LIMIT = 0.5
"""Choices written for each bare row, at least."""

BARE_TABLE = (
    "CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, uid uuid, kind varchar(40), "
    "at timestamptz, facts jsonb, leaf varchar(64))"
)
BARE = "INSERT INTO bare (uid, kind, at, facts, leaf) VALUES (%s, %s, %s, %s, %s)"
WHAT_A_LINE_SAYS = {"given": {"performance": "2027-05-23"}, "wording": "a" * 64, "version": {"sha256": "a" * 64}}

fork = multiprocessing.get_context("fork")


def main() -> dict[str, Any]:
    """Print the figures beside the limit, and keep them."""
    with _server() as url, tempfile.TemporaryDirectory(prefix="kept-bench-") as folder:
        environment = {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "EMAIL_URL": f"file://{folder}/mail",
            "LEDGER_KEYS": f"{folder}/keys",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.update(environment)
        _prepare()
        figures = _measured()
    _print(figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2))
    return figures


@contextmanager
def _server() -> Iterator[str]:
    if url := os.environ.get("BENCH_DATABASE_URL"):
        yield url
        return
    from tests.cluster import own_cluster

    with own_cluster() as cluster:
        yield cluster.url


def _prepare() -> None:
    path = f"{ROOT}:{ROOT / 'site'}"
    for command in (["migrate", "-v0"], ["load_example"]):
        words = [sys.executable, "manage.py", *command]
        subprocess.run(words, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE_TABLE)
        cursor.execute("SHOW synchronous_commit")
        commits = cursor.fetchone()
        cursor.execute("SHOW fsync")
        assert (commits, cursor.fetchone()) == (("on",), ("on",)), "the database is not durable"


def _measured() -> dict[str, Any]:
    from policies.consent.wordings import wording_in_force

    wording = wording_in_force(language="en")
    figures: dict[str, Any] = {str(clients): _compared(clients, wording) for clients in CLIENTS}
    figures["over_http"] = _over_http(wording.sha256)
    return figures | {"check_queries": _check_queries()}


def _over_http(wording: str) -> int:
    """Choices a second through the whole site: granian with two workers, eight visitors who keep their connections."""
    from tests.bench.pages import _await, _free_port

    port = _free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    server += ["--blocking-threads", "4", "--log-level", "warning", "--no-access-log", "config.wsgi:application"]
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    process = subprocess.Popen(server, cwd=ROOT / "site", env=os.environ | paths, start_new_session=True)
    try:
        _await(port)
        rates = [_together(CLIENTS[0], lambda: _posts(port, wording)) for _ in range(ROUNDS)]
    finally:
        process.terminate()
        process.wait(10)
    return round(median(rates[1:]))


def _posts(port: int, wording: str) -> Iterator[None]:
    """A visitor after the other accepts all, each from a network of their own."""
    site = http.client.HTTPConnection("localhost", port)
    body = f"wording={wording}&all=yes"
    headers = {"Origin": f"http://localhost:{port}", "Content-Type": "application/x-www-form-urlencoded"}
    while True:
        network = ".".join(str(randrange(1, 255)) for _ in range(4))
        site.request("POST", "/choices/", body, headers | {"X-Forwarded-For": network})
        answer = site.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        yield


def _check_queries() -> int:
    """What a "may I?" asks of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from policies.consent.deciding import check
    from policies.consent.models import Choice

    subject = Choice.objects.values_list("subject", flat=True).first()
    check(subject, "performance")  # what is asked for is kept by each process
    with CaptureQueriesContext(connection) as asked:
        assert check(subject, "performance").verdict
    assert len(asked) <= 2, asked.captured_queries
    return len(asked)


def _compared(clients: int, wording: Any) -> dict[str, float]:
    rounds = []
    for number in range(ROUNDS + 1):
        bare, ours = _together(clients, _bare_rows), _together(clients, lambda: _choices(wording))
        if number:  # the first one warms everything up
            rounds.append((bare, ours))
    return {
        "bare_rows_per_second": round(median(bare for bare, _ in rounds)),
        "choices_per_second": round(median(ours for _, ours in rounds)),
        "ratio": round(median(ours / bare for bare, ours in rounds), 2),
    }


def _together(clients: int, work: Callable[[], Iterator[None]]) -> float:
    """How often a second so many processes do it in all."""
    from django.db import connection

    connection.close()
    ready, results = fork.Barrier(clients), fork.Queue()
    people = [fork.Process(target=_count, args=(work, ready, results)) for _ in range(clients)]
    for each in people:
        each.start()
    counts = [results.get() for _ in people]
    for each in people:
        each.join()
    return sum(counts) / SECONDS


def _count(work: Callable[[], Iterator[None]], ready: Any, results: Any) -> None:
    steps = work()
    for _ in range(10):  # statements are prepared after a few
        next(steps)
    ready.wait()
    count, end = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        next(steps)
        count += 1
    results.put(count)


def _bare_rows() -> Iterator[None]:
    import psycopg
    from django.db import connection
    from psycopg.types.json import Jsonb

    from common import clock
    from policies.ledger.models import Entry

    row = Entry.objects.filter(facts__has_key="given").first()
    facts = Jsonb(row.facts if row else WHAT_A_LINE_SAYS)  # as long as the line that a choice writes
    names = ("dbname", "user", "host", "port", "password")
    told = connection.get_connection_params()
    params = {name: told[name] for name in names if name in told}
    with psycopg.connect(**params, autocommit=True) as bare:
        while True:
            bare.execute(BARE, [uuid4(), "consent.given", clock.now(), facts, "a" * 64], prepare=True)
            yield


def _choices(wording: Any) -> Iterator[None]:
    from policies.consent.actions import Act, record_choices
    from policies.consent.rules import Remembered
    from policies.ledger.models import Method

    everything = dict.fromkeys(wording.purposes, True)
    while True:
        assert record_choices(remembered=Remembered(), act=Act(everything, wording, method=Method.BUTTON)).entry
        yield


def _print(figures: dict[str, Any]) -> None:
    print(f"{'clients':<10}{'bare rows/s':>14}{'choices/s':>14}{'ratio':>8}")
    for clients in map(str, CLIENTS):
        row = figures[clients]
        print(f"{clients:<10}{row['bare_rows_per_second']:>14}{row['choices_per_second']:>14}{row['ratio']:>8}")

    print(f"limit: {LIMIT}; over HTTP, 8 visitors at once: {figures['over_http']} choices/s")
    print(f"queries of a check: {figures['check_queries']}")


if __name__ == "__main__":
    main()
