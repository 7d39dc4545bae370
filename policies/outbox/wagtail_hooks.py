from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Letter


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Who may see, may see; nobody may add, change or delete, not even a superuser."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(Letter, ReadOnlyPolicy(Letter))


class LettersIndexView(IndexView):
    """The newest first, with their mailings."""

    def get_base_queryset(self) -> QuerySet[Letter]:
        return super().get_base_queryset().select_related("mailing")


class LettersViewSet(ModelViewSet):
    """What was written to whom and what became of it; addresses are masked."""

    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = _("Letters")
    menu_order = 600
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = LettersIndexView
    exclude_form_fields: list[str] = []  # Wagtail builds a form even where nobody may open it
    ordering = ("-pk",)
    list_display: list[Any] = [
        TitleColumn("mailing.kind", label=_("Kind"), url_name="letters:inspect"),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("language", label=_("Language")),
        Column("masked_address", label=_("Address")),
        DateColumn("due_at", label=_("Due"), sort_key="due_at"),
        DateColumn("ended_at", label=_("Sent or ended"), sort_key="ended_at"),
    ]
    list_filter = {"state": ["exact"], "language": ["exact"], "mailing__kind": ["exact"]}
    inspect_view_fields = [
        "mailing",
        "state",
        "language",
        "masked_address",
        "due_at",
        "attempts",
        "answer",
        "message_id",
        "ended_at",
    ]


@hooks.register("register_admin_viewset")
def letters_viewset() -> LettersViewSet:
    """The menu item "Letters"."""
    return LettersViewSet()
