"""The page of one section."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from common.shelf import shelve

from .. import reading
from ..history import History
from .histories import NoSuchSection, section_history, with_redlines

LINES = 20
"""Changes on one page; each has its redline."""


def section_page(request: HttpRequest, page: Any, anchor: str) -> HttpResponse:
    """How one section reads now and what changed it. A former anchor leads to the present one."""
    history = History.of_page(page)
    try:
        section = section_history(history, anchor)
    except NoSuchSection:
        return reading.kindly_missing(request, page, history, _("This document has never had such a section."))
    if section.anchor != anchor:
        return HttpResponseRedirect(f"{page.get_url(request)}sections/{section.anchor}/")
    shown = Paginator(section.changes, LINES).get_page(request.GET.get("page"))
    context = {
        **reading.frame(page, history),
        "section": section,
        "shown": shown,
        "lines": with_redlines(history, section, list(shown)),
        "feed_url": f"{page.get_url(request)}sections/{section.anchor}/feed",
    }
    response = TemplateResponse(request, "versions/section_history.html", context)
    # Only the one address of a page of the list is kept: invented numbers would fill the shelf.
    is_plain = request.GET.urlencode() == f"page={shown.number}"
    return shelve(request, response, query={"page"} if is_plain else set())
