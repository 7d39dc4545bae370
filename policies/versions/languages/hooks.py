"""What translators see of all this in Wagtail's own pages and in the editor of wagtail-localize.

Imported by `wagtail_hooks`, because importing registers. wagtail-localize takes an edit view over by the same hook as we
use here; ours comes first, and is independent of its templates.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from ..completeness import missing_in
from ..models import VersionedPage
from .basis import running_translation
from .since import SinceTranslation, since_translation
from .translated import is_translation
from .views import SinceTranslationView

BEFORE_LOCALIZE = -10


@hooks.register("register_admin_urls")
def translators_urls() -> list[Any]:
    """The page of the translators, under the address of the admin."""
    return [path("policies/<int:pk>/since-translation/", SinceTranslationView.as_view(), name="since_translation")]


@hooks.register("register_page_header_buttons")
def since_translation_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Leads from a translation to what changed in its original."""
    is_text = isinstance(page.specific, VersionedPage) and page.permissions_for_user(user).can_edit()
    if is_text and is_translation(page):
        url = reverse("since_translation", args=[page.pk])
        yield Button(_("What changed in the original"), url, icon_name="wagtail-localize-language", priority=58)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def tell_translators(request: HttpRequest, page: Page) -> HttpResponse | None:
    """In the editor of wagtail-localize: how much is to do, and no publishing of a promise that lost its number."""
    running = running_translation(page) if isinstance(page, VersionedPage) else None
    if running is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        missing = missing_in(running.source.get_ephemeral_translated_instance(running.target_locale, fallback=True))
        if missing:
            messages.error(request, " ".join(missing))
            return redirect(request.path)
    since = since_translation(page) if request.method == "GET" else None
    if since and (since.to_do or since.is_behind):
        url = reverse("since_translation", args=[page.pk])
        messages.info(request, told(since), buttons=[messages.button(url, _("See what changed"))])
    return None


def told(since: SinceTranslation) -> str:
    """How much is to do, in a sentence."""
    if since.last is None:
        start = _("Readers have not been given a translation yet.")
    else:
        words = _("The original has changed since version %(name)s, which was translated last.")
        start = words % {"name": since.last.text.version.permalink}
    count = ngettext("%(count)d section is to be translated.", "%(count)d sections are to be translated.", since.open)
    return f"{start} {count % {'count': since.open}}"
