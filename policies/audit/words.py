"""Codes of the record in words for people."""

from django.utils.translation import gettext as _

from policies.versions.models import Version
from policies.versions.states import ChangeClass


def short_class(change_class: str) -> str:
    """The kind of change in one word: what stands before the colon of its label."""
    return str(ChangeClass(change_class).label).partition(":")[0]


def filled_in(version: Version) -> list[str]:
    """What the editor left open and the strict rule filled in."""
    known = {"change_class": _("kind of change"), "effective_on": _("effective day"), "summary": _("summary")}
    known |= {"triggers": _("what makes it material"), "renews": _("consent to ask for again")}
    codes = (code.partition(".") for code in version.completed)
    return [" ".join(filter(None, (known.get(name, name), language))) for name, _dot, language in codes]
