"""Pages for requests that cannot be answered."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is too large says so (RFC 9110, section 15.5.14); anything else gets Django's short answer."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "too_large.html", status=413)
    return defaults.bad_request(request, exception)
