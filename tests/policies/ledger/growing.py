"""Lines for the ledger, many at once."""

from datetime import timedelta
from uuid import UUID, uuid4

from common import clock
from policies.ledger.models import Entry, Kind
from policies.ledger.rules import leaf_hash

FACTS = {"wording": "a" * 64, "purposes": {"statistics": True, "marketing": False}, "number": 1, "method": "form"}


def line(*, kind=Kind.CONSENT_REFUSED, facts=FACTS, subject: UUID | None = None, happened_at=None) -> Entry:
    """A line as `append` would enter it, not saved."""
    told = {
        "uid": uuid4(),
        "kind": kind,
        "subject": subject or uuid4(),
        "happened_at": happened_at or clock.now(),
        "facts": facts,
    }
    return Entry(**told, leaf=leaf_hash(**told))


def lines(count: int) -> list[Entry]:
    """So many lines, a moment apart, oldest first."""
    now = clock.now()
    made = [line(happened_at=now - timedelta(microseconds=count - number)) for number in range(count)]
    return Entry.objects.bulk_create(made, batch_size=1000)
