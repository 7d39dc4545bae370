"""One version as a file: the canonical data, plain text, or a PDF."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from common.shelf import shelve

from . import formats
from .history import History, NoSuchVersion
from .memento import memento_headers
from .models.versions import VersionText

logger = logging.getLogger(__name__)

TYPES = {"json": "application/json", "txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}


def download(request: HttpRequest, page: Any, permalink: str, extension: str) -> HttpResponse:
    """A version in the language of the page, or in that of the original where it was not translated."""
    history = History.of_page(page)
    try:
        version = history.named(permalink)
    except NoSuchVersion:
        return _sorry(request, page, _("There is no version of this document by that date."), status=404)
    text = history.text(version)
    try:
        content = _content(text, extension)
    except formats.NotMade:
        logger.exception("The file %s of %s cannot be made", extension, version)
        return _sorry(request, page, _("This file cannot be made at the moment. The page itself can be printed."), 503)
    response = HttpResponse(content, content_type=TYPES[extension])
    response["Content-Language"] = text.language
    name = f"{version.work.slug}-{version.permalink}.{text.language}.{extension}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return shelve(request, memento_headers(request, response, page, history, version))


def _content(text: VersionText, extension: str) -> bytes:
    if extension == "json":
        return formats.as_json(text)
    return formats.as_text(text).encode() if extension == "txt" else formats.stored_pdf(text)


def _sorry(request: HttpRequest, page: Any, message: str, status: int) -> HttpResponse:
    context = {"page": page, "self": page, "message": message}
    return TemplateResponse(request, "versions/missing.html", context, status=status)
