"""How fast a stranger verifies an export, as a process of its own, held against the limit of 3 s per 100,000 entries.

Run from the repository: `python -m tests.bench.verifier`. It needs no database.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from tests.policies.ledger.exported import Ledger

RESULTS = ROOT / "var" / "bench" / "verifier.json"
ENTRIES, CHECKPOINTS = int(os.environ.get("LINES", 100_000)), 20
LIMIT = 3.0
"""Seconds in which 100,000 entries should be verified."""


def exported(folder: Path) -> list[str]:
    """An export on the disk, and how to call the verifier for it."""
    ledger = Ledger()
    for _ in range(CHECKPOINTS):
        ledger.append(ENTRIES // CHECKPOINTS)
        ledger.seal()
    (folder / "ledger.jsonl").write_bytes(b"".join(ledger.lines()))
    (folder / "keys.json").write_text(json.dumps(ledger.document()))
    (folder / "held.txt").write_text(ledger.notes[-1])
    verifier = ROOT / "policies" / "ledger" / "verify_ledger.py"
    return [sys.executable, str(verifier), "ledger.jsonl", "--keys", "keys.json", "--checkpoint", "held.txt"]


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = exported(Path(folder))
        before, start = _processor_seconds(), time.perf_counter()
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
        took = time.perf_counter() - start
    limit = LIMIT * ENTRIES / 100_000
    figures = {
        "entries": ENTRIES,
        "seconds": round(took, 2),
        "processor_seconds": round(_processor_seconds() - before, 2),
        "of_limit": round(took / limit, 2),
    }
    print(said, figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
