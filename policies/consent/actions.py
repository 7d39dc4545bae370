import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from common import clock
from common.canonical import sha256
from policies.jurisdictions.asking import AskingRules, asking_rules
from policies.ledger.actions import append, line
from policies.ledger.models import Entry, Kind, Method
from policies.versions.models import Version

from .models import Choice, Wording
from .rules import Answer, Remembered, State, facts_of, kind_of, state_of, told_by
from .writing import write


class KeyReused(ValueError):
    """An idempotency key that stands for something else already. Whoever sent it needs a new one."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visitor's cookie should say from now on, and what was entered: no line, if all was said before."""

    remembered: Remembered
    entry: Entry | None = None
    states: Mapping[str, State] = field(default_factory=dict)
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: their answers by purpose, on a wording, in a way. `key` names the attempt, so that it can be
    repeated; `at` is for what waited in the queue, everything else happens now."""

    choices: Mapping[str, bool]
    wording: Wording
    method: Method = Method.FORM
    key: str = ""
    at: datetime | None = None
    kind: Kind | None = None
    """What the line is called where it is more than the choices in it: an opt-out."""

    @property
    def is_opt_out(self) -> bool:
        """Whether it counts anew even for who has refused before: from now on nobody asks for as long as after any no."""
        return self.kind == Kind.OPTED_OUT

    @property
    def request(self) -> str:
        """The hash of what was asked for: the same key with another one is refused."""
        return sha256({"choices": dict(self.choices), "wording": self.wording.sha256})


def record_choices(*, remembered: Remembered, act: Act) -> Recorded:
    """Enter what is new of an act as one line, with what holds now beside it; raises KeyReused.

    A refusal creates no identifier: who never granted anything is entered without a subject. An id, once made, stays in
    the person's cookie after a withdrawal, because it is their way to what was recorded.
    """
    uid = uid_of(act.key) if act.key else uuid4()
    if remembered.subject is None:
        # Nobody else knows this person yet: one statement, committed by itself.
        return _record(uid, remembered, act)
    with transaction.atomic():
        known_here = Remembered(
            {**remembered.answers, **_locked_answers(remembered.subject)}, subject=remembered.subject
        )
        recorded = _told_before(uid, act) or _record(uid, known_here, act)
        _end_opt_out(known_here, recorded)
        return recorded


def _record(uid: UUID, before: Remembered, act: Act) -> Recorded:
    at = act.at or clock.now()
    day, number = clock.day_of(at), act.wording.version.number
    again = State.REFUSED if act.is_opt_out else None
    happened = {
        code: state_of(before.answers.get(code), granted=granted, version=number, today=day) or again
        for code, granted in act.choices.items()
    }
    states = {code: state for code, state in happened.items() if state}
    if not states and not act.kind:
        return _told_before(uid, act) or Recorded(before)
    rules = asking_rules(act.wording.content.get("regime", "strict"))
    until = _until(states, rules, day)
    subject = before.subject or (uuid4() if any(act.choices[code] for code in states) else None)
    entry = line(
        kind=act.kind or kind_of(states),
        subject=subject,
        uid=uid,
        happened_at=at,
        facts=_facts(act, states, until),
    )
    rows = _rows(subject, entry, act, states, until) if subject else []
    if not write(entry, rows):
        return _told_before(uid, act) or Recorded(before)
    answers = {code: Answer(state, number, until[code]) for code, state in states.items()}
    return Recorded(Remembered({**before.answers, **answers}, subject), entry, states)


def _end_opt_out(before: Remembered, recorded: Recorded) -> None:
    """A yes to what somebody had opted out of ends their opt-out, and that is entered too."""
    entry, states = recorded.entry, recorded.states
    agreed = [code for code, state in states.items() if state == State.GIVEN and code in before.answers]
    if entry is None or recorded.is_repeat or not agreed:
        return
    mine: Any = Entry.objects.filter(subject=before.subject, kind__in=(Kind.OPTED_OUT, Kind.OPTED_IN_AGAIN))
    last = mine.order_by("-happened_at", "-pk").first()
    if last and last.kind == Kind.OPTED_OUT and set(agreed) & told_by(last.kind, last.facts, on=clock.today()).keys():
        facts = {"purposes": sorted(agreed), "entry": str(entry.uid), "method": entry.facts["method"]}
        append(kind=Kind.OPTED_IN_AGAIN, subject=before.subject, facts=facts)


def _until(states: Mapping[str, State], rules: AskingRules, day: date) -> dict[str, date]:
    by_answer = {granted: rules.until(day, granted=granted) for granted in (True, False)}
    return {code: by_answer[state in (State.GIVEN, State.RENEWED)] for code, state in states.items()}


def _facts(act: Act, states: Mapping[str, State], until: Mapping[str, date]) -> dict[str, Any]:
    wording = act.wording
    facts: dict[str, Any] = {
        **facts_of(states, until),
        "version": wording.content["version"],
        "wording": wording.sha256,
        "language": wording.language,
        "regime": wording.content.get("regime", "strict"),
        "method": str(act.method),
    }
    return facts | {"request": act.request} if act.key else facts


def _rows(
    subject: UUID, entry: Entry, act: Act, states: Mapping[str, State], until: Mapping[str, date]
) -> list[Choice]:
    return [
        Choice(
            subject=subject,
            purpose=code,
            state=state,
            method=act.method,
            version=act.wording.version,
            wording=act.wording,
            chosen_at=entry.happened_at,
            until=until[code],
        )
        for code, state in states.items()
    ]


def uid_of(key: str) -> UUID:
    """The id of the line that an attempt makes: the same key, the same line. Only we can work it out."""
    known = hmac.new(settings.SECRET_KEY.encode(), b"kept.choices.key:" + key.encode(), hashlib.sha256).digest()
    return UUID(bytes=known[:16], version=4)


def _told_before(uid: UUID, act: Act) -> Recorded | None:
    """What the first attempt with this key recorded; the answer to a repeat."""
    entry = Entry.objects.filter(uid=uid).first() if act.key else None
    if entry is None:
        return None
    if entry.facts.get("request") != act.request:
        raise KeyReused(act.key)
    told = told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at))
    number = entry.facts["version"]["number"]
    answers = {code: Answer(state, number, until) for code, (state, until) in told.items()}
    if entry.subject:
        answers = _locked_answers(entry.subject) | answers
    states = {code: answer.state for code, answer in answers.items() if code in told}
    return Recorded(Remembered(answers, entry.subject), entry, states, is_repeat=True)


def _locked_answers(subject: UUID) -> dict[str, Answer]:
    """What holds for a person. Two answers at once wait for each other here; the second one sees the first."""
    mine = Choice.objects.of(subject)
    with transaction.atomic():
        list(mine.select_for_update().order_by("pk"))
        return mine.as_answers()


def expire_choices(*, most: int = 10_000) -> int:
    """Enter that a yes has run out, person by person; the number of persons. It counts no more since its day, whoever
    says so first: this is for the record."""
    out = Choice.objects.granted().filter(until__lt=clock.today()).order_by("until").values_list("subject", flat=True)
    subjects = list(dict.fromkeys(out[:most]))
    for subject in subjects:
        _expire(subject)
    return len(subjects)


@transaction.atomic
def _expire(subject: UUID) -> None:
    mine = Choice.objects.of(subject).granted().filter(until__lt=clock.today())
    rows = list(mine.select_for_update().select_related(None).order_by("pk"))
    if rows:
        facts = facts_of({row.purpose: State.EXPIRED for row in rows}, {row.purpose: row.until for row in rows})
        entry = append(kind=Kind.CONSENT_EXPIRED, subject=subject, facts=facts)
        mine.update(state=State.EXPIRED, entry=entry)


def acknowledge_notice(version: Version, *, method: Method = Method.BUTTON) -> Entry:
    """Somebody says that they have read of a change. It is no consent to anything, and nobody is named."""
    facts = {"work": str(version.work.key), "permalink": version.permalink, "method": str(method)}
    return append(kind=Kind.NOTICE_ACKNOWLEDGED, facts=facts)


def accept_terms(version: Version, *, subject: UUID, method: Method) -> Entry:
    """A customer takes the terms of a sale (GDPR Art. 6(1)(b)): a contract, and no consent to use data."""
    facts = {"work": str(version.work.key), "permalink": version.permalink, "sha256": version.sha256}
    return append(kind=Kind.TERMS_ACCEPTED, subject=subject, facts=facts | {"method": str(method)})


def object_to(purposes: Iterable[str], *, subject: UUID | None, method: Method) -> Entry:
    """Somebody objects to what is done without their consent (GDPR Art. 21)."""
    facts = {"purposes": sorted(purposes), "method": str(method)}
    return append(kind=Kind.OBJECTION_MADE, subject=subject, facts=facts)
