"""Global Privacy Control (W3C, editor's draft of 2026-04-03): the signal as a browser sends it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

HEADER = "HTTP_SEC_GPC"
ON = "1"


def sends_opt_out(request: HttpRequest) -> bool:
    """Whether the browser sends Global Privacy Control."""
    return is_on(request.META)


def is_on(environ: Mapping[str, Any]) -> bool:
    """The value 1, exactly; of several headers, which servers join by commas, one is enough."""
    return ON in (value.strip(" \t") for value in str(environ.get(HEADER, "")).split(","))
