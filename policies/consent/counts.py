"""Figures for the auditor and the editor: what was answered to which version, and whom a change would ask again."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.fields.json import KT

from common import clock
from policies.ledger.models import Entry, Kind

from .knowing import known
from .models import Choice
from .rules import GRANTED, State

COUNTED = (State.GIVEN, State.RENEWED, State.REFUSED, State.WITHDRAWN)


def counts_by_version(purposes: Collection[str]) -> Any:
    """Rows of version (its permalink), number, and for each purpose and state how often; the newest version first.

    Events, not people: who changes their mind counts again. One query. The columns are `<purpose>__<state>`.
    """
    about = Q(kind__startswith="consent.") | Q(kind=Kind.OPTED_OUT)
    lines: Any = Entry.objects.filter(about, facts__has_key="version")
    counts = {
        f"{purpose}__{state}": Count("pk", filter=_told(purpose, state)) for purpose in purposes for state in COUNTED
    }
    keys = {"version": KT("facts__version__permalink"), "number": F("facts__version__number")}
    return lines.values(**keys).annotate(**counts).order_by("-number")


def _told(purpose: str, state: State) -> Q:
    """Lines that say this of the purpose; those of the first release told of one category each."""
    first = Q(kind=f"consent.{state}", facts__category=purpose)
    return Q(**{f"facts__{state}__has_key": purpose}) | first


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Of the people who agreed to a purpose: how many that counts for now, and for how many it would go on counting."""

    purpose: str
    name: str
    agreed: int
    asked: int
    refused: int = 0
    """People with an id who said no; nobody asks them. Those who only ever refused are known to their own cookie alone."""

    @property
    def kept(self) -> int:
        """Those that nobody asks again."""
        return self.agreed - self.asked


def asked_again(renews: Collection[str], *, language: str) -> list[AskedAgain]:
    """Whom a change would ask again, purpose by purpose; every other choice stays as it is. One query."""
    now = known(language)
    agreed, refused = Counter[str](), Counter[str]()
    for code, state, number, people in _standing():
        if state not in GRANTED:
            refused[code] += people
        elif number >= now.renewed_in.get(code, 0):
            agreed[code] += people
    return [
        AskedAgain(code, purpose.name, agreed[code], agreed[code] if code in renews else 0, refused[code])
        for code, purpose in now.purposes.items()
        if purpose.needs_consent
    ]


def _standing() -> Any:
    """What holds today, counted by purpose, state and number of the version."""
    counting = Q(state__in=GRANTED, until__gte=clock.today()) | Q(state__in=(State.REFUSED, State.WITHDRAWN))
    rows: Any = Choice.objects.filter(counting).values("purpose", "state", "version__number")
    return rows.annotate(people=Count("pk")).values_list("purpose", "state", "version__number", "people")
