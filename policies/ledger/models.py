from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from common import clock
from common.immutable import Frozen, FrozenManager, FrozenQuerySet


class Kind(models.TextChoices):
    """What can be entered: `thing.happened`."""

    VERSION_ANNOUNCED = "version.announced"
    TRANSLATION_ADDED = "version.translation_added"
    VERSION_CANCELLED = "version.cancelled"
    VERSION_CORRECTED = "version.corrected"
    VERSION_WITHDRAWN = "version.withdrawn"
    VERSION_RERENDERED = "version.rerendered"
    NOTICE_CLOSED = "notice.closed"
    CONSENT_SERVED = "consent.served"
    CONSENT_GIVEN = "consent.given"
    CONSENT_RENEWED = "consent.renewed"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONSENT_EXPIRED = "consent.expired"
    CHOICES_IMPORTED = "consent.imported"
    OPTED_OUT = "optout.requested"
    OPTED_IN_AGAIN = "optout.ended"
    OBJECTION_MADE = "objection.made"
    NOTICE_ACKNOWLEDGED = "notice.acknowledged"
    TERMS_ACCEPTED = "terms.accepted"
    SUBSCRIPTION_REQUESTED = "subscription.requested"
    SUBSCRIPTION_CONFIRMED = "subscription.confirmed"
    SUBSCRIPTION_CHANGED = "subscription.changed"
    SUBSCRIPTION_ENDED = "subscription.ended"
    LEDGER_RESTORED = "ledger.restored"
    KEY_ROTATED = "ledger.key_rotated"


class Method(models.TextChoices):
    """A deliberate act by which somebody agrees (GDPR Art. 4(11)). Scrolling, silence and going on are none."""

    BUTTON = "button"
    CHECKBOX = "checkbox"
    FORM = "form"
    CONFIRMED_MAIL = "confirmed_mail"
    SIGNED_IMPORT = "signed_import"


AGREEING = (Kind.CONSENT_GIVEN, Kind.CONSENT_RENEWED, Kind.TERMS_ACCEPTED)
"""Lines that the database takes only with a `method`."""


class EntryQuerySet(FrozenQuerySet):
    """Lines of the ledger."""

    def unsealed(self) -> Any:
        """Those that have no place in the tree yet.

        Asked by what is not there, never by "younger than the last": on PostgreSQL a line with a lower number may be
        committed later.
        """
        return self.filter(~Exists(Sealed.objects.filter(entry=OuterRef("pk"))))


class EntryManager(FrozenManager):
    """Asks an `EntryQuerySet`; written out, because type checkers cannot follow `from_queryset`."""

    def get_queryset(self) -> EntryQuerySet:
        return EntryQuerySet(self.model, using=self._db)

    def unsealed(self) -> Any:
        """Those that have no place in the tree yet."""
        return self.get_queryset().unsealed()


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

    objects = EntryManager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["leaf"], name="ledger_entry_leaf")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    ~models.Q(kind__in=AGREEING)
                    & ~models.Q(facts__has_key="given")
                    & ~models.Q(facts__has_key="renewed")
                )
                | models.Q(facts__has_key="method", facts__method__in=Method.values),
                name="agreed_by_a_deliberate_act",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Sealed(Frozen):
    """The place of a line in the tree; places are dense and count from 0."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealed")

    objects = FrozenManager()

    class Meta:
        verbose_name_plural = "sealed"

    def __str__(self) -> str:
        return f"line {self.index}"


class Tile(Frozen):
    """256 hashes of a level of the tree, packed, and the hash over them; `tiles` says which."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    objects = FrozenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_tile_per_place")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class Checkpoint(Frozen):
    """A signed tree head: it seals the first `size` lines."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    sealed_at = models.DateTimeField(default=clock.now)

    objects = FrozenManager()

    class Meta:
        get_latest_by = "size"

    def __str__(self) -> str:
        return f"checkpoint of {self.size} lines"
