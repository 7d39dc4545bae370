"""The same in plain words, for the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.ledger.models import Kind, Method
from policies.versions.addresses import version_url

from ..rules import State
from .told import Said, Source, Told

DID = {
    State.GIVEN: gettext_lazy("You agreed"),
    State.RENEWED: gettext_lazy("You agreed again"),
    State.REFUSED: gettext_lazy("You refused"),
    State.WITHDRAWN: gettext_lazy("You took your consent back"),
    State.EXPIRED: gettext_lazy("Your consent ran out"),
}
METHODS = {
    Method.BUTTON: gettext_lazy("With a button for all purposes at once"),
    Method.CHECKBOX: gettext_lazy("By ticking a box"),
    Method.FORM: gettext_lazy("With a form, purpose by purpose"),
    Method.CONFIRMED_MAIL: gettext_lazy("By confirming a letter that we sent you"),
    Method.SIGNED_IMPORT: gettext_lazy("In another system; it was brought over with a signed file"),
}
LEADS = {
    Kind.CHOICES_IMPORTED: gettext_lazy("This is what another system told us of your answer."),
    Kind.CONSENT_EXPIRED: gettext_lazy("This is what became of your answer when its time was over."),
    Kind.OPTED_OUT: gettext_lazy("You asked us not to sell or share anything about you, and this is what we entered."),
    Kind.OPTED_IN_AGAIN: gettext_lazy("You ended your opt-out, and this is what we entered."),
}
LEAD = gettext_lazy("This is what you told us about your data, and what you were told when you did.")


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose of a receipt."""

    said: Said
    did: str
    until: str
    language: str


def lead(told: Told) -> str:
    """What this receipt is of."""
    return str(LEADS.get(Kind(told.entry.kind), LEAD))


def lines(told: Told) -> list[Line]:
    """What was said of each purpose."""
    return [Line(each, str(DID[each.state]), until(each.state, each.until), each.source.language) for each in told.said]


def until(state: State, day: date) -> str:
    """How long an answer counts."""
    words = {"day": date_format(day, "DATE_FORMAT")}
    if state == State.EXPIRED:
        return _("It held to the end of %(day)s. It counts no more.") % words
    if state in (State.GIVEN, State.RENEWED):
        return _("It holds to the end of %(day)s, unless you take it back before. Then it runs out by itself.") % words
    return _("It stays so. We do not ask you again before %(day)s.") % words


def method(told: Told) -> str:
    """How it was said."""
    if told.entry.kind == Kind.CONSENT_EXPIRED:
        return _("Nobody did anything: its time was over")
    said = told.entry.facts.get("method", "")
    return str(METHODS[Method(said)]) if said in Method.values else ""


def sources(told: Told, *, language: str) -> list[dict[str, Any]]:
    """Under which version, and on which wording."""
    return [
        {
            "permalink": each.permalink or (each.version.permalink if each.version else ""),
            "url": version_url(each.version, language=language) if each.version else "",
            "wording": _hash(each),
            "is_kept": each.wording is not None,
        }
        for each in told.sources
    ]


def _hash(source: Source) -> str:
    return source.wording.sha256 if source.wording else str(source.facts.get("wording", ""))
