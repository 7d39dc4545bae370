"""What a page declares: the services that wait, and the facts by which the browser decides about them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.cookies import CookieError, Morsel
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .knowing import Declared, Known, known
from .models import Service
from .models.purposes import Signal
from .rules import Answer

TAGS: dict[str, str] = {Service.Form.SCRIPT: "script", Service.Form.FRAME: "iframe", Service.Form.IMAGE: "img"}
"""What becomes of a service in the page."""


def facts(now: Known) -> dict[str, Any]:
    """What the page's script has to know; the same for everybody."""
    asked = [now.purposes[code] for code in now.asked]
    return {
        "renewed_in": {code: number for code, number in now.renewed_in.items() if code in now.asked},
        "gpc": sorted(now.switched_off_by_signal.intersection(now.asked)),
        "signals": {signal: [each.code for each in asked if signal in each.signals] for signal in Signal.values},
        "cookies": {purpose.code: _names(purpose, now) for purpose in asked},
        "zone": settings.TIME_ZONE,
    }


def _names(purpose: Declared, now: Known) -> list[str]:
    """The declared names, without any that would take an essential one along."""
    needed = [cookie.name for each in now.purposes.values() if not each.needs_consent for cookie in each.cookies]
    own = (cookie.name for cookie in purpose.cookies)
    return [name for name in own if not any(is_like(each, name) or is_like(name, each) for each in needed)]


def is_like(name: str, pattern: str) -> bool:
    """Whether a name is the declared one; one that ends in * stands for all that begin like it."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def waiting(now: Known) -> dict[str, Service]:
    """The services whose purpose people are asked for, by code. No other is ever loaded."""
    return {service.code: service for service in now.services if service.purpose in now.asked}


def everywhere(now: Known) -> list[Service]:
    """Those on every page. A frame has no place of its own there."""
    return [service for service in waiting(now).values() if service.everywhere and service.form != Service.Form.FRAME]


def declare(request: HttpRequest | None) -> None:
    """Say that the page of this request holds something that waits."""
    if request is not None:
        request.declares_services = True  # type: ignore[attr-defined]


def is_declaring(request: HttpRequest) -> bool:
    """Whether anything in the page waits; on all others the browser's rules stay strict for everybody."""
    return getattr(request, "declares_services", False)


def expire_cookies(request: HttpRequest, response: HttpResponse, answers: Mapping[str, Answer]) -> HttpResponse:
    """Take back what purposes without a yes have left on the device: their declared cookies, at this host and above."""
    others = [name for name in request.COOKIES if not name.startswith("kept_")]
    if not others:
        return response
    now = known(settings.LANGUAGE_CODE)
    granted = {code for code in now.asked if code in answers and answers[code].granted}
    names = {code: _names(now.purposes[code], now) for code in now.asked}
    for cookie in others:
        users = {code for code, patterns in names.items() if any(is_like(cookie, each) for each in patterns)}
        if users and not users & granted:
            _expire(cookie, request, response)
    return response


def _expire(cookie: str, request: HttpRequest, response: HttpResponse) -> None:
    """A name that cannot be in a header was not set by anything declared."""
    with suppress(CookieError):
        for domain in ("", *_domains(request.get_host())):
            response.cookies[f"{cookie} {domain}"] = _expired(cookie, domain)


def _domains(host: str) -> Iterator[str]:
    """The host and what is above it, as far as a cookie may be set for it; none of an address made of numbers."""
    labels = host.rpartition(":")[0].split(".") if ":" in host else host.split(".")
    if not labels[-1].isdigit():
        yield from (".".join(labels[first:]) for first in range(len(labels) - 1))


def _expired(name: str, domain: str) -> "Morsel[str]":
    """`set_cookie` knows one cookie of a name; here are as many as there are domains."""
    morsel: Morsel[str] = Morsel()
    morsel.set(name, "", '""')
    morsel.update({"max-age": "0", "path": "/", "expires": "Thu, 01 Jan 1970 00:00:00 GMT"})
    if domain:
        morsel["domain"] = domain
    return morsel
