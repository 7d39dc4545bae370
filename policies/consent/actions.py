from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind

from .models import Choice, Wording
from .rules import Answer, Remembered, kind_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visitor's cookie should say from now on, and what was entered; nothing, if the answers were known."""

    remembered: Remembered
    entries: list[Entry]


@transaction.atomic
def record_choices(*, remembered: Remembered, choices: Mapping[str, bool], wording: Wording) -> Recorded:
    """Enter each answer that is new, against the wording that was shown.

    A refusal creates no identifier: who never granted anything is entered without a subject. An id, once made, stays in
    the person's cookie after a withdrawal, because it is their way to what was recorded.
    """
    before = {**remembered.answers, **(_locked_answers(remembered.subject) if remembered.subject else {})}
    answers = {category: Answer(granted, wording.version.number) for category, granted in choices.items()}
    kinds = {category: kind_of(before.get(category), answer) for category, answer in answers.items()}
    new = {category: kind for category, kind in kinds.items() if kind}
    if not new:
        return Recorded(Remembered(before, remembered.subject), [])
    subject = remembered.subject or (uuid4() if any(choices.values()) else None)
    asked = _stored(wording)
    entries = [_enter(kind, category, subject=subject, wording=asked) for category, kind in new.items()]
    return Recorded(Remembered(before | {category: answers[category] for category in new}, subject), entries)


def _locked_answers(subject: UUID) -> dict[str, Answer]:
    """What holds for a person. Two answers at once wait for each other here; the second one sees the first."""
    mine = Choice.objects.of(subject)
    list(mine.select_for_update().order_by("pk"))
    return mine.as_answers()


def _stored(wording: Wording) -> Wording:
    values = {"language": wording.language, "version": wording.version, "content": wording.content}
    return Wording.objects.get_or_create(sha256=wording.sha256, defaults=values)[0]


def _enter(kind: Kind, category: str, *, subject: UUID | None, wording: Wording) -> Entry:
    facts = {
        "category": category,
        "version": wording.content["version"],
        "wording": wording.sha256,
        "language": wording.language,
        "method": "form",
    }
    entry = append(kind=kind, subject=subject, facts=facts)
    if subject:
        held = {
            "granted": kind == Kind.CONSENT_GIVEN,
            "version": wording.version,
            "wording": wording,
            "entry": entry,
            "chosen_at": entry.happened_at,
        }
        Choice.objects.update_or_create(subject=subject, category=category, defaults=held)
    return entry
