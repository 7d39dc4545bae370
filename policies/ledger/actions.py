from typing import Any
from uuid import UUID, uuid4

from common import clock

from .models import Entry, Kind
from .rules import leaf_hash


def append(*, kind: Kind, facts: dict[str, Any], subject: UUID | None = None) -> Entry:
    """Add a line. Call it in the transaction of the change it tells of, so that there is never one without the other."""
    uid, happened_at = uuid4(), clock.now()
    leaf = leaf_hash(uid=uid, kind=kind, subject=subject, happened_at=happened_at, facts=facts)
    return Entry.objects.create(uid=uid, kind=kind, subject=subject, happened_at=happened_at, facts=facts, leaf=leaf)
