"""What each line from elsewhere changes, beside what is on record."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from common import clock
from policies.jurisdictions.asking import STRICT, asking_rules
from policies.ledger.actions import line
from policies.ledger.models import Entry, Method
from policies.versions.models import Version

from ..deciding import answer_of, chosen_at
from ..models import Choice, ImportedPerson
from ..rules import Answer, State, facts_of, kind_of, state_of
from .batches import batches
from .checking import ForeignChoice
from .persons import hash_of, persons_of, uid_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where choices come from, and who answers for it."""

    system: str
    signed_by: str
    file: str = ""


class Held(NamedTuple):
    """What holds for a person and purpose, and since when."""

    answer: Answer
    at: datetime


class Entering:
    """One run: who the people are, what holds for them, and what each line changes."""

    def __init__(
        self, choices: list[ForeignChoice], *, origin: Origin, versions: dict[str, Version], counts: Counter[str]
    ) -> None:
        self.foreign, self.origin, self.versions, self.counts = choices, origin, versions, counts
        self.persons = persons_of(origin.system, (choice.person for choice in choices))
        self.known = set(_known(uid_of(self.persons[each.person], each) for each in choices))
        self.held = dict(_held(person.subject for person in self.persons.values()))
        self.choices: dict[tuple[UUID, str], Choice] = {}
        self.now, self.rules = clock.now(), asking_rules(STRICT)

    def lines(self) -> Iterator[Entry]:
        """The lines to enter."""
        for choice in self.foreign:
            person = self.persons[choice.person]
            uid = uid_of(person, choice)
            if uid in self.known:
                self.counts["known"] += 1
            elif state := self._state(person, choice):
                self.counts["entered"] += 1
                yield self._line(person, choice, uid, state)

    def _state(self, person: ImportedPerson, choice: ForeignChoice) -> State | None:
        held = self.held.get((person.subject, choice.purpose))
        if held and held.at >= choice.chosen_at:
            self.counts["older"] += 1
            return None
        number, day = self.versions[choice.version].number, clock.day_of(choice.chosen_at)
        state = state_of(held and held.answer, granted=choice.granted, version=number, today=day)
        self.counts["same"] += state is None
        return state

    def _line(self, person: ImportedPerson, choice: ForeignChoice, uid: UUID, state: State) -> Entry:
        version, states = self.versions[choice.version], {choice.purpose: state}
        until = self.rules.until(clock.day_of(choice.chosen_at), granted=choice.granted)
        facts = {
            **facts_of(states, {choice.purpose: until}),
            **_facts(version),
            "foreign": self._foreign(person, choice),
        }
        entry = line(kind=kind_of(states), subject=person.subject, uid=uid, happened_at=self.now, facts=facts)
        place = person.subject, choice.purpose
        self.held[place] = Held(Answer(state, version.number, until), choice.chosen_at)
        self.choices[place] = Choice(
            subject=person.subject,
            purpose=choice.purpose,
            state=state,
            method=Method.SIGNED_IMPORT,
            version=version,
            entry=entry,
            chosen_at=self.now,
            until=until,
        )
        return entry

    def _foreign(self, person: ImportedPerson, choice: ForeignChoice) -> dict[str, str]:
        facts = {
            "system": self.origin.system,
            "line": hash_of(person, choice),
            "file": self.origin.file,
            "chosen_at": choice.chosen_at.isoformat(timespec="microseconds"),
            "method": choice.method,
        }
        return facts | ({"wording": hashlib.sha256(choice.wording.encode()).hexdigest()} if choice.wording else {})


def _facts(version: Version) -> dict[str, Any]:
    """As other choices tell it; which wording of ours was shown, nobody can say: none."""
    told = {
        "policy": str(version.work.key),
        "number": version.number,
        "permalink": version.permalink,
        "sha256": version.sha256,
    }
    return {"version": told, "wording": None, "regime": STRICT, "method": str(Method.SIGNED_IMPORT)}


def _known(uids: Iterable[UUID]) -> Iterator[UUID]:
    for some in batches(uids):
        yield from Entry.objects.filter(uid__in=some).values_list("uid", flat=True)


def _held(subjects: Iterable[UUID]) -> Iterator[tuple[tuple[UUID, str], Held]]:
    for some in batches(subjects):
        rows = Choice.objects.filter(subject__in=some).select_for_update(of=("self",))
        for choice in rows.select_related("entry", "version"):
            answer, at = answer_of(choice), chosen_at(choice)
            if answer:
                yield (choice.subject, choice.purpose), Held(answer, at)
