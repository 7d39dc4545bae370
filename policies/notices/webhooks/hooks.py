"""Webhooks in Wagtail's admin. Imported by `wagtail_hooks`, because importing registers."""

from typing import Any

from django.forms import modelform_factory
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from .forms import EndpointForm
from .models import WebhookEndpoint
from .views import CreateEndpoint, EndpointPage, Endpoints, act, send_again


class WebhooksViewSet(ModelViewSet):
    """Endpoints; the pages of each tell what was sent to it."""

    model = WebhookEndpoint
    name = "webhooks"
    icon = "link"
    menu_label = _("Webhooks")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = Endpoints
    add_view_class = CreateEndpoint
    inspect_view_class = EndpointPage
    inspect_template_name = "notices/webhooks/endpoint.html"
    form_fields = ["name", "url", "events", "work"]
    inspect_view_fields = ["name", "url"]
    list_display: list[Any] = [
        TitleColumn("name", label=_("Name"), url_name="webhooks:inspect"),
        Column("url", label=_("Address")),
        Column("get_standing_display", label=_("State"), sort_key="standing"),
        DateColumn("failing_since", label=_("Failing since"), sort_key="failing_since"),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(self.model, form=EndpointForm, fields=self.form_fields)

    def get_urlpatterns(self) -> list[Any]:
        verbs = r"^(?P<pk>\d+)/(?P<verb>test|rotate|pause|resume)/$"
        return [
            *super().get_urlpatterns(),
            re_path(verbs, act, name="act"),
            path("deliveries/<int:pk>/again/", send_again, name="again"),
        ]


@hooks.register("register_admin_viewset")
def webhooks_viewset() -> WebhooksViewSet:
    """The entry "Webhooks" among the settings."""
    return WebhooksViewSet()


LOGGED = {
    "disabled": (_("Webhook switched off"), _("The webhook was switched off because it does not answer")),
    "rotated": (_("Secret changed"), _("The webhook got a new secret")),
    "paused": (_("Webhook paused"), _("The webhook was paused")),
    "resumed": (_("Webhook resumed"), _("Messages are sent to the webhook again")),
    "sent_again": (_("Message sent again"), _("A message was sent to the webhook again")),
}


@hooks.register("register_log_actions")
def log_webhooks(actions: Any) -> None:
    """What an endpoint's history says."""
    for name, (label, sentence) in LOGGED.items():
        actions.register_action(f"webhooks.{name}", label, sentence)
