"""How a line becomes a leaf."""

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from common.canonical import canonical

LEAF_PREFIX = b"\x00"
"""Sets leaves apart from inner nodes (RFC 9162, section 2.1.1)."""


def leaf_hash(*, uid: UUID, kind: str, subject: UUID | None, happened_at: datetime, facts: dict[str, Any]) -> str:
    """The leaf hash of a line, 64 hexadecimal digits; moments are written in UTC to the microsecond."""
    line = {
        "uid": str(uid),
        "kind": str(kind),
        "subject": str(subject) if subject else None,
        "happened_at": happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": facts,
    }
    return hashlib.sha256(LEAF_PREFIX + canonical(line)).hexdigest()
