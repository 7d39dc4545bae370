from django.db import models

from common import clock
from common.immutable import Frozen, FrozenManager


class Kind(models.TextChoices):
    """What can be entered: `thing.happened`."""

    VERSION_ANNOUNCED = "version.announced"
    TRANSLATION_ADDED = "version.translation_added"
    NOTICE_CLOSED = "notice.closed"
    CONSENT_GIVEN = "consent.given"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    SUBSCRIPTION_REQUESTED = "subscription.requested"
    SUBSCRIPTION_CONFIRMED = "subscription.confirmed"
    SUBSCRIPTION_CHANGED = "subscription.changed"
    SUBSCRIPTION_ENDED = "subscription.ended"


class Entry(Frozen):
    """One line of the ledger. It holds facts and ids, never a personal value.

    `leaf` is the SHA-256 of a zero byte and the canonical JSON of (uid, kind, subject, happened_at, facts): the leaf hash of
    RFC 9162, section 2.1.1, so that a tree can be grown over the lines as they stand.
    """

    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40, choices=Kind.choices)
    subject = models.UUIDField(null=True, db_index=True)
    happened_at = models.DateTimeField(default=clock.now)
    facts = models.JSONField()
    leaf = models.CharField(max_length=64)

    objects = FrozenManager()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
