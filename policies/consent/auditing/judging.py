"""What was seen, against what was declared and allowed: pure, so that it can be tested without a browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .declared import Declarations, origin_of
from .states import State


class Kind(models.TextChoices):
    """What can be left on a device or sent from it."""

    COOKIE = "cookie", _("Cookie")
    LOCAL = "local_storage", _("Local storage")
    SESSION = "session_storage", _("Session storage")
    DATABASE = "database", _("Database in the browser")
    CACHE = "cache", _("Cache of a script")
    WORKER = "worker", _("Service worker")
    REQUEST = "request", _("Request")
    PAGE = "page", _("Page")


class Because(models.TextChoices):
    """Why something should not have been there."""

    UNDECLARED = "undeclared", _("No purpose declares it.")
    NOT_ALLOWED = "not_allowed", _("It is declared, but for something that was not agreed to.")
    LEFT = "left", _("It was left behind after the consent to it had been taken back.")
    REFUSED = "refused", _("It was agreed to, but our own Content-Security-Policy makes the browser refuse it.")
    FAILED = "failed", _("The page could not be shown, so nobody knows what it does.")


@dataclass(frozen=True, slots=True)
class Sight:
    """One thing that was seen in the browser."""

    kind: Kind
    name: str  # of a request: its address
    page: str  # the path that was open
    origin: str  # where a request went, or who keeps a thing
    form: str = ""  # of a request: document, script, image, …
    refused: bool = False  # by the browser, because of our Content-Security-Policy: nothing was sent


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows what is declared, and which site it is about."""

    declared: Declarations
    site: str

    def verdict(self, sight: Sight, state: State) -> Because | None:
        """Why something should not be there; nothing where it may."""
        if sight.kind is Kind.PAGE:
            return Because.FAILED
        purposes = self.purposes_of(sight)
        if purposes & self.declared.allowed(state):
            return Because.REFUSED if sight.refused else None
        if sight.kind is Kind.REQUEST:
            return self._request(sight, bool(purposes))
        if not purposes:
            return Because.UNDECLARED
        if not state.is_withdrawn:
            return Because.NOT_ALLOWED
        # What another site keeps in the browser, only that site can remove; that it is not asked again, requests show.
        return Because.LEFT if sight.origin == self.site else None

    def purposes_of(self, sight: Sight) -> frozenset[str]:
        """The purposes that declare it."""
        if sight.kind is Kind.REQUEST:
            return self.declared.purposes_behind(sight.name, site=self.site)
        return self.declared.purposes_of(sight.name)

    def _request(self, sight: Sight, is_declared: bool) -> Because | None:
        """Our own pages and files need no consent, unless a service that waits for one is served from here."""
        if sight.refused:
            return None
        if is_declared:
            return Because.NOT_ALLOWED
        return None if sight.origin == self.site else Because.UNDECLARED


def findings_of(sights: Iterable[Sight], state: State, judge: Judge) -> list[dict[str, Any]]:
    """What should not have been there, each thing once, with the first page where it was and how many more."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    pages: dict[tuple[str, ...], set[str]] = {}
    for sight in sights:
        because = judge.verdict(sight, state)
        if because is None:
            continue
        row = _finding(sight, state, because, judge.purposes_of(sight))
        key = (row["kind"], row["name"], row["because"], sight.origin)
        found.setdefault(key, row)
        pages.setdefault(key, set()).add(sight.page)
    return [row | {"more": len(pages[key]) - 1} for key, row in found.items()]


def _finding(sight: Sight, state: State, because: Because, purposes: frozenset[str]) -> dict[str, Any]:
    return {
        "state": state.name,
        "page": sight.page,
        "kind": sight.kind.value,
        "name": _short(sight.name),
        "because": because.value,
        "origin": sight.origin,
        "form": sight.form,
        "purposes": sorted(purposes),
    }


def refusals_of(sights: Iterable[Sight], state: State, judge: Judge) -> list[dict[str, Any]]:
    """What the browser refused to load, as our Content-Security-Policy told it to: nothing was sent, so it is no finding,
    but good to know of."""
    rows = {
        _short(sight.name): {"state": state.name, "page": sight.page, "name": _short(sight.name), "form": sight.form}
        for sight in sights
        if sight.refused and not judge.verdict(sight, state)
    }
    return list(rows.values())


def _short(name: str) -> str:
    """An address without its query, where values of a person could be; and nothing endless."""
    return name.split("?")[0].split("#")[0][:300] if origin_of(name) != "://" else name[:300]
