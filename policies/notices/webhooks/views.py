"""Staff's pages of an endpoint: what was sent to it, what can be done, and its secret, once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST
from wagtail.admin.views.generic import CreateView, IndexView, InspectView

from . import actions
from .keys import opened
from .kinds import Standing
from .models import WebhookDelivery, WebhookEndpoint
from .recording import send_test

CHANGE = "notices.change_webhookendpoint"
SHOWN = 100
"""Deliveries on the page of an endpoint, the newest first."""


class Endpoints(IndexView):
    """All of them."""

    any_permission_required = ["add", "change", "delete", "view"]


class CreateEndpoint(CreateView):
    """Shows the secret in the answer itself: it is never stored in a session, and reloading makes nothing anew."""

    def save_action(self) -> HttpResponse:
        return secret_page(self.request, self.object, opened(self.object.secret), is_new=True)


class EndpointPage(InspectView):
    """What it wants, how it does, and what became of every message."""

    template_name = "notices/webhooks/endpoint.html"
    page_title = lazy("Webhook")
    object: WebhookEndpoint

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.object.deliveries.select_related("event__version").prefetch_related("tries").order_by("-pk")
        return super().get_context_data(
            endpoint=self.object,
            deliveries=newest[:SHOWN],
            may_change=self.request.user.has_perm(CHANGE),
            is_active=self.object.standing == Standing.ACTIVE,
            **kwargs,
        )


def secret_page(request: HttpRequest, endpoint: WebhookEndpoint, secret: str, *, is_new: bool) -> HttpResponse:
    """The only time that anybody sees it."""
    context = {"endpoint": endpoint, "secret": secret, "is_new": is_new, "overlap": actions.OVERLAP}
    response = TemplateResponse(request, "notices/webhooks/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One of the buttons of an endpoint."""
    endpoint = get_object_or_404(_allowed(request), pk=pk)
    if verb == "rotate":
        return secret_page(request, endpoint, actions.rotate_secret(endpoint, by=request.user), is_new=False)
    said = _do(request, endpoint, verb)
    messages.success(request, said)
    return redirect(reverse("webhooks:inspect", args=[endpoint.pk]))


def _do(request: HttpRequest, endpoint: WebhookEndpoint, verb: str) -> str:
    if verb == "pause":
        actions.pause(endpoint, by=request.user)
        return _("Paused. What happens meanwhile waits.")
    if verb == "resume":
        actions.resume(endpoint, by=request.user)
        return _("Messages are sent again.")
    if verb == "test":
        send_test(endpoint)
        return _("A test message is on its way. Reload this page in a few seconds.")
    raise Http404


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The button of one delivery."""
    endpoints = _allowed(request)
    delivery = get_object_or_404(
        WebhookDelivery.objects.select_related("endpoint"), pk=pk, endpoint__in=endpoints.all()
    )
    if actions.send_again(delivery, by=request.user):
        messages.success(request, _("The message is on its way again, with the same id."))
    else:
        messages.warning(request, _("This message is still on its way."))
    return redirect(reverse("webhooks:inspect", args=[delivery.endpoint_id]))


def _allowed(request: HttpRequest) -> Any:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    return WebhookEndpoint.objects
