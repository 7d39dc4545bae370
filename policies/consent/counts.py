"""Figures for the auditor, from the ledger: what was answered to which version."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.fields.json import KT

from policies.ledger.models import Entry, Kind
from policies.versions.materiality import Trigger

from .models import Choice

RENEWING = frozenset({Trigger.NEW_PURPOSE})
"""Changes after which a yes no longer covers what is done: people are asked again (Colorado Rule 6.04, secondary use)."""


def counts_by_version() -> Any:
    """Rows of version (its permalink), number, category, given, refused, withdrawn; the newest version first.

    Events, not people: who changes their mind counts again. One query.
    """
    about = Entry.objects.filter(kind__in=[Kind.CONSENT_GIVEN, Kind.CONSENT_REFUSED, Kind.CONSENT_WITHDRAWN])
    keys = {
        "version": KT("facts__version__permalink"),
        "number": F("facts__version__number"),
        "category": KT("facts__category"),
    }
    rows: Any = about
    return (
        rows.values(**keys)
        .annotate(
            given=Count("pk", filter=Q(kind=Kind.CONSENT_GIVEN)),
            refused=Count("pk", filter=Q(kind=Kind.CONSENT_REFUSED)),
            withdrawn=Count("pk", filter=Q(kind=Kind.CONSENT_WITHDRAWN)),
        )
        .order_by("-number", "category")
    )


def asked_again(triggers: Collection[str]) -> dict[str, int]:
    """How many people who said yes a change with these triggers would ask again, by category."""
    if not RENEWING & set(triggers):
        return {}
    agreed = Choice.objects.filter(granted=True).values("category").annotate(people=Count("subject", distinct=True))
    return dict(agreed.order_by("category").values_list("category", "people"))
