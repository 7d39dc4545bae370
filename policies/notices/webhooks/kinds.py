"""What can be told, and where an endpoint or a delivery stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """`thing.happened`, as in the ledger."""

    ANNOUNCED = "version.announced", _("A version is announced")
    IN_FORCE = "version.in_force", _("A version takes effect")
    CANCELLED = "version.cancelled", _("An announced version is cancelled")
    CORRECTED = "version.corrected", _("An erratum is published")
    WITHDRAWN = "version.withdrawn", _("A policy is withdrawn")
    TRANSLATED = "version.translation_added", _("A translation is added or corrected")


TEST = "webhook.test"
"""The type of a message that staff send to see whether it arrives; nobody subscribes to it."""


class Standing(models.TextChoices):
    """Where an endpoint stands."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    DISABLED = "disabled", _("switched off")


class DeliveryState(models.TextChoices):
    """Where a delivery stands. One waiting for another try has a later `due_at`."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")


OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)
ENDED = (DeliveryState.DELIVERED, DeliveryState.FAILED)
