"""A restored backup, admitted in the open: auditors who hold the lost checkpoints find the reason in the ledger."""

from dataclasses import asdict

from django.db import transaction

from .actions import append
from .models import Checkpoint, Entry, Kind, Sealed
from .sealing import first_leaf, is_set_back, only_sealer
from .witness import Seen, remember, seen


class NothingLost(ValueError):
    """The database has everything that was signed."""


def accept_restored(*, because: str) -> Entry:
    """Enter what was lost, and let what is there be signed again. Raises `NothingLost`."""
    with only_sealer():
        last = Checkpoint.objects.order_by("-size").first()
        lost = seen(first_leaf())
        if lost is None or not is_set_back(last):
            raise NothingLost
        here = Seen(lost.first, last.size if last else 0, last.root if last else "")
        transaction.on_commit(lambda: remember(here, even_if_smaller=True))
        facts = {"lost": asdict(lost), "sealed": Sealed.objects.count(), "because": because}
        return append(kind=Kind.LEDGER_RESTORED, facts=facts)
