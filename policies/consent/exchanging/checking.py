"""Whether a line from elsewhere says what a choice has to say. Pure: it asks no database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from policies.ledger.models import Method

REQUIRED = ("person", "purpose", "granted", "chosen_at", "method")
FIELDS = (*REQUIRED, "wording", "version")
ACTS = (Method.BUTTON, Method.CHECKBOX, Method.FORM, Method.CONFIRMED_MAIL)
"""What other systems may say of how somebody agreed; silence and scrolling are no consent there either."""
SAID = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
MOST_LETTERS = {"person": 200, "wording": 20_000}


class Faulty(ValueError):
    """What is wrong with a line, in a sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What can be meant: purposes that consent is asked for, versions by name, and the one that the operator named."""

    purposes: Collection[str]
    versions: Collection[str]
    version: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ForeignChoice:
    """A decision as the other system tells it."""

    number: int
    person: str
    purpose: str
    granted: bool
    chosen_at: datetime
    method: str
    wording: str
    version: str

    @property
    def words(self) -> dict[str, Any]:
        """The same in whichever format and order it came: what its hash is made of."""
        said = {name: getattr(self, name) for name in FIELDS}
        return said | {"chosen_at": self.chosen_at.isoformat(timespec="microseconds")}


def choice_of(number: int, values: dict[str, Any], terms: Terms) -> ForeignChoice:
    """The line as a choice; raises Faulty."""
    _must_be_fields(values)
    readers: dict[str, Callable[[Any, Terms], Any]] = {
        "person": _person,
        "purpose": _purpose,
        "granted": _granted,
        "chosen_at": _moment,
        "method": _method,
        "wording": _wording,
        "version": _version,
    }
    return ForeignChoice(number, **{name: read(values.get(name), terms) for name, read in readers.items()})


def _must_be_fields(values: dict[str, Any]) -> None:
    unknown, missing = sorted(set(values) - {*FIELDS}), [name for name in REQUIRED if values.get(name) is None]
    if unknown:
        shown = ", ".join(unknown)[:80].encode("utf-8", "replace").decode()
        raise Faulty(_("There is no field “%(name)s”; the fields are %(fields)s.") % _names(shown, FIELDS))
    if missing:
        raise Faulty(_("“%(name)s” is missing.") % {"name": missing[0]})


def _names(name: str, fields: Collection[str]) -> dict[str, str]:
    return {"name": name, "fields": ", ".join(fields)}


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or (not value.isprintable() and name != "wording"):
        raise Faulty(_("“%(name)s” must be text.") % {"name": name})
    most = MOST_LETTERS.get(name, 100)
    if not value.strip() or len(value) > most:
        raise Faulty(_("“%(name)s” must have 1 to %(most)d letters.") % {"name": name, "most": most})
    return value.strip()


def _person(value: Any, terms: Terms) -> str:
    return _text("person", str(value) if type(value) is int else value)


def _purpose(value: Any, terms: Terms) -> str:
    code = _text("purpose", value)
    if code not in terms.purposes:
        said = _("There is no purpose “%(name)s” that consent is asked for; there are %(fields)s.")
        raise Faulty(said % _names(code, terms.purposes))
    return code


def _granted(value: Any, terms: Terms) -> bool:
    found = value if isinstance(value, bool) else SAID.get(str(value).strip().lower())
    if found is None:
        raise Faulty(_("“granted” must be true or false."))
    return found


def _moment(value: Any, terms: Terms) -> datetime:
    try:
        moment = datetime.fromisoformat(_text("chosen_at", value))
        zone = moment.utcoffset()
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError) as unreadable:
        raise Faulty(_("“chosen_at” must be a moment like 2026-12-22T10:00:00+05:00.")) from unreadable
    if zone is None:
        raise Faulty(_("“chosen_at” has no time zone: write 2026-12-22T10:00:00+05:00."))
    if moment > terms.now:
        raise Faulty(_("“chosen_at” is in the future."))
    if moment < EARLIEST:
        raise Faulty(_("“chosen_at” is before the year %(year)d.") % {"year": EARLIEST.year})
    return moment


def _method(value: Any, terms: Terms) -> str:
    if value not in ACTS:
        said = _("“method” must be the deliberate act by which the person chose: %(fields)s.")
        raise Faulty(said % {"fields": ", ".join(ACTS)})
    return str(value)


def _wording(value: Any, terms: Terms) -> str:
    if value is None:
        return ""
    words = _text("wording", value)
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in words):
        raise Faulty(_("“%(name)s” must be text.") % {"name": "wording"})
    return words


def _version(value: Any, terms: Terms) -> str:
    name = terms.version if value is None else _text("version", value)
    if not name:
        raise Faulty(_("Which version of the policy? Add “version”, or name one for all lines with --policy-version."))
    if name not in terms.versions:
        raise Faulty(_("There is no version “%(name)s” of the policy.") % {"name": name})
    return name
