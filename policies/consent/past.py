"""What was entered about one visitor, newest first, in plain words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from common import clock
from policies.ledger.models import Entry, Kind

from .links import receipt_url, wording_url
from .rules import State, told_by

ON_A_PAGE = 50

SAID = {
    State.GIVEN: _("You said yes to: %(names)s."),
    State.RENEWED: _("You said yes again to: %(names)s."),
    State.REFUSED: _("You said no to: %(names)s."),
    State.WITHDRAWN: _("You took back your yes to: %(names)s."),
    State.EXPIRED: _("Your yes ran out for: %(names)s."),
}
ABOUT = {
    Kind.OPTED_OUT: _("You opted out of the sale and sharing of your personal information."),
    Kind.OPTED_IN_AGAIN: _("Your opt-out ended, because you said yes again."),
    Kind.OBJECTION_MADE: _("You objected to a use of your data."),
    Kind.TERMS_ACCEPTED: _("You accepted our terms."),
    Kind.CHOICES_IMPORTED: _("Your choices were taken over from another system."),
}
"""Lines that are more than the answers in them."""


@dataclass(frozen=True, slots=True)
class Past:
    """One line about a visitor."""

    entry: Entry
    sentences: list[str]

    @property
    def receipt(self) -> str:
        """The address of its receipt."""
        return receipt_url(self.entry)

    @property
    def permalink(self) -> str:
        """The version it was said to; nothing for a line about something else."""
        version = self.entry.facts.get("version")
        return str(version.get("permalink", "")) if isinstance(version, dict) else ""

    @property
    def wording(self) -> str:
        """The address of what was shown."""
        digest = self.entry.facts.get("wording")
        return wording_url(digest) if isinstance(digest, str) else ""


def past_of(subject: UUID, names: Mapping[str, str], *, page: Any = 1) -> Page:
    """A page of what was entered about somebody. Two queries, however long the history is."""
    lines = Entry.objects.filter(subject=subject).order_by("-happened_at", "-pk")
    shown = Paginator(lines, ON_A_PAGE).get_page(page)
    shown.object_list = [Past(entry, sentences_of(entry, names)) for entry in shown.object_list]
    return shown


def sentences_of(entry: Entry, names: Mapping[str, str]) -> list[str]:
    """What a line says, purpose by purpose; names that are not known any more are codes."""
    by_state: dict[State, list[str]] = defaultdict(list)
    for code, (state, _until) in told_by(entry.kind, entry.facts, on=clock.day_of(entry.happened_at)).items():
        by_state[state].append(names.get(code, code))
    about = ABOUT.get(Kind(entry.kind)) if entry.kind in Kind.values else None
    found = [str(about)] if about else []
    found += [str(SAID[state]) % {"names": listed(told)} for state, told in by_state.items()]
    return found or [entry.get_kind_display()]


def listed(names: Iterable[str]) -> str:
    """Names in a row, with the comma of the language."""
    return str(_(", ")).join(names)
