"""The example's third party: a map and a counter of visits on another origin of the same machine.

It stands for what real sites embed, so that anybody can watch it wait for consent. It exists only where the setting
`EXAMPLE_PARTNER` names its host, and keeps nothing.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port

FILES = Path(__file__).parent / "outside"
PAGES = {
    "/map/": ("map.html", "text/html; charset=utf-8"),
    "/visits.js": ("visits.js", "text/javascript; charset=utf-8"),
}
BEACON = "/visit"


class Partner:
    """Answers whatever is asked of the partner's host; nothing of ours is reached there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.EXAMPLE_PARTNER:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        return answer(request) if host == settings.EXAMPLE_PARTNER else self.get_response(request)


def answer(request: HttpRequest) -> HttpResponse:
    """The map, the counter's script, and where that sends its beacon."""
    if request.path_info == BEACON and request.method == "POST":
        return HttpResponse(status=204)
    if request.path_info not in PAGES or request.method not in ("GET", "HEAD"):
        return HttpResponse("Nothing here.\n", status=404, content_type="text/plain")
    name, content_type = PAGES[request.path_info]
    response = HttpResponse((FILES / name).read_bytes(), content_type=content_type)
    response["Cache-Control"] = "no-store"  # so that every load is seen in the network panel
    response["Access-Control-Allow-Origin"] = "*"
    return response
