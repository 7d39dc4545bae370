"""What of the acts is seen in Wagtail's own pages: links that lead to them, ways that are closed, words in its log.

Imported by `wagtail_hooks`, because importing registers.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, UnpublishMenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from ..history import History
from ..models import PolicyPage
from ..models.versions import Work
from .deeds import WITHDRAW, why_not
from .keeping import has_versions, kept_among, words


@hooks.register("register_admin_urls")
def acting_urls() -> list[Any]:
    """The pages of the acts, under the address of the admin."""
    return [path("", include("policies.versions.acting.urls"))]


@hooks.register("register_page_header_buttons")
def versions_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Leads from a policy to its versions."""
    if isinstance(page.specific, PolicyPage) and page.permissions_for_user(user).can_publish() and has_versions(page):
        label = gettext("Cancel, postpone, correct, withdraw …")
        yield Button(label, reverse("policy_versions", args=[page.pk]), icon_name="history", priority=55)


class VersionsItem(ActionMenuItem):
    """In the place of "Unpublish"."""

    name = "policy-versions"
    label = _("Cancel, postpone, correct, withdraw …")
    icon_name = "history"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and self.get_user_page_permissions_tester(context).can_publish()

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("policy_versions", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu", order=10)
def withdraw_instead_of_unpublishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A policy with versions has no button that would take its history from the public."""
    page = context.get("page")
    if isinstance(page, PolicyPage) and page.pk and has_versions(page):
        items[:] = [item for item in items if not isinstance(item, UnpublishMenuItem)]
        items.append(VersionsItem(order=60))


@hooks.register("before_unpublish_page")
def withdraw_instead(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Unpublishing a policy leads to its withdrawal; unpublishing what stands above one is refused with words."""
    return _instead(request, page, with_descendants=bool(request.POST.get("include_descendants")))


@hooks.register("before_delete_page")
def withdraw_instead_of_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The same for deleting, which always takes what is below."""
    return _instead(request, page, with_descendants=True)


def _instead(request: HttpRequest, page: Page, *, with_descendants: bool) -> HttpResponse | None:
    kept = list(kept_among([page], with_descendants=with_descendants))
    if not kept:
        return None
    messages.warning(request, words())
    return redirect(withdraw_url(kept[0]) if kept[0].pk == page.pk else reverse("wagtailadmin_explore", args=[page.pk]))


@hooks.register("before_bulk_action")
def keep_policies_in_bulk(request: HttpRequest, action: str, pages: Iterable[Any], view: Any) -> HttpResponse | None:
    """Bulk actions know no single page to lead to: they are refused, for all pages at once."""
    if action not in ("unpublish", "delete") or not all(isinstance(page, Page) for page in pages):
        return None
    with_descendants = action == "delete" or bool(request.POST.get("include_descendants"))
    kept = kept_among(pages, with_descendants=with_descendants)
    for page in kept:
        messages.error(request, f"{page.get_admin_display_title()}: {words()}")
    return redirect(view.next_url) if kept else None


def withdraw_url(page: PolicyPage) -> str:
    """The page that withdraws a policy; the list of its versions, where none is in force."""
    work = Work.objects.get(key=page.translation_key)
    history = History(work.key, language=work.source_language)
    if history.in_force and not why_not(WITHDRAW, history, history.in_force):
        return reverse("act_on_version", args=[page.pk, history.in_force.permalink, WITHDRAW.name])
    return reverse("policy_versions", args=[page.pk])


class ActFormatter(LogFormatter):
    """Names the version."""

    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.sentence) % {"name": log_entry.data.get("permalink", "–")}


LOGGED = {
    "cancel": (_("Version cancelled"), _("Version %(name)s was cancelled in public")),
    "postpone": (_("Version postponed"), _("Version %(name)s was postponed in public")),
    "correct": (_("Erratum"), _("An erratum to version %(name)s was published")),
    "withdraw": (_("Policy withdrawn"), _("The policy was withdrawn in public, with version %(name)s")),
}


@hooks.register("register_log_actions")
def log_acts(actions: Any) -> None:
    """What a page's history and the auditors' log say of the acts."""
    for name, (label, sentence) in LOGGED.items():
        formatter = type(f"{name.title()}Formatter", (ActFormatter,), {"label": label, "sentence": sentence})
        actions.register_action(f"versions.{name}")(formatter)
