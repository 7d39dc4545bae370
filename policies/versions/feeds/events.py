"""What happened in public to versions, the newest first: announcements, acts, and translations that came later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from ..models.versions import Act, Version, VersionText
from ..states import ActKind

NEWEST = 40
"""Entries of a feed. Readers look often; what is older stands in the timeline."""
AT_ONCE = timedelta(minutes=1)
"""A cancellation and the announcement that replaces it are one postponement if nobody could read one without the other."""
TOLD_HERE = (ActKind.CANCELLED, ActKind.CORRECTED, ActKind.WITHDRAWN)


class EventKind(StrEnum):
    """What an entry tells."""

    ANNOUNCED = "announced"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Event:
    """`text` is set for a translation, `act` for what was done; `ordinal` counts the errata of a version."""

    kind: EventKind
    at: datetime
    version: Version
    act: Act | None = None
    text: VersionText | None = None
    ordinal: int = 0

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Imported versions share a moment: then the later version counts as newer."""
        return self.at, self.version.number, self.kind


def newest_events(versions: QuerySet[Version], acts: QuerySet[Act], *, language: str) -> list[Event]:
    """What is told of some versions and of some acts to readers of a language; in five queries.

    Rendering anew is nothing that happened.
    """
    found = [*_announcements(versions), *_acts(acts), *_translations(versions, language)]
    return sorted(found, key=lambda event: event.order, reverse=True)[:NEWEST]


def _announcements(versions: QuerySet[Version]) -> Iterator[Event]:
    for version in versions.select_related("work").order_by("-announced_at", "-number")[:NEWEST]:
        kind = EventKind.POSTPONED if version.replaces_id else EventKind.ANNOUNCED
        yield Event(kind, version.announced_at, version)


def _acts(acts: QuerySet[Act]) -> Iterator[Event]:
    public = acts.filter(kind__in=TOLD_HERE).select_related("version__work")
    newest = list(public.order_by("-happened_at", "-pk")[:NEWEST])
    replaced = _replaced_at(act.version_id for act in newest)
    ordinals = _ordinals(newest)
    for act in newest:
        anew_at = replaced.get(act.version_id) if act.kind == ActKind.CANCELLED else None
        if anew_at is None or anew_at - act.happened_at > AT_ONCE:
            yield Event(EventKind(act.kind), act.happened_at, act.version, act, ordinal=ordinals.get(act.pk, 0))


def _replaced_at(cancelled: Iterable[int]) -> dict[Any, datetime]:
    """When cancelled versions were announced anew, by their key."""
    return dict(Version.objects.filter(replaces__in=list(cancelled)).values_list("replaces", "announced_at"))


def _ordinals(acts: Iterable[Act]) -> dict[int, int]:
    """Errata by their place among all of their version: a name that stays, as acts are only added."""
    versions = {act.version_id for act in acts if act.kind == ActKind.CORRECTED}
    errata = Act.objects.filter(version__in=versions, kind=ActKind.CORRECTED).order_by("happened_at", "pk")
    counts: dict[int, int] = {}
    found = {}
    for act, version in errata.values_list("pk", "version"):
        counts[version] = found[act] = counts.get(version, 0) + 1
    return found


def _translations(versions: QuerySet[Version], language: str) -> Iterator[Event]:
    texts = VersionText.objects.filter(version__in=versions.order_by(), language=language, added_late=True)
    late = texts.select_related("version__work").defer("content", "html").order_by("-added_at", "-pk")
    for text in late[:NEWEST]:
        yield Event(EventKind.TRANSLATED, text.added_at, text.version, text=text)
