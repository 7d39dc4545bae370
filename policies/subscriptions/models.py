from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common import clock


class Topic(models.TextChoices):
    """What somebody can ask to hear about."""

    POLICY_CHANGES = "policy_changes", _("Changes of our policies")


class Ending(models.TextChoices):
    """Why a subscription ended."""

    UNSUBSCRIBED = "unsubscribed", _("the person unsubscribed")
    BOUNCED = "bounced", _("the address does not exist")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Questions asked of subscribers, as adjectives."""

    def confirmed(self) -> "SubscriberQuerySet":
        """Those whose owner of the address said yes."""
        return self.filter(confirmed_at__isnull=False)

    def subscribed_to(self, topic: str, *, every_change: bool = False) -> "SubscriberQuerySet":
        """Confirmed and not ended: who is entitled to a letter; with `every_change`, only who asked for small ones too."""
        active = models.Q(subscriptions__topic=topic, subscriptions__ended_at__isnull=True)
        if every_change:
            # In one condition with the others: a second filter would look at ended subscriptions as well.
            active &= models.Q(subscriptions__every_change=True)
        return self.confirmed().filter(active)


class Subscriber(models.Model):
    """An address, known by a random key: the key stands in links and in the ledger, the address nowhere else."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    address = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(max_length=12)
    requested_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    last_asked_at = models.DateTimeField(default=clock.now)  # when a confirmation letter last went out

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="subscriber_address_once")]

    def __str__(self) -> str:
        # Wagtail's log and Django's messages copy this text, so it must not be the address.
        return f"subscriber {self.key}"


class Subscription(models.Model):
    """One topic of a subscriber. It is ended, never deleted; asking again starts a new one."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=30, choices=Topic.choices)
    every_change = models.BooleanField(_("also small changes"), default=False)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "topic"],
                condition=models.Q(ended_at__isnull=True),
                name="subscription_active_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} of {self.subscriber}"
