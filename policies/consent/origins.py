"""Whether a form was sent from a page of ours. Cached pages hold no token, so the browser itself is the witness."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form comes from this site (Fetch Metadata; RFC 6454, section 7).

    A page cannot set either header for another site's form. Where a browser sends neither, nobody knows: the visitor is
    asked to confirm.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and (_is_own(origin, request) or origin in settings.CSRF_TRUSTED_ORIGINS)


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the form carries the token of our page that asks to confirm."""
    check = CsrfViewMiddleware(lambda _request: None)  # type: ignore[arg-type]  # it is asked, not run
    check.process_request(request)
    return "csrfmiddlewaretoken" in request.POST and check.process_view(request, _guarded, (), {}) is None


def _guarded(request: HttpRequest) -> HttpResponse:
    """A view that wants a token, for Django's own check to look at."""
    return HttpResponse()


def _is_own(origin: str, request: HttpRequest) -> bool:
    told = urlsplit(origin)
    return (told.scheme, told.netloc) == (request.scheme, request.get_host())
