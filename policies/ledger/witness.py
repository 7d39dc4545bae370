"""What was signed last, remembered beside the keys and so outside of the database.

A database that was set back to an older state would be signed on into a second history, and one whose end was cut off would
look whole. Whoever holds only the database cannot change what stands here.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

FILE = "last-checkpoint.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """The largest tree that was signed: its size and root, and the leaf of its first line, by which the log is known."""

    first: str
    size: int
    root: str


def seen(first: str) -> Seen | None:
    """What was signed of the log with that first line; None where the folder knows nothing of it."""
    try:
        known = Seen(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return known if known.first == first else None


def remember(now: Seen, *, even_if_smaller: bool = False) -> None:
    """Keep it, unless more was signed of the same log already."""
    before = seen(now.first)
    if before and before.size > now.size and not even_if_smaller:
        return
    handle, name = tempfile.mkstemp(dir=_file().parent, prefix=".last-")
    with os.fdopen(handle, "w") as opened:
        json.dump(asdict(now), opened)
        opened.flush()
        os.fsync(opened.fileno())
    Path(name).replace(_file())


def _file() -> Path:
    return Path(settings.LEDGER_KEYS) / FILE
