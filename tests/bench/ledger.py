"""How fast lines are appended, sealed, verified and proved. Verification is held against its limit of 3 s per 100,000.

Run from the repository: `python -m tests.bench.ledger`, with DATABASE_URL on PostgreSQL and without on SQLite. It makes a
database of its own and drops it. The first lines are entered one by one through `append`, each in a transaction of its
own as on the site; the rest by `bulk_create`, which no part of the site does.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
KEYS = tempfile.TemporaryDirectory()

import django

django.setup()

from django.conf import settings
from django.db import connection

from policies.ledger import proofs
from policies.ledger.actions import append
from policies.ledger.models import Checkpoint, Entry, Kind, Sealed
from policies.ledger.sealing import seal
from policies.ledger.tree import verify_inclusion
from policies.ledger.verifying import problems
from tests.policies.ledger.growing import FACTS, lines

RESULTS = ROOT / "var" / "bench" / "ledger.json"
LINES, ONE_BY_ONE, PROOFS = int(os.environ.get("LINES", 100_000)), 3_000, 2_000
LIMIT = 3.0
"""Seconds in which 100,000 lines should be verified."""


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def own_database() -> Iterator[None]:
    """A fresh database that nobody else uses."""
    name = str(RESULTS.with_name("ledger.sqlite3")) if connection.vendor == "sqlite" else "kept_bench_ledger"
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def one_by_one() -> None:
    for _ in range(ONE_BY_ONE):
        append(kind=Kind.CONSENT_GIVEN, subject=uuid4(), facts=FACTS)


def all_at_once() -> None:
    while (left := LINES - Entry.objects.count()) > 0:
        lines(min(left, 50_000))


def proved() -> float:
    """Seconds for many inclusion proofs of lines picked at random, without the checks."""
    newest, chooser = Checkpoint.objects.latest(), random.Random(7)
    picked = [chooser.randrange(LINES) for _ in range(PROOFS)]
    found: list[list[bytes]] = []
    took = seconds(lambda: found.extend(proofs.inclusion(index, newest.size) for index in picked))
    leaves = dict(Sealed.objects.filter(index__in=picked[:500]).values_list("index", "entry__leaf"))
    for index, proof in zip(picked[:500], found, strict=False):
        leaf = bytes.fromhex(leaves[index])
        told = {"leaf_hash": leaf, "index": index, "size": newest.size}
        assert verify_inclusion(**told, proof=proof, root_hash=bytes.fromhex(newest.root))
    return took


def measured() -> dict[str, float]:
    figures = {"appended_per_second": ONE_BY_ONE / seconds(one_by_one)}
    figures["bulk_per_second"] = (LINES - ONE_BY_ONE) / seconds(all_at_once)
    figures["seal_seconds"] = seconds(seal)
    figures["seal_nothing_seconds"] = seconds(seal)
    append(kind=Kind.NOTICE_CLOSED, facts=FACTS)
    figures["seal_one_more_seconds"] = seconds(seal)
    found: list[str] = []
    computing = time.process_time()
    figures["verify_seconds"] = seconds(lambda: found.extend(problems()))
    figures["verify_own_processor_seconds"] = time.process_time() - computing
    assert not found, found
    figures["verify_of_limit"] = figures["verify_seconds"] / (LIMIT * LINES / 100_000)
    figures["proofs_per_second"] = PROOFS / proved()
    return figures


def main() -> None:
    """Print the figures and keep them."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    settings.LEDGER_KEYS = KEYS.name
    with own_database():
        figures = measured()
    print(f"{connection.vendor}, {LINES:,} lines:")
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):26} {figure:12,.3f}")
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(known | {connection.vendor: figures}, indent=2))


if __name__ == "__main__":
    main()
