from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks

from .acting import hooks as acting_hooks  # noqa: F401  importing registers them
from .completeness import missing_in
from .languages import hooks as languages_hooks  # noqa: F401  importing registers them
from .models import PolicyPage, VersionedPage


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
    if not isinstance(draft, VersionedPage):
        return []
    elsewhere = (
        [_("A policy is announced on its own page, “What will happen”.")] if isinstance(draft, PolicyPage) else []
    )
    return [*missing_in(draft), *elsewhere]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What a page's history in the admin says of its versions."""
    actions.register_action("versions.announced", "Version announced", "A version was frozen and announced")
    actions.register_action("versions.translated", "Translation added", "A translation was added to a version")
