"""A page of ours that frames one service, under a policy that allows this one: for the button "Load once".

The page around it keeps the policy it came with. It frames an address of ours, and this answer alone lets the service in.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from .csp import openings_of, policy_update
from .deciding import current_language, may
from .gating import TAGS, waiting
from .knowing import known
from .models import Service
from .signal import sends_opt_out

OWN_FRAME = "'self'"
SANDBOX = ["allow-scripts", "allow-popups", "allow-forms"]
"""A script in a page of ours could read everything of the page around it; in a sandbox it has an origin of its own."""


@never_cache
@xframe_options_sameorigin
@require_safe
def load_once(request: HttpRequest, code: str) -> HttpResponse:
    """The service, if our own page frames it: a link from elsewhere, or typing the address, loads nothing."""
    service = _service(code)
    return _framed(request, service, loads=_is_framed_by_us(request) and not _is_switched_off(request, service))


@never_cache
@xframe_options_sameorigin
@require_safe
def load_allowed(request: HttpRequest, code: str) -> HttpResponse:
    """The service, if this visitor allows its purpose: what people without JavaScript see of a frame."""
    service = _service(code)
    return _framed(request, service, loads=_is_framed_by_us(request) and bool(may(request, service.purpose)))


def _service(code: str) -> Service:
    service = waiting(known(current_language())).get(code)
    if service is None:
        raise Http404("There is no such service.")
    return service


def _is_framed_by_us(request: HttpRequest) -> bool:
    """By Fetch Metadata, which no page can set; old browsers send none, and get the link instead."""
    names = ("Sec-Fetch-Dest", "Sec-Fetch-Site")
    return [request.headers.get(name) for name in names] == ["iframe", "same-origin"]


def _is_switched_off(request: HttpRequest, service: Service) -> bool:
    """A signal stands above a click."""
    return sends_opt_out(request) and service.purpose in known(current_language()).switched_off_by_signal


def _framed(request: HttpRequest, service: Service, *, loads: bool) -> HttpResponse:
    context = {"service": service, "tag": TAGS[service.form], "loads": loads}
    response = render(request, "choices/once.html", context)
    rules: dict[str, list[str]] = {"frame-ancestors": [OWN_FRAME]}
    if loads:
        opened = policy_update(openings_of([service]), [service.purpose])
        own = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        rules |= {directive: [*own.get(directive, []), *origins] for directive, origins in opened.items()}
        if service.form == Service.Form.SCRIPT:
            rules["sandbox"] = SANDBOX
    response._csp_replace = rules  # type: ignore[attr-defined]  # as django-csp's own decorators do
    return response
