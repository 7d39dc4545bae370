from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from common import clock

from .models import Entry, Kind
from .rules import leaf_hash


def line(
    *,
    kind: Kind,
    facts: dict[str, Any],
    subject: UUID | None = None,
    uid: UUID | None = None,
    happened_at: datetime | None = None,
) -> Entry:
    """A line that is not written yet, for those who write it together with rows of their own."""
    uid, happened_at = uid or uuid4(), happened_at or clock.now()
    leaf = leaf_hash(uid=uid, kind=kind, subject=subject, happened_at=happened_at, facts=facts)
    return Entry(uid=uid, kind=kind, subject=subject, happened_at=happened_at, facts=facts, leaf=leaf)


def append(*, kind: Kind, facts: dict[str, Any], subject: UUID | None = None) -> Entry:
    """Add a line. Call it in the transaction of the change it tells of, so that there is never one without the other."""
    entry = line(kind=kind, facts=facts, subject=subject)
    entry.save(force_insert=True)
    return entry
