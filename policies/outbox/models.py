from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from common.immutable import Frozen, FrozenManager


class State(models.TextChoices):
    """Where a letter stands. A letter waiting for another try is queued with a later `due_at`."""

    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    BOUNCED = "bounced", _("bounced")
    SUPPRESSED = "suppressed", _("suppressed")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    FAILED = "failed", _("failed")


OPEN = (State.QUEUED, State.SENDING)
ENDED = (State.SENT, State.BOUNCED, State.SUPPRESSED, State.UNSUBSCRIBED, State.FAILED)
"""The closing sum: every letter of a closed mailing is in exactly one of these."""


class Priority(models.IntegerChoices):
    """What goes first. A person is waiting in front of a screen for the first kind."""

    TRANSACTIONAL = 0
    BULK = 5


class Mailing(models.Model):
    """One text for one person or for many. Its key says what it is about, so that nothing is ever announced twice."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    priority = models.PositiveSmallIntegerField(default=Priority.TRANSACTIONAL)
    expires_at = models.DateTimeField(null=True)  # a letter that could not be sent until then has failed
    created_at = models.DateTimeField(default=clock.now)
    fanned_out_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["fanned_out_at"], condition=Q(closed_at=None), name="mailing_open")]

    def __str__(self) -> str:
        return self.key


class Rendition(Frozen):
    """The finished text of a mailing in one language, written once.

    `rules.TOKEN_PLACEHOLDER` stands in text, html and list_unsubscribe wherever the recipient's token goes.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="renditions")
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    list_unsubscribe = models.CharField(max_length=500, blank=True)
    sender = models.CharField(max_length=320, blank=True)  # empty: the site's own
    reply_to = models.CharField(max_length=320, blank=True)

    objects = FrozenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "language"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.mailing_id} in {self.language}"

    @property
    def from_header(self) -> str:
        """Who the letter is from, as it stands in its header."""
        return self.sender or settings.DEFAULT_FROM_EMAIL


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions asked of letters, as adjectives."""

    def open(self) -> "LetterQuerySet":
        """Not ended: waiting, or in the hands of a worker, dead or alive."""
        # A constraint makes both conditions one; SQLite recognises the partial index by the one without a parameter.
        return self.filter(state__in=OPEN, ended_at=None)

    def ended(self) -> "LetterQuerySet":
        """Nothing more will happen to them."""
        return self.filter(state__in=ENDED)

    def due(self) -> "LetterQuerySet":
        """To be sent now, the most urgent first; among them those whose worker let the lease run out."""
        return self.open().filter(due_at__lte=clock.now()).order_by("priority", "due_at")


class Letter(models.Model):
    """One message to one person: the row is the queue.

    A worker that claims a letter moves `due_at` to the end of its lease: if it dies, the letter is due again by itself.
    `begun_at` is set right before the mail server is spoken to; together with an expired lease it means *nobody knows*.
    """

    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, related_name="letters", verbose_name=_("mailing"), db_index=False
    )
    recipient = models.UUIDField()
    address = models.CharField(_("address"), max_length=320)
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    priority = models.PositiveSmallIntegerField(default=Priority.TRANSACTIONAL)  # the mailing's, for the index
    due_at = models.DateTimeField(_("due"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    message_id = models.CharField(_("Message-ID"), max_length=250, blank=True)
    answer = models.TextField(_("answer of the mail server"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            # This order, because "all letters of a person" is asked as well.
            models.UniqueConstraint(fields=["recipient", "mailing"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | Q(state__in=ENDED, ended_at__isnull=False),
                name="letter_ended_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["priority", "due_at"], condition=Q(ended_at=None), name="letter_due"),
            models.Index(fields=["mailing", "state"], name="letter_counted"),
        ]

    def __str__(self) -> str:
        # Wagtail's log copies this text, so it must not be the address.
        return f"letter {self.pk}"

    @property
    def masked_address(self) -> str:
        """Enough to recognise one's own: `s…@example.com`."""
        local, at, domain = self.address.rpartition("@")
        return f"{local[:1]}…{at}{domain}" if self.address else ""


class Outcome(models.TextChoices):
    """What happened to an attempt that did not simply succeed."""

    REFUSED_FOR_NOW = "refused_for_now", _("refused for now")
    REFUSED_FOR_GOOD = "refused_for_good", _("refused for good")
    UNKNOWN = "unknown", _("outcome unknown")


class Attempt(models.Model):
    """An attempt that failed or whose outcome nobody knows: every repeated letter is explained by one of these."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="mishaps")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.answer}"


def counts(mailing: Mailing) -> dict[State, int]:
    """How many letters of a mailing are in each state, with the zeros."""
    rows: Any = mailing.letters.order_by().values_list("state").annotate(n=models.Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in State}
