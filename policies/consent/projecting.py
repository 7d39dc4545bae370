"""What holds now, worked out from the lines of the ledger alone: to check the table of choices, and to make it anew.

Person by person, so that it takes no more memory for many; a person whose choices differ is looked at once more while
nobody else writes about them, so that a choice made meanwhile is no difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from common import clock
from policies.ledger.models import Entry
from policies.versions.models import Version

from .actions import alone_with
from .models import Choice, Wording
from .rules import State, told_by

AT_ONCE = 500
"""People whose lines are read together."""


class Row(NamedTuple):
    """What a row of choices holds, without its subject and purpose."""

    state: str
    method: str
    version: int | None
    wording: str | None
    entry: int
    chosen_at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Difference:
    """One person and purpose whose row is not what the lines say; without a row there, or without a line."""

    subject: UUID
    purpose: str
    found: Row | None
    told: Row | None

    def __str__(self) -> str:
        found = self.found.state if self.found else "nothing"
        told = self.told.state if self.told else "nothing"
        where = "" if found != told else f" ({', '.join(self._names())})"
        return f"{self.subject} {self.purpose}: there is {found}, the ledger says {told}{where}"

    def _names(self) -> Iterator[str]:
        if self.found and self.told:
            for name, found, told in zip(Row._fields, self.found, self.told, strict=True):
                if found != told:
                    yield f"{name} {found} instead of {told}"


def differences(*, mend: bool = False) -> Iterator[Difference]:
    """Where the choices are not what the ledger says. With `mend` each person's rows are put right, all or none."""
    for subjects in _everybody():
        lines, rows = _lines_of(subjects), _rows_of(subjects)
        for subject in subjects:
            if _is_off(lines.get(subject, []), rows.get(subject, {})):
                yield from _look_again(subject, mend=mend)


def project(lines: Iterable[Entry]) -> dict[str, Row]:
    """What holds for a person after their lines, in the order in which they were entered."""
    held: dict[str, Row] = {}
    for entry in lines:
        told = told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at))
        for purpose, (state, until) in told.items():
            _tell(held, purpose, state, until, entry)
    return held


def _tell(held: dict[str, Row], purpose: str, state: State, until: date, entry: Entry) -> None:
    before = held.get(purpose)
    if state == State.EXPIRED:
        if before:
            held[purpose] = before._replace(state=state.value, entry=entry.pk)
        return
    if before and entry.facts.get("waited") and before.chosen_at > entry.happened_at:
        return  # said before what holds, and entered after it
    version = entry.facts.get("version") or {}
    held[purpose] = Row(
        state=state.value,
        method=entry.facts.get("method", ""),
        version=_version(str(version.get("policy", "")), version.get("number", 0)),
        wording=_archived(entry.facts.get("wording")),
        entry=entry.pk,
        chosen_at=entry.happened_at,
        until=until,
    )


@lru_cache(maxsize=1000)
def _version(policy: str, number: int) -> int | None:
    return Version.objects.filter(work__key=UUID(policy), number=number).values_list("pk", flat=True).first()


@lru_cache(maxsize=1000)
def _archived(digest: str | None) -> str | None:
    return digest if Wording.objects.filter(pk=digest).exists() else None


def _everybody() -> Iterator[list[UUID]]:
    """All people with lines about consent, then those with choices and no such line."""
    _version.cache_clear()
    _archived.cache_clear()
    about = Entry.objects.filter(subject__isnull=False)
    yield from _in_batches(about)
    yield from _in_batches(Choice.objects.filter(~Exists(Entry.objects.filter(subject=OuterRef("subject")))))


def _in_batches(rows: Any) -> Iterator[list[UUID]]:
    """Each subject once, by going on after the last: no open cursor, and no list of all."""
    names = rows.order_by("subject").values_list("subject", flat=True).distinct()
    batch = list(names[:AT_ONCE])
    while batch:
        yield batch
        batch = list(names.filter(subject__gt=batch[-1])[:AT_ONCE])


def _lines_of(subjects: list[UUID]) -> dict[UUID, list[Entry]]:
    lines = Entry.objects.filter(subject__in=subjects).order_by("subject", "pk")
    return {subject: list(mine) for subject, mine in groupby(lines, key=lambda line: line.subject)}


def _rows_of(subjects: list[UUID]) -> dict[UUID, dict[str, Row]]:
    found: dict[UUID, dict[str, Row]] = {}
    columns = ("state", "method", "version_id", "wording_id", "entry_id", "chosen_at", "until")
    for subject, purpose, *rest in Choice.objects.filter(subject__in=subjects).values_list(
        "subject", "purpose", *columns
    ):
        found.setdefault(subject, {})[purpose] = Row(*rest)
    return found


def _is_off(lines: list[Entry], rows: dict[str, Row]) -> bool:
    return project(lines) != rows


def _look_again(subject: UUID, *, mend: bool) -> list[Difference]:
    with alone_with(subject):
        told = project(_lines_of([subject]).get(subject, []))
        found = _rows_of([subject]).get(subject, {})
        if mend and told != found:
            _put_right(subject, told)
    purposes = sorted(found.keys() | told.keys())
    each = (Difference(subject, purpose, found.get(purpose), told.get(purpose)) for purpose in purposes)
    return [difference for difference in each if difference.found != difference.told]


def _put_right(subject: UUID, told: dict[str, Row]) -> None:
    Choice.objects.of(subject).delete()
    Choice.objects.bulk_create(
        Choice(
            subject=subject,
            purpose=purpose,
            state=row.state,
            method=row.method,
            version_id=row.version,
            wording_id=row.wording,
            entry_id=row.entry,
            chosen_at=row.chosen_at,
            until=row.until,
        )
        for purpose, row in told.items()
        if row.version  # a row needs one; a line without it stays a difference
    )
