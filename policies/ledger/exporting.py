"""The ledger as files, for whoever wants to check it elsewhere."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from common import clock

from . import keys
from .models import Checkpoint, Sealed

FORMAT = 1
VERIFIER = Path(__file__).with_name("verify_ledger.py")
AT_ONCE = 2_000
"""Rows that are held in memory."""
ENTRY = ("entry__uid", "entry__kind", "entry__subject", "entry__happened_at", "entry__facts", "entry__leaf")

README = """This is an export of the ledger {origin}, made {moment}.

To check it you need Python 3.11 or later and the package `cryptography` (python -m pip install cryptography):

    python verify_ledger.py ledger.jsonl --keys keys.json

It answers "Everything holds", or a sentence for each problem. It proves more if you do not take our word for it:

- keys.json: compare it with {site}/.well-known/kept/keys.json, better still with a copy that you fetched earlier.
- verify_ledger.py: read it, or use a copy that you trust.
- Checkpoints that you fetched earlier from {site}/.well-known/kept/checkpoint, and kept:
      python verify_ledger.py ledger.jsonl --keys keys.json --checkpoint held.txt
- Receipts that were given to somebody:
      python verify_ledger.py ledger.jsonl --keys keys.json --receipt receipt.jws

The export holds every sealed line and no personal value: facts, random ids and hashes.
"""


def export(folder: Path, *, site: str) -> int:
    """Write the ledger, its keys and the verifier into a folder, and give the number of lines. An older export is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    last = Checkpoint.objects.order_by("-size").first()
    size = last.size if last else 0
    _replace(folder / "ledger.jsonl", lines(size))
    _replace(folder / "keys.json", iter([json.dumps(keys.document(), indent=2)]))
    _replace(folder / "README.txt", iter([README.format(origin=keys.origin(), site=site, moment=_now()).rstrip()]))
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)
    return size


def lines(size: int) -> Iterator[str]:
    """The export up to a checkpoint of so many lines; what is sealed meanwhile is left to the next one."""
    yield _json({"type": "ledger", "format": FORMAT, "origin": keys.origin(), "exported_at": _now()})
    rows = Sealed.objects.filter(index__lt=size).order_by("index").values_list("index", *ENTRY)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield _json(_entry(*row))
    notes = Checkpoint.objects.filter(size__lte=size).order_by("size").values_list("note", flat=True)
    for note in notes.iterator(chunk_size=AT_ONCE):
        yield _json({"type": "checkpoint", "note": note})


def _entry(index: int, uid: Any, kind: str, subject: Any, happened_at: Any, facts: Any, leaf: str) -> dict[str, Any]:
    return {
        "type": "entry",
        "index": index,
        "uid": str(uid),
        "kind": kind,
        "subject": str(subject) if subject else None,
        "happened_at": happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": facts,
        "leaf": leaf,
    }


def _replace(path: Path, written: Iterator[str]) -> None:
    """Whole or not at all: half an export would look like a ledger that was cut."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="\n") as opened:
        opened.writelines(f"{line}\n" for line in written)
    draft.replace(path)


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _now() -> str:
    return clock.now().astimezone(UTC).isoformat(timespec="seconds")
