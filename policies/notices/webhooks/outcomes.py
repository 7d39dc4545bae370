"""What becomes of a message after a try, and of an endpoint that does not answer."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common import clock
from policies.outbox.rules import LONGEST_WAIT, is_hopeless, wait_after, with_jitter

from .claims import held
from .kinds import DeliveryState, Standing
from .models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from .posting import Answer

GONE = 410
"""HTTP's word for: never again."""
DISABLED_AFTER = timedelta(days=5)
"""An endpoint that has failed for so long, without a single success, is switched off: as long as one message is tried."""


@transaction.atomic
def record(delivery: WebhookDelivery, answer: Answer, *, worker: str) -> None:
    """Write the try down, whoever holds the row by now; move the row only if the worker still holds it."""
    WebhookAttempt.objects.create(
        delivery=delivery, code=answer.code, milliseconds=round(answer.seconds * 1000), problem=answer.problem
    )
    if answer.is_success:
        _end(delivery, DeliveryState.DELIVERED, worker=worker)
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(failing_since=None)
        return
    is_over = _switched_off(delivery.endpoint_id, answer) or is_hopeless(delivery.attempts)
    if is_over:
        _end(delivery, DeliveryState.FAILED, worker=worker)
    else:
        _wait(delivery, answer, worker=worker)


def _end(delivery: WebhookDelivery, state: DeliveryState, *, worker: str) -> None:
    held(delivery, worker).update(state=state, ended_at=clock.now(), worker="", begun_at=None)


def _wait(delivery: WebhookDelivery, answer: Answer, *, worker: str) -> None:
    """Longer each time, and as long as the receiver asks for (RFC 9110, section 10.2.3), within reason."""
    asked = min(timedelta(seconds=answer.retry_after), LONGEST_WAIT)
    due_at = clock.now() + max(with_jitter(wait_after(delivery.attempts)), asked)
    held(delivery, worker).update(state=DeliveryState.WAITING, due_at=due_at, worker="", begun_at=None)


def _switched_off(pk: int, answer: Answer) -> bool:
    """Count a failure; whether the endpoint is switched off, now or since another message failed."""
    now = clock.now()
    WebhookEndpoint.objects.filter(pk=pk, failing_since=None).update(failing_since=now)
    endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=pk).first()
    if endpoint is None or endpoint.standing == Standing.DISABLED:
        return True
    is_long = endpoint.failing_since and now - endpoint.failing_since >= DISABLED_AFTER
    if answer.code == GONE:
        disable(endpoint, because=_("It answered that it is gone for good (410)."))
    elif is_long:
        disable(endpoint, because=_("It has failed for five days."))
    return endpoint.standing == Standing.DISABLED


def disable(endpoint: WebhookEndpoint, *, because: str) -> None:
    """Send it nothing more: what waits for it has failed, and staff can read why."""
    endpoint.standing, endpoint.standing_because = Standing.DISABLED, because
    endpoint.save(update_fields=["standing", "standing_because"])
    endpoint.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.FAILED, ended_at=clock.now())
    log(instance=endpoint, action="webhooks.disabled", data={"because": because})
