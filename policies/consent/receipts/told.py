"""What a line says of somebody's choices, with the words that were shown when they were asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from common import clock
from policies.ledger.models import Entry, Kind
from policies.versions.models import Version

from ..models import LegalBasis, Wording
from ..rules import GRANTED, KINDS, State, told_by

CHOICES = frozenset({*KINDS.values(), Kind.OPTED_OUT, Kind.OPTED_IN_AGAIN, Kind.CHOICES_IMPORTED})
"""Kinds of lines that may tell of choices."""
LOOKED_BACK = 500
"""Lines of one person that are looked at for the one that an expiry ended; nobody chooses that often."""


@dataclass(frozen=True, slots=True)
class Source:
    """The line that tells on what wording and under which version something was said."""

    entry: Entry
    wording: Wording | None
    version: Version | None

    @property
    def facts(self) -> dict[str, Any]:
        """What it says."""
        return self.entry.facts

    @property
    def permalink(self) -> str:
        """The name of the version, also where it is not among ours."""
        named = self.facts.get("version")
        return str(named.get("permalink", "")) if isinstance(named, dict) else ""

    @property
    def language(self) -> str:
        """The language of the wording."""
        return self.wording.language if self.wording else str(self.facts.get("language", ""))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one purpose, and what it was said to be."""

    code: str
    state: State
    until: date
    source: Source
    shown: Mapping[str, Any]
    """The purpose as in the wording; empty where that is not kept."""

    @property
    def granted(self) -> bool:
        """Whether it was a yes."""
        return self.state in GRANTED

    @property
    def name(self) -> str:
        """As it was shown; else its code."""
        return self.shown.get("name") or self.code

    @property
    def text(self) -> str:
        """What it was said to be for."""
        return self.shown.get("text", "")

    @property
    def legal_basis(self) -> str:
        """On what it rests; what is asked for is consent."""
        return self.shown.get("legal_basis") or LegalBasis.CONSENT


@dataclass(frozen=True)
class Told:
    """What a line says."""

    entry: Entry
    said: tuple[Said, ...]
    own: Source

    @cached_property
    def sources(self) -> list[Source]:
        """Where wording and version stand: in the line itself, or in those whose end it tells."""
        found = {each.source.entry.pk: each.source for each in self.said}
        return list(found.values()) or [self.own]

    @property
    def is_opt_out(self) -> bool:
        """Whether it is the request of a person that nothing of them be sold or shared."""
        return self.entry.kind == Kind.OPTED_OUT


def told(entry: Entry) -> Told | None:
    """What a line says of choices; None where it is about something else."""
    if entry.kind not in CHOICES:
        return None
    states = told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at))
    if not states and entry.kind not in (Kind.OPTED_OUT, Kind.OPTED_IN_AGAIN):
        return None
    own = _source(entry)
    sources = _sources(own, states)
    said = (Said(code, *states[code], sources[code], _shown(code, sources[code].wording)) for code in states)
    return Told(entry, tuple(said), own)


def _sources(own: Source, states: Iterable[str]) -> dict[str, Source]:
    """A line that names no wording ends something that an earlier one of the same person began."""
    found = dict.fromkeys(states, own)
    if own.wording or own.entry.subject is None or own.facts.get("wording"):
        return found
    for entry in _before(own.entry, own.entry.subject):
        earlier = told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at))
        begun = [
            code for code, source in found.items() if source is own and code in earlier and entry.facts.get("wording")
        ]
        found |= dict.fromkeys(begun, _source(entry)) if begun else {}
        if own not in found.values():
            break
    return found


def _before(entry: Entry, subject: UUID) -> Iterator[Entry]:
    lines = Entry.objects.filter(subject=subject, pk__lt=entry.pk, kind__in=CHOICES)
    return iter(lines.order_by("-pk")[:LOOKED_BACK])


def _source(entry: Entry) -> Source:
    wordings = Wording.objects.select_related("version__work")
    wording = wordings.filter(pk=str(entry.facts.get("wording", ""))[:64]).first()
    return Source(entry, wording, wording.version if wording else _version(entry.facts.get("version")))


def _version(named: Any) -> Version | None:
    """The version that a line names."""
    try:
        return (
            Version.objects.select_related("work")
            .filter(work__key=UUID(named["policy"]), number=named["number"])
            .first()
        )
    except (TypeError, KeyError, ValueError):
        return None


def _shown(code: str, wording: Wording | None) -> Mapping[str, Any]:
    """A purpose as in a wording; those of the first release asked for categories as a whole."""
    categories = wording.content["categories"] if wording else []
    for category in categories:
        for purpose in category.get("purposes", [category]):
            if purpose.get("code") == code:
                return purpose
    return {}
