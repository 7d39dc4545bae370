from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .views.base import LEDGER_READERS, READERS


class ReadersItem(MenuItem):
    """Shown to those whom the page behind it lets in."""

    def __init__(self, label: str | Promise, url: Any, *, readers: Sequence[str] = READERS, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.readers = readers

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perms(self.readers)


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern | URLResolver]:
    """The reading room, under the address of the admin."""
    return [path("audit/", include("policies.audit.urls"))]


@hooks.register("register_admin_menu_item")
def audit_menu() -> SubmenuMenuItem:
    """The menu "Audit"; who may see none of its pages sees no menu either."""
    items = [
        ReadersItem(_("Versions"), reverse_lazy("audit:versions"), icon_name="history", order=1),
        ReadersItem(_("Notices"), reverse_lazy("audit:notices"), icon_name="mail", order=2),
        ReadersItem(_("Choices by version"), reverse_lazy("audit:choices"), icon_name="tasks", order=3),
        ReadersItem(_("Self-audit"), reverse_lazy("audit:self_audits"), icon_name="desktop", order=4),
        ReadersItem(_("Ledger"), reverse_lazy("audit:ledger"), readers=LEDGER_READERS, icon_name="list-ol", order=5),
    ]
    return SubmenuMenuItem(_("Audit"), Menu(items=items), name="audit", icon_name="glasses", order=650)
