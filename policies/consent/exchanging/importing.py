"""Choices from another system: entered once each, with their proof marked as foreign."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind
from policies.versions.models import Version

from ..models import Choice
from .batches import batches
from .entering import Entering, Origin
from .gathering import Gathered

REPLACED = ["state", "method", "version", "wording", "entry", "chosen_at", "until"]


@dataclass
class Imported:
    """What became of the lines of a file."""

    counts: Counter[str] = field(default_factory=Counter)
    """`entered`; `known`: by an earlier run; `older` than what is on record; `same` as was said before."""
    entry: Entry | None = None
    """The line of the whole run; none if nothing was entered."""


@transaction.atomic
def import_choices(gathered: Gathered, *, origin: Origin, versions: dict[str, Version]) -> Imported:
    """Enter what is new of a file, in the order in which it was chosen, and one line that says who signed for it.

    Everything or nothing. A second run enters nothing twice: the id of each line is a hash of what it says.
    """
    done = Imported()
    entering = Entering(gathered.choices, origin=origin, versions=versions, counts=done.counts)
    for some in batches(entering.lines()):
        Entry.objects.bulk_create(some)
    _put(entering.choices.values())
    if done.counts["entered"]:
        facts = {"system": origin.system, "file": origin.file, "signed_by": origin.signed_by, "lines": gathered.read}
        done.entry = append(kind=Kind.CHOICES_IMPORTED, facts=facts | {"entered": done.counts["entered"]})
    return done


def _put(choices: Iterable[Choice]) -> None:
    for rows in batches(choices):
        for row in rows:
            row.entry_id = row.entry.pk
        Choice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["subject", "purpose"], update_fields=REPLACED
        )
