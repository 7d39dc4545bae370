"""Whether lines get sealed."""

from common import clock

from .models import Entry
from .verifying import SEALED_WITHIN


def lines_are_sealed() -> str:
    """A sentence for operators where the youngest line waits; only that one is looked at, which costs nothing."""
    newest = Entry.objects.order_by("-pk").select_related("sealed").first()
    if newest is None or hasattr(newest, "sealed") or newest.happened_at > clock.now() - SEALED_WITHIN:
        return ""
    return "Lines of the ledger wait to be sealed. Does a worker run, and is there a key?"
