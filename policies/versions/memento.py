"""Old versions for machines: Memento (RFC 7089) and the relations between versions (RFC 5829).

A version that has taken effect is a memento of the document, dated by the moment it took effect. What is only announced is
not one yet, and what was cancelled never becomes one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _

from common.shelf import shelve

from .history import History
from .models.versions import Version

LINK_FORMAT = "application/link-format"


def memento_headers(request: HttpRequest, response: Any, page: Any, history: History, version: Version | None) -> Any:
    """Say where the other versions are; with a version, also which one this is. `None` is the document itself."""
    base = _base(request, page)
    response["Link"] = ", ".join(_links(base, history, version))
    if version and version in _mementos(history):
        response["Memento-Datetime"] = _http_date(version.effective_at)
    return response


def timegate(request: HttpRequest, page: Any) -> HttpResponse:
    """Sends on to the version that was in force at `Accept-Datetime`; before the first one to the first (4.5.3)."""
    history = History.of_page(page)
    mementos = _mementos(history)
    wanted = request.headers.get("Accept-Datetime")
    try:
        moment = datetime.fromtimestamp(parse_http_date(wanted), UTC) if wanted else history.at
    except (ValueError, OverflowError):
        return HttpResponse(
            _("Accept-Datetime has to be a date as in RFC 7231."), status=400, content_type="text/plain"
        )
    if not mementos:
        return HttpResponse(_("This document has not been published yet."), status=404, content_type="text/plain")
    chosen = next((version for version in mementos if version.effective_at <= moment), mementos[-1])
    base = _base(request, page)
    response = HttpResponseRedirect(f"{base}versions/{chosen.permalink}/")
    response["Vary"] = "Accept-Datetime"
    response["Link"] = ", ".join(_links(base, history, None))
    return response


def timemap(request: HttpRequest, page: Any) -> HttpResponse:
    """All mementos, the oldest first, in link format."""
    history, base = History.of_page(page), _base(request, page)
    lines = [
        f'<{base}>; rel="original"',
        f'<{base}timemap/>; rel="self"; type="{LINK_FORMAT}"',
        f'<{base}timegate/>; rel="timegate"',
        *_memento_lines(base, _mementos(history)),
    ]
    return shelve(request, HttpResponse(",\n".join(lines) + "\n", content_type=LINK_FORMAT))


def _memento_lines(base: str, newest_first: list[Version]) -> Iterator[str]:
    mementos = newest_first[::-1]
    for at, version in enumerate(mementos):
        place = " ".join(["first"] * (at == 0) + ["last"] * (at == len(mementos) - 1) + ["memento"])
        yield _memento(base, version, place)


def _links(base: str, history: History, version: Version | None) -> Iterator[str]:
    mementos = _mementos(history)
    yield f'<{base}>; rel="original latest-version"'
    yield f'<{base}timegate/>; rel="timegate"'
    yield f'<{base}timemap/>; rel="timemap"; type="{LINK_FORMAT}"'
    yield f'<{base}versions/>; rel="version-history"'
    if mementos:
        yield _memento(base, mementos[-1], "first memento")
        yield _memento(base, mementos[0], "last memento")
    if version:
        yield from _neighbours(base, history, version)


def _neighbours(base: str, history: History, version: Version) -> Iterator[str]:
    before = history.predecessor(version)
    after = next((each for each in reversed(history.standing) if each.number > version.number), None)
    if before:
        yield f'<{base}versions/{before.permalink}/>; rel="predecessor-version"'
    if after:
        yield f'<{base}versions/{after.permalink}/>; rel="successor-version"'


def _memento(base: str, version: Version, relation: str) -> str:
    moment = _http_date(version.effective_at)
    return f'<{base}versions/{version.permalink}/>; rel="{relation}"; datetime="{moment}"'


def _mementos(history: History) -> list[Version]:
    """The versions that have been in force, newest first."""
    return [version for version in history.standing if version.effective_at <= history.at]


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _base(request: HttpRequest, page: Any) -> str:
    return request.build_absolute_uri(page.get_url(request))
