from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, WorkflowMenuItem

from policies.versions.languages import is_translation
from policies.versions.models import PolicyPage

from .foresight.views import WhatWillHappen
from .webhooks import hooks as webhook_hooks  # noqa: F401  importing registers them


@hooks.register("register_admin_urls")
def foresight_urls() -> list[URLPattern]:
    """The page before an announcement."""
    return [path("policies/<int:pk>/what-will-happen/", WhatWillHappen.as_view(), name="what_will_happen")]


class WhatWillHappenItem(ActionMenuItem):
    """Leads from the editor to the page with the button."""

    name = "what-will-happen"
    label = _("What will happen …")
    icon_name = "view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("what_will_happen", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def announce_on_a_page_of_its_own(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A policy is not published from the editor: nobody announces what they have not seen. A translation announces nothing."""
    page = context.get("page")
    if not isinstance(page, PolicyPage) and context.get("page_class") is not PolicyPage:
        return
    if page and is_translation(page):
        return
    items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]
    for item in items:
        if isinstance(item, WorkflowMenuItem) and item.name == "approve":
            item.label = _("Approve")
    items.append(WhatWillHappenItem(order=5))
