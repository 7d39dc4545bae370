"""What staff do to an endpoint."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from common import clock

from .keys import locked, new_secret
from .kinds import ENDED, DeliveryState, Standing
from .models import WebhookDelivery, WebhookEndpoint

OVERLAP = timedelta(hours=24)
"""How long a former secret signs beside the new one, so that the receiver has time to change."""


@transaction.atomic
def rotate_secret(endpoint: WebhookEndpoint, *, by: Any) -> str:
    """A new secret, returned in the open for the only time; the former one signs as well for a day."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    secret = new_secret()
    endpoint.former_secret, endpoint.former_until = endpoint.secret, clock.now() + OVERLAP
    endpoint.secret = locked(secret)
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    log(instance=endpoint, action="webhooks.rotated", user=by)
    return secret


def forget_former_secrets() -> int:
    """Secrets that sign no more are not kept; returns how many that were."""
    over = WebhookEndpoint.objects.filter(former_until__lte=clock.now())
    return over.update(former_secret="", former_until=None)


@transaction.atomic
def pause(endpoint: WebhookEndpoint, *, by: Any) -> None:
    """Hold everything back. What happens meanwhile is written down and waits."""
    _set(endpoint, Standing.PAUSED, "webhooks.paused", by)


@transaction.atomic
def resume(endpoint: WebhookEndpoint, *, by: Any) -> None:
    """Send again, also to an endpoint that had been switched off; it begins with a clean slate."""
    _set(endpoint, Standing.ACTIVE, "webhooks.resumed", by)


def _set(endpoint: WebhookEndpoint, standing: Standing, action: str, by: Any) -> None:
    endpoint.standing, endpoint.standing_because, endpoint.failing_since = standing, "", None
    endpoint.save(update_fields=["standing", "standing_because", "failing_since"])
    log(instance=endpoint, action=action, user=by)


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, by: Any) -> bool:
    """Once more, with the same id, so that a receiver that has it can tell; False while it is still on its way."""
    ended = WebhookDelivery.objects.filter(pk=delivery.pk, state__in=ENDED)
    is_again = ended.update(state=DeliveryState.WAITING, ended_at=None, due_at=clock.now(), attempts=0)
    if is_again:
        log(instance=delivery.endpoint, action="webhooks.sent_again", user=by, data={"id": delivery.event.uid})
    return bool(is_again)
