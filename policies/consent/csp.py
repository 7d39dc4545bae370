"""What the browser itself lets a page load from others: one Content-Security-Policy for each class of visitors.

A class is the set of purposes, among those that a service waits for, which a visitor allows by their cookie `kept_allows`. It
is read and not verified: whoever forges it loosens the rules of their own browser, and only for services that are declared.
"""

import logging
import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest

from common import clock
from common.shelf import ADAPTS, MARK, Adaptation

from .gating import is_declaring
from .knowing import Known, known
from .models import Service
from .remembering import SHOWN_IN, read
from .rules import Answer, decide
from .signal import is_on

logger = logging.getLogger(__name__)

HEADER = "Content-Security-Policy"
OPENS: dict[str, tuple[str, ...]] = {
    Service.Form.SCRIPT: ("script-src", "connect-src", "img-src"),
    Service.Form.FRAME: ("frame-src",),
    Service.Form.IMAGE: ("img-src",),
}
"""The directives that a service needs: a script asks for more scripts, reports, and draws; a frame has rules of its own."""

_ORIGIN = re.compile(r"\Ahttps?://(?:\*\.)?[a-z0-9](?:[a-z0-9.\-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?\Z")
_COOKIE = re.compile(rf"(?:^|;) *{SHOWN_IN}=([^;]*)")

Openings = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By purpose, the sources that each directive is opened to."""


def origin_of(address: str) -> str:
    """Scheme, host and port, as a policy names them; nothing where that cannot be said safely."""
    try:
        parts = urlsplit(address.strip())
        host = (
            (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname
        )
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    origin = f"{parts.scheme}://{host}{port}"
    return origin if _ORIGIN.match(origin) else ""


def openings_of(services: Iterable[Service]) -> Openings:
    """What each purpose opens, by the services that wait for it."""
    found: dict[str, dict[str, list[str]]] = {}
    for service in services:
        origins = [origin for line in (service.address, *service.origins.split()) if (origin := origin_of(line))]
        for directive in OPENS.get(service.form, ()):
            found.setdefault(service.purpose, {}).setdefault(directive, []).extend(origins)
    return {purpose: {name: tuple(own) for name, own in opened.items()} for purpose, opened in found.items()}


def policy_update(openings: Openings, allowed: Collection[str]) -> dict[str, list[str]]:
    """What the policy of a class has beyond the strict one."""
    update: dict[str, list[str]] = {}
    for purpose in sorted(allowed):
        for directive, origins in openings.get(purpose, {}).items():
            update.setdefault(directive, []).extend(origins)
    return {directive: sorted(set(origins)) for directive, origins in update.items()}


def allowed_by(words: str, *, signal: bool, now: Known) -> Iterator[str]:
    """The purposes that a cookie allows today."""
    today = clock.today()
    for purpose, answer in _answers(words):
        off = signal and purpose in now.switched_off_by_signal
        if decide(answer, today=today, renewed_in=now.renewed_in.get(purpose, 0), signal=off):
            yield purpose


@lru_cache(maxsize=1024)
def _answers(words: str) -> tuple[tuple[str, Answer], ...]:
    """What a cookie says; one that cannot be read says nothing."""
    try:
        return tuple(read(words).answers.items())
    except ValueError:
        return ()


def class_of(environ: Mapping[str, Any], now: Known) -> Adaptation | None:
    """The class of whoever asks; None for the strict one, which is everybody's."""
    found = _COOKIE.search(environ.get("HTTP_COOKIE") or "")
    if not found:
        return None
    openings = _openings(now)
    allowed = frozenset(allowed_by(found[1], signal=is_on(environ), now=now)) & openings.keys()
    return _class(frozenset(allowed), openings, now) if allowed else None


def _openings(now: Known) -> Openings:
    """Of the services of every language, where their purpose is one that people are asked for."""
    if "openings" not in now.made:
        now.made["openings"] = openings_of(Service.objects.filter(purpose__in=now.asked).order_by("code"))
    return now.made["openings"]


def _class(allowed: frozenset[str], openings: Openings, now: Known) -> Adaptation:
    """Made once. The policy itself tells the ETags apart: another service at the same page is another answer."""
    key = f"class {sorted(allowed)}"
    if key not in now.made:
        policy = build_policy(update=policy_update(openings, allowed))
        now.made[key] = Adaptation(sha256(policy.encode()).hexdigest()[:12], ((HEADER, policy),))
    return now.made[key]


class ByVisitor:
    """For the shelf: which class somebody is of. Costs nothing without the cookie, and no query until something changes."""

    def __init__(self) -> None:
        self.found: tuple[Hashable, Known] | None = None

    def __call__(self, environ: Mapping[str, Any], generation: Hashable) -> Adaptation | None:
        """The class, at a generation of the shelf."""
        if SHOWN_IN not in environ.get("HTTP_COOKIE", ""):
            return None
        try:
            return class_of(environ, self._now(generation))
        except Exception:
            # In doubt the strict policy; Django will say what is wrong.
            logger.exception("What a visitor allows cannot be told")
            return None

    def _now(self, generation: Hashable) -> Known:
        found = self.found
        if found is None or found[0] != generation:
            found = self.found = (generation, known(settings.LANGUAGE_CODE))
        return found[1]


def class_for(request: HttpRequest, response: Any) -> Adaptation | None:
    """The same for an answer of Django that nobody adapts later. Only pages that declare what waits need it."""
    if not is_declaring(request) or SHOWN_IN not in request.META.get("HTTP_COOKIE", ""):
        return None
    if MARK in response and request.META.get(ADAPTS):
        return None
    return class_of(request.META, known(settings.LANGUAGE_CODE))
