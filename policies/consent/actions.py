import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common import clock
from policies.jurisdictions.asking import AskingRules, asking_rules
from policies.ledger.actions import append, line
from policies.ledger.models import Entry, Kind, Method
from policies.versions.models import Version

from .acts import Act, KeyReused, Recorded, settled, uid_of
from .models import Choice
from .rules import Answer, Remembered, State, facts_of, kind_of, latest, state_of, told_by
from .writing import Held, write

__all__ = [
    "Act",
    "KeyReused",
    "Recorded",
    "accept_terms",
    "acknowledge_notice",
    "alone_with",
    "expire_choices",
    "object_to",
    "record_choices",
    "settled",
    "uid_of",
]


def record_choices(*, remembered: Remembered, act: Act) -> Recorded:
    """Enter what is new of an act as one line, with what holds now beside it; raises KeyReused.

    A refusal creates no identifier: who never granted anything is entered without a subject. An id, once made, stays in
    the person's cookie after a withdrawal, because it is their way to what was recorded. What is tried again is not
    entered again: the answer is then what holds now, which a later withdrawal may have changed.
    """
    act = settled(act)
    if remembered.subject is None:
        # Nobody else knows this person yet: one statement, committed by itself.
        return _record(remembered, act)
    with alone_with(remembered.subject):
        before = _known_here(remembered, act)
        recorded = _told_before(remembered, act) or _record(before, act)
        _end_opt_out(before, recorded)
        return recorded


def _record(before: Remembered, act: Act) -> Recorded:
    at = act.at or clock.now()
    day, number = clock.day_of(at), act.wording.version.number
    again = State.REFUSED if act.is_opt_out else None
    happened = {
        code: state_of(before.answers.get(code), granted=granted, version=number, today=day) or again
        for code, granted in act.choices.items()
    }
    states = {code: state for code, state in happened.items() if state}
    if not states and not act.kind:
        return _told_before(before, act) or Recorded(before)
    until = _until(states, asking_rules(act.wording.content.get("regime", "strict")), day)
    subject = before.subject or (act.newcomer if any(act.choices[code] for code in states) else None)
    entry = line(
        kind=act.kind or kind_of(states),
        subject=subject,
        uid=act.uid,
        happened_at=at,
        facts=_facts(act, states, until),
    )
    if not write(entry, _held(act, states, until) if subject and states else None):
        return _told_before(before, act) or Recorded(before)
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
    if act.key:
        facts["request"] = act.request
    if act.at:
        facts["waited"] = True  # it was entered after it happened, and yields to what was said meanwhile
    return facts


def _held(act: Act, states: Mapping[str, State], until: Mapping[str, date]) -> Held:
    return Held(states, until, str(act.method), act.wording.version_id, act.wording.pk, is_late=act.at is not None)


def _told_before(now: Remembered, act: Act) -> Recorded | None:
    """The answer to a repeat: what holds now for whom the first attempt was recorded. Nothing where this is the first."""
    entry = Entry.objects.filter(uid=act.uid).first()
    if entry is None:
        return None
    if act.key and entry.facts.get("request") != act.request:
        raise KeyReused(act.key)
    told = told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at))
    states = {code: state for code, (state, _until) in told.items()}
    subject = now.subject or entry.subject
    if subject:
        answers = Choice.objects.of(subject).as_answers()
    else:
        number = entry.facts["version"]["number"]
        answers = latest(now.answers, {code: Answer(state, number, until) for code, (state, until) in told.items()})
    return Recorded(Remembered(answers, subject), entry, states, is_repeat=True)


def _known_here(remembered: Remembered, act: Act) -> Remembered:
    """What held for a person when they acted: what is on record stands above their cookie."""
    mine = Choice.objects.of(remembered.subject)  # type: ignore[arg-type]  # only asked of people with an id
    answers = (mine.filter(chosen_at__lte=act.at) if act.at else mine).as_answers()
    return Remembered({**remembered.answers, **answers}, remembered.subject)


@contextmanager
def alone_with(subject: UUID) -> Iterator[None]:
    """A transaction in which nobody else writes what holds for this person: who comes second sees the first.

    Not by their rows, because there may be none yet. On SQLite every transaction is alone.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            number = int.from_bytes(hashlib.sha256(b"kept.choices:" + subject.bytes).digest()[:8], signed=True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        yield


def expire_choices(*, most: int = 10_000) -> int:
    """Enter that a yes has run out, person by person; the number of persons. It counts no more since its day, whoever
    says so first: this is for the record."""
    out = Choice.objects.granted().filter(until__lt=clock.today()).order_by("until").values_list("subject", flat=True)
    subjects = list(dict.fromkeys(out[:most]))
    for subject in subjects:
        _expire(subject)
    return len(subjects)


def _expire(subject: UUID) -> None:
    with alone_with(subject):
        mine = Choice.objects.of(subject).granted().filter(until__lt=clock.today())
        until = dict(mine.values_list("purpose", "until"))
        if until:
            facts = facts_of(dict.fromkeys(until, State.EXPIRED), until)
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
