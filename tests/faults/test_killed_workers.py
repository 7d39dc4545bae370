"""`kill -9` at random points: nobody is missed, at most one letter is repeated per kill, every repetition is explained.

Run with `pytest -m faults -s tests/faults/test_killed_workers.py`, on SQLite or with DATABASE_URL on PostgreSQL.
"""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.policies.outbox.killing import massacre

RESULTS = Path(__file__).parents[2] / "var" / "faults" / "killed_workers.json"
LETTERS, KILLS = 1000, 20

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def keep(figures):
    """Print the figures and keep them beside those of other databases and numbers of workers."""
    name = f"{connection.vendor}, {figures['workers']} worker(s)"
    print(f"\n{name}: {figures}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(known | {name: figures}, indent=2) + "\n")


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_killed_at_random_points_miss_nobody_and_repeat_at_most_one_letter_each(tmp_path, workers):
    seen = massacre(tmp_path, letters=LETTERS, kills=KILLS, workers=workers, slow=0.005)
    keep(seen.figures() | {"workers": workers})
    assert seen.kills == KILLS
    assert seen.missed == 0
    assert seen.repeated <= seen.kills
    assert seen.with_another_message_id == 0
    assert seen.unexplained == 0
