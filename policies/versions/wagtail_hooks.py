from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .completeness import missing_in
from .models import VersionedPage


@hooks.register("insert_global_admin_css")
def redline_css() -> str:
    """The redline looks the same to editors, auditors and the public."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/redline.css"))


@hooks.register("before_bulk_action")
def refuse_unfinished_texts(request: HttpRequest, action: str, pages: Iterable[Any], view: Any) -> HttpResponse | None:
    """Publishing in bulk asks no form, so what is missing is said here, for all pages at once."""
    if action != "publish":
        return None
    unfinished = {page: _missing(page) for page in pages}
    for page, missing in unfinished.items():
        if missing:
            messages.error(request, f"{page.get_admin_display_title()}: {' '.join(missing)}")
    return redirect(view.next_url) if any(unfinished.values()) else None


def _missing(page: Any) -> list[str]:
    revision = page.get_latest_revision()
    draft = revision.as_object() if revision else page.specific
    return missing_in(draft) if isinstance(draft, VersionedPage) else []


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What a page's history in the admin says of its versions."""
    actions.register_action("versions.announced", "Version announced", "A version was frozen and announced")
    actions.register_action("versions.translated", "Translation added", "A translation was added to a version")
