"""A new key takes over."""

from . import keys
from .actions import append
from .keys import PublicKey
from .models import Entry, Kind
from .sealing import only_sealer

TOLD = ("kid", "verifier", "not_before", "retired_at")


def rotate() -> Entry:
    """From now on a new key signs; the next checkpoint is signed by both. The change is a line of the ledger."""
    keys.current()
    with only_sealer():
        retired, current = keys.rotate()
        return append(kind=Kind.KEY_ROTATED, facts={"retired": _told(retired), "current": _told(current)})


def _told(key: PublicKey) -> dict[str, str | None]:
    row = keys.jwk(key)
    return {name: row[name] for name in TOLD}
