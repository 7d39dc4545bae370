"""Whom a change asks again, what changed since *their* answer, and why; nobody else is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from common import clock
from policies.versions.history import History
from policies.versions.models import Version, VersionText
from policies.versions.redline import compare
from policies.versions.showing import mail_redline
from policies.versions.states import ChangeClass

from .knowing import Declared, Known, policy_history
from .rules import Answer, Remembered, is_open


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between the version that somebody answered to and the one in force."""

    agreed: Version
    now: Version
    redline: dict[str, Any]
    language: str


@dataclass(frozen=True, slots=True)
class Reasked:
    """A purpose that is open again for one person."""

    purpose: Declared
    answer: Answer
    has_run_out: bool
    texts: list[VersionText]
    """The summaries of the material changes in between that ask for this consent again, oldest first."""
    since: Since | None


def reasked_codes(what: Remembered, now: Known) -> list[str]:
    """The purposes that somebody once said yes to and is to be asked for again.

    Who said no is in none of them before the silence is over, whatever changes; after it they find the question among the
    others, with their no.
    """
    today = clock.today()
    answers = ((code, what.answers.get(code)) for code in now.asked)
    return [
        code
        for code, answer in answers
        if answer and answer.granted and is_open(answer, today=today, renewed_in=now.renewed_in.get(code, 0))
    ]


def reasked_for(what: Remembered, now: Known, *, signal: bool = False) -> list[Reasked]:
    """What to ask again, with what changed. A signal that switches a purpose off is an answer: it is not asked again."""
    codes = [code for code in reasked_codes(what, now) if not (signal and code in now.switched_off_by_signal)]
    if not codes:
        return []
    history = policy_history(now.language)
    return [_reasked(now, code, what.answers[code], history) for code in codes]


def _reasked(now: Known, code: str, answer: Answer, history: History | None) -> Reasked:
    is_touched = answer.version < now.renewed_in.get(code, 0)
    return Reasked(
        purpose=now.purposes[code],
        answer=answer,
        has_run_out=answer.until < clock.today(),
        texts=_summaries(history, code, answer.version) if history and is_touched else [],
        since=since(now, history, answer.version) if history and is_touched else None,
    )


def _summaries(history: History, code: str, number: int) -> list[VersionText]:
    between = [version for version in reversed(history.standing) if _asks_again(version, code, number, history)]
    written = set(VersionText.objects.filter(version__in=between).values_list("version", flat=True))
    return history.texts([version for version in between if version.pk in written])


def _asks_again(version: Version, code: str, number: int, history: History) -> bool:
    is_later = version.number > number and not version.is_coming(history.at)
    return is_later and version.change_class == ChangeClass.MATERIAL and code in version.renews


def since(now: Known, history: History, number: int) -> Since | None:
    """What changed since a version; worked out once per generation, for all who answered to that version."""
    kept = now.made.setdefault("since", {})
    if number not in kept:
        kept[number] = _since(history, number)
    found: Since | None = kept[number]
    return found


def _since(history: History, number: int) -> Since | None:
    agreed, current = _numbered(history.versions, number), history.in_force
    if agreed is None or current is None:
        return None
    if not (agreed.texts.exists() and current.texts.exists()):
        return None
    new = history.text(current)
    old = history.text(agreed, language=new.language)
    redline = mail_redline(compare(old.content, new.content), language=history.language)
    return Since(agreed, current, redline, new.language)


def _numbered(versions: Iterable[Version], number: int) -> Version | None:
    return next((version for version in versions if version.number == number), None)
