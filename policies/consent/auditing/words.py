"""States and findings, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .judging import Because, Kind
from .states import GRANTED, ONLY, REFUSED, SIGNAL, UNDECIDED, WITHDRAWN


def state_words(name: str) -> str:
    """What a visitor did, by the name of a state."""
    base = name.removesuffix(SIGNAL)
    words = _base_words(base)
    return _("%(state)s, with Global Privacy Control") % {"state": words} if name != base else words


def _base_words(name: str) -> str:
    if name.startswith(ONLY):
        return _("agreed to %(purpose)s alone") % {"purpose": name.removeprefix(ONLY)}
    known = {
        UNDECIDED: _("undecided"),
        REFUSED: _("refused everything"),
        GRANTED: _("agreed to everything"),
        WITHDRAWN: _("agreed to everything and took it back"),
    }
    return known.get(name, name)


def kind_words(kind: str) -> str:
    """What was found, in a word."""
    return str(Kind(kind).label) if kind in Kind.values else kind


def because_words(finding: dict[str, Any]) -> str:
    """Why it should not have been there, in a sentence or two."""
    code = finding["because"]
    words = [str(Because(code).label) if code in Because.values else code]
    if finding.get("purposes"):
        words.append(_("Declared for: %(purposes)s.") % {"purposes": ", ".join(finding["purposes"])})
    return " ".join(words)


def finding_words(finding: dict[str, Any]) -> str:
    """A finding on one line."""
    facts = {
        "state": state_words(finding["state"]),
        "kind": kind_words(finding["kind"]),
        "name": finding["name"],
        "page": pages_words(finding),
        "because": because_words(finding),
    }
    return _("%(state)s – %(kind)s %(name)s on %(page)s: %(because)s") % facts


def pages_words(finding: dict[str, Any]) -> str:
    """Where it was seen first, and on how many pages more."""
    more = finding.get("more", 0)
    if not more:
        return str(finding["page"])
    facts = {"page": finding["page"], "number": more}
    return ngettext("%(page)s and %(number)d more page", "%(page)s and %(number)d more pages", more) % facts
