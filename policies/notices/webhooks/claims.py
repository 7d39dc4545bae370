"""Who may send a message: the row says so, as in the outbox."""

import os
import socket
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from common import clock

from .kinds import DeliveryState
from .models import DeliveryQuerySet, WebhookAttempt, WebhookDelivery

LEASE = timedelta(seconds=90)
"""How long a worker may keep a batch: many times what a POST may take. The messages of a killed worker wait that long."""
BATCH = 16
"""Sent at the same time, so that letters wait no longer than one POST may take."""
NAME = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
"""This process, as it signs what it has taken."""


@transaction.atomic
def claim(worker: str = NAME, *, lease: timedelta = LEASE, limit: int = BATCH) -> list[WebhookDelivery]:
    """Take what is due. No two workers ever get the same (PostgreSQL: SKIP LOCKED); a try counts from here on."""
    due = WebhookDelivery.objects.due().select_related("endpoint", "event")
    found = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
    _note_unknown_outcomes(found)
    now = clock.now()
    claimed = WebhookDelivery.objects.filter(pk__in=[each.pk for each in found])
    claimed.update(
        state=DeliveryState.SENDING, worker=worker, begun_at=now, due_at=now + lease, attempts=F("attempts") + 1
    )
    for delivery in found:
        delivery.attempts += 1
    return found


def _note_unknown_outcomes(deliveries: list[WebhookDelivery]) -> None:
    """A worker died with it in its hand: only the receiver knows whether it arrived. It comes again with the same id."""
    WebhookAttempt.objects.bulk_create(
        WebhookAttempt(delivery=each, at=each.begun_at, problem=f"outcome unknown: {each.worker} stopped"[:200])
        for each in deliveries
        if each.state == DeliveryState.SENDING and each.begun_at
    )


def held(delivery: WebhookDelivery, worker: str) -> DeliveryQuerySet:
    """The row, as long as the worker holds it."""
    return WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, worker=worker)
