"""What stands between every request and its view."""

import re
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from wagtail.log_actions import LogContext

from policies.consent.csp import class_for

from .problems import problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
STAFF_PREFIX = "/admin/"
API_PREFIX = "/api/"


class PathLanguage(LocaleMiddleware):
    """The path alone decides the language, so no answer varies by what a browser asks for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """Strict for the public, opened by what a visitor allows to what they allow; wider for the staff's pages, which carry
    inline scripts and are framed by the preview."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(STAFF_PREFIX):
            response["X-Frame-Options"] = "SAMEORIGIN"
            return super().process_response(request, response)
        return _of_class(request, super().process_response(request, response))

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(STAFF_PREFIX):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def _of_class(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With the policy of the visitor's class, which no shared cache may hand to others."""
    adaptation = class_for(request, response)
    if adaptation:
        for name, value in adaptation.headers:
            response[name] = value
        patch_cache_control(response, private=True)
    return response


class _RequestLogContext(LogContext):
    """Names the actor when the log line is written: a token is checked long after the middleware ran."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        super().__init__()

    @property
    def user(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @user.setter
    def user(self, value: Any) -> None:
        """Wagtail's own context sets nothing here that the request does not know."""


class Actor:
    """Wagtail knows who acts inside of its admin only; this names the actor for the API and for signals too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _RequestLogContext(request):
            return self.get_response(request)


class NotTooLarge:
    """Refuses large bodies from strangers before anything reads them. Staff upload files, and Wagtail limits those."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        is_staff = request.path_info.startswith(STAFF_PREFIX)
        if not is_staff and length.isdigit() and int(length[:18]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            if request.path_info.startswith(API_PREFIX):
                return problem(request, 413, "The body is too large.")
            return render(request, "too_large.html", status=413)
        return self.get_response(request)


class PossibleQueries:
    """Wagtail's API hands a query on to the database, which knows no NUL and no number of 30 digits."""

    IMPOSSIBLE = re.compile(r"%00|\d{19,}")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if request.path_info.startswith(API_PREFIX) and self.IMPOSSIBLE.search(query):
            return problem(request, 400, "The query holds a NUL character or a number that is too large.")
        return self.get_response(request)


class AtomicWrites:
    """A request that may write is one transaction: a publish whose version cannot be frozen publishes nothing.

    Like `ATOMIC_REQUESTS`, but not for reads: on SQLite every transaction waits for the one writer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> Any:
        if request.method in SAFE_METHODS or "non_atomic" in getattr(view, "__dict__", {}):
            return None
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                # Refused, or gone wrong: the API turns exceptions into answers, and nothing of it may stay.
                transaction.set_rollback(True)
            return response
