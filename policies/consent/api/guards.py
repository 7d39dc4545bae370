"""What is looked at before the body of a request is read."""

import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError

from common.refusals import Refusal

from ..choosing import WITHIN, is_too_often
from .questions import KEY

Run = Callable[..., HttpResponse]
JSON = "application/json"
_KEY = re.compile(KEY)


def json_only(run: Run) -> Run:
    """A form would be read as broken JSON; it is told where it belongs instead."""

    @wraps(run)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if request.content_type != JSON:
            raise Refusal(415, f"Send {JSON}. Forms go to /choices/.", headers={"Accept": JSON})
        return run(request, **kwargs)

    return guarded


def keyed(run: Run) -> Run:
    """draft-ietf-httpapi-idempotency-key-header-07: without a key 400. Its quotation marks may be left out."""

    @wraps(run)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not _KEY.fullmatch(key_of(request)):
            raise HttpError(400, "Send `Idempotency-Key`: 20 to 100 letters, digits, hyphens and underscores.")
        return run(request, **kwargs)

    return guarded


def not_too_often(run: Run) -> Run:
    """The same limit as that of the form, shared with it."""

    @wraps(run)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if is_too_often(request):
            seconds = str(int(WITHIN.total_seconds()))
            raise Refusal(429, "Very many choices came from your network.", headers={"Retry-After": seconds})
        return run(request, **kwargs)

    return guarded


def key_of(request: HttpRequest) -> str:
    """The key, without the quotation marks of a structured field (RFC 9651)."""
    key = request.headers.get("Idempotency-Key", "").strip(" \t")
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
