from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from policies.versions.models import Version, Work

from .keys import locked, new_secret, opened
from .kinds import ENDED, OPEN, DeliveryState, EventType, Standing


class EndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Questions asked of endpoints, as adjectives."""

    def active(self) -> "EndpointQuerySet":
        """Those that are sent to."""
        return self.filter(standing=Standing.ACTIVE)

    def listening(self) -> "EndpointQuerySet":
        """Those for which events are written down: what a paused one misses waits for it."""
        return self.filter(standing__in=(Standing.ACTIVE, Standing.PAUSED))


class WebhookEndpoint(models.Model):
    """Where a program waits for messages, which ones it wants, and the secret with which they are signed for it.

    Secrets are kept locked with a key made of `SECRET_KEY`. After a change the former one signs as well for a while.
    `failing_since` is the first failure since the last success.
    """

    name = models.CharField(_("name"), max_length=100, help_text=_("For yourselves: which program listens there."))
    url = models.CharField(
        _("address"), max_length=500, unique=True, help_text=_("Begins with https://. It gets POST requests.")
    )
    events = models.JSONField(_("which events"), default=list)
    work = models.ForeignKey(
        Work,
        verbose_name=_("which document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty means all policies and products."),
    )
    standing = models.CharField(_("where it stands"), max_length=10, choices=Standing.choices, default=Standing.ACTIVE)
    standing_because = models.TextField(_("why"), blank=True)
    secret = models.TextField(editable=False)
    former_secret = models.TextField(blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        app_label = "notices"
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nobody signs without a secret."""
        self.secret = self.secret or locked(new_secret())
        super().save(*args, **kwargs)

    def wants(self, event_type: str, work: Work) -> bool:
        """Whether it asked for an event of a document."""
        return event_type in self.events and self.work_id in (None, work.pk)

    def secrets(self, at: datetime) -> list[str]:
        """Those that sign at a moment, the present one first."""
        former = [self.former_secret] if self.former_until and at < self.former_until else []
        return [opened(each) for each in (self.secret, *former) if each]

    @property
    def events_shown(self) -> str:
        """What it asked for, in words."""
        return ", ".join(str(EventType(each).label) for each in self.events if each in EventType.values)


def _message_id() -> str:
    return f"msg_{uuid4().hex}"


class WebhookEvent(models.Model):
    """A message, written once; `uid` is its `webhook-id` for every endpoint and every try, `key` keeps it from being told
    twice, and `body` is what is signed, to the byte."""

    uid = models.CharField(max_length=40, unique=True, default=_message_id)
    key = models.CharField(max_length=120, unique=True)
    type = models.CharField(_("event"), max_length=40)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "notices"

    def __str__(self) -> str:
        return self.key


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Questions asked of deliveries, as adjectives."""

    def open(self) -> "DeliveryQuerySet":
        """Waiting, or in the hands of a worker, dead or alive."""
        return self.filter(state__in=OPEN, ended_at=None)

    def due(self) -> "DeliveryQuerySet":
        """To be sent now; among them those whose worker let the lease run out."""
        to_active = self.open().filter(endpoint__standing=Standing.ACTIVE)
        return to_active.filter(due_at__lte=clock.now()).order_by("due_at", "pk")


class WebhookDelivery(models.Model):
    """One message to one endpoint: the row is the queue. A worker that takes it moves `due_at` to the end of its lease."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(WebhookEvent, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        app_label = "notices"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="webhook_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | Q(state__in=ENDED, ended_at__isnull=False),
                name="webhook_delivery_ended",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="webhook_delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} to {self.endpoint}"

    @property
    def last_attempt(self) -> "WebhookAttempt | None":
        """What came of the last try."""
        return next(iter(self.tries.all()), None)


class WebhookAttempt(models.Model):
    """What came of one try. The body of an answer is neither read nor kept: it could be anything."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField(default=clock.now)
    code = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "notices"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.problem or str(self.code)
