"""What holds now for one visitor, purpose by purpose, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common import clock

from .deciding import verdict_on
from .knowing import Known
from .models import Choice
from .rules import Answer, Because, Remembered, State

ALLOWED = (Because.GIVEN, Because.RENEWED)


@dataclass(frozen=True, slots=True)
class Held:
    """One purpose: what was answered, what that means today, and the row that knows more of it, where there is one."""

    code: str
    name: str
    answer: Answer | None
    because: Because
    row: Choice | None = None
    permalink: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it is allowed now."""
        return self.because in ALLOWED

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether there is a yes to take back, even one that something else outweighs at the moment."""
        return bool(self.answer and self.answer.granted and self.because != Because.EXPIRED)

    @property
    def sentences(self) -> list[str]:
        """What was said and until when, and what stands against it."""
        said = [self._said()] if self.answer else [_("You have not answered.")]
        return [*said, *filter(None, [against(self)])]

    def _said(self) -> str:
        answer = self.answer
        assert answer is not None
        if answer.granted:
            return _yes(self, answer.until)
        return _no(self.row, answer.until)


def against(held: Held) -> str:
    """Why a purpose is off although its answer, if there is one, does not say so."""
    if held.because == Because.RENEWAL_NEEDED:
        return _("The policy has changed in this since: it is off until you answer again.")
    if held.because == Because.SIGNAL and held.can_be_withdrawn:
        return _("Your browser sends Global Privacy Control, which outweighs your yes: it stays off.")
    if held.because == Because.SIGNAL:
        return _("Your browser sends Global Privacy Control, which keeps it off too.")
    return ""


def _yes(held: Held, until: date) -> str:
    row, days = held.row, {"until": in_words(until)}
    if held.because == Because.EXPIRED:
        return _("Your yes ran out on %(until)s. It is off.") % days
    if row is None:
        said = _("You said yes.")
    elif row.state == State.RENEWED:
        said = _("You said yes again on %(day)s.") % {"day": in_words(clock.day_of(row.chosen_at))}
    else:
        said = _("You said yes on %(day)s.") % {"day": in_words(clock.day_of(row.chosen_at))}
    return " ".join([said, _("It holds to the end of %(until)s.") % days] if held.is_on else [said])


def _no(row: Choice | None, until: date) -> str:
    day = {"day": in_words(clock.day_of(row.chosen_at))} if row else {}
    if row is None:
        said = _("You said no.")
    elif row.state == State.WITHDRAWN:
        said = _("You took your yes back on %(day)s.") % day
    else:
        said = _("You said no on %(day)s.") % day
    return " ".join([said, _silence(until)])


def _silence(until: date) -> str:
    if until <= clock.today():
        return _("It stays off; we may ask you once more.")
    return _("It stays off, and we do not ask you again before %(until)s.") % {"until": in_words(until)}


def in_words(day: date) -> str:
    """A day as readers of the language write it."""
    return date_format(day, "DATE_FORMAT")


@dataclass(frozen=True)
class Standing:
    """Everything that holds for a visitor."""

    held: list[Held]
    subject: UUID | None
    switched_off: list[str] = field(default_factory=list)
    """Names of what the browser's own signal switches off; empty where it sends none."""

    @property
    def has_answered(self) -> bool:
        """Whether anything was answered."""
        return any(each.answer for each in self.held)

    @property
    def grants(self) -> bool:
        """Whether there is anything to take back."""
        return any(each.can_be_withdrawn for each in self.held)

    @property
    def contradicted(self) -> list[str]:
        """Names of what was agreed to here, while the browser says no."""
        return [each.name for each in self.held if each.because == Because.SIGNAL and each.can_be_withdrawn]


def standing(what: Remembered, now: Known, permalinks: Mapping[int, str], *, signal: bool) -> Standing:
    """What the visitor's own cookie says, with what the record knows of the same answers. One query, and none for
    somebody without an id."""
    off = [now.purposes[code].name for code in now.purposes if code in now.switched_off_by_signal] if signal else []
    return Standing(list(_held(what, now, permalinks, signal=signal)), what.subject, off)


def _held(what: Remembered, now: Known, permalinks: Mapping[int, str], *, signal: bool) -> Iterator[Held]:
    rows = _rows(what.subject) if what.subject else {}
    for code in dict.fromkeys([*now.asked, *what.answers]):
        answer = what.answers.get(code)
        yield Held(
            code=code,
            name=now.purposes[code].name if code in now.purposes else code,
            answer=answer,
            because=verdict_on(answer, code, signal=signal, now=now).because,
            row=_same(rows.get(code), answer),
            permalink=permalinks.get(answer.version, "") if answer else "",
        )


def _rows(subject: UUID) -> dict[str, Choice]:
    rows = Choice.objects.of(subject).select_related("version")
    return {row.purpose: row for row in rows}


def _same(row: Choice | None, answer: Answer | None) -> Choice | None:
    """The row, where it tells of this answer; a cookie that is older or newer than the record speaks for itself."""
    if row is None or answer is None:
        return None
    was_yes = row.state in (State.GIVEN, State.RENEWED, State.EXPIRED)
    told = (was_yes, row.version.number, row.until)
    return row if told == (answer.granted, answer.version, answer.until) else None
