from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import clock
from policies.outbox.models import Mailing
from policies.versions.models import Act, Version
from policies.versions.states import ChangeClass

CLOSED_WITHIN = timedelta(hours=24)
"""A notice that takes longer than this turns health red."""


class NoticeKind(models.TextChoices):
    """What is told."""

    ANNOUNCED = "announced", _("Announcement")
    POSTPONED = "postponed", _("Postponement")
    CANCELLED = "cancelled", _("Cancellation")
    CORRECTED = "corrected", _("Erratum")
    WITHDRAWN = "withdrawn", _("Withdrawal")


ANNOUNCING = (NoticeKind.ANNOUNCED, NoticeKind.POSTPONED)
"""The kinds that announce a version. A version has one of them at most; the others tell of an act."""
ENDING = (NoticeKind.CANCELLED, NoticeKind.WITHDRAWN)
"""After these, nothing else that was told of the version is true. `ActKind` has the same words."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions asked of notices, as adjectives."""

    def announcing(self) -> "NoticeQuerySet":
        """Those that tell of a new version or a new date."""
        return self.filter(kind__in=ANNOUNCING)

    def waiting(self) -> "NoticeQuerySet":
        """Made public, letters not made yet."""
        return self.filter(mailing__fanned_out_at__isnull=True, closed_at__isnull=True)

    def unclosed(self) -> "NoticeQuerySet":
        """Letters made, and not all of them accounted for."""
        return self.filter(mailing__fanned_out_at__isnull=False, closed_at__isnull=True)

    def overdue(self, at: datetime) -> "NoticeQuerySet":
        """Not closed within a day, or not closed when the version that they announce took effect."""
        in_force = Q(kind__in=ANNOUNCING, version__effective_at__lte=at)
        at_once = Q(version__effective_at__lte=models.F("created_at"))
        return self.filter(closed_at__isnull=True).filter(Q(created_at__lte=at - CLOSED_WITHIN) | (in_force & ~at_once))

    def on_home_page(self, at: datetime) -> "NoticeQuerySet":
        """What is worth a place on the home page, the newest first: material changes that are coming or took effect not
        long ago, and what was done to material versions not long ago."""
        since = at - settings.HOME_NOTICE_FOR
        changes = Q(kind__in=ANNOUNCING, version__effective_at__gt=since)
        acts = Q(act__isnull=False, created_at__gt=since)
        shown = self.filter(changes | acts, version__change_class=ChangeClass.MATERIAL)
        return shown._still_true().order_by("-created_at", "-pk")

    def _still_true(self) -> "NoticeQuerySet":
        """Without those that a later act overtook: an announcement after its cancellation, a cancellation after the
        version was announced anew."""
        ended = Act.objects.filter(version=models.OuterRef("version"), kind__in=ENDING)
        anew = Version.objects.filter(replaces=models.OuterRef("version"))
        overtaken = ~Q(kind__in=ENDING) & models.Exists(ended) | Q(kind=NoticeKind.CANCELLED) & models.Exists(anew)
        return self.exclude(overtaken)


class Notice(models.Model):
    """What is told of an announcement or of an act: the home page tells of it, letters carry it.

    It is closed when every entitled person is accounted for: `entitled = sent + bounced + suppressed + unsubscribed + failed`.
    """

    kind = models.CharField(max_length=10, choices=NoticeKind.choices, default=NoticeKind.ANNOUNCED)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="notices")
    act = models.OneToOneField(Act, null=True, on_delete=models.PROTECT, related_name="notice")
    mailing = models.OneToOneField(Mailing, null=True, on_delete=models.PROTECT, related_name="notice")
    created_at = models.DateTimeField(default=clock.now)
    entitled = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            # One announcement of a version. A plain constraint on `act` would not say so: NULLs never collide.
            models.UniqueConstraint(fields=["version"], condition=Q(act__isnull=True), name="notice_announces_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ANNOUNCING, act__isnull=True) | ~Q(kind__in=ANNOUNCING) & Q(act__isnull=False),
                name="notice_kind_has_act",
            ),
        ]

    def __str__(self) -> str:
        return f"notice of {self.version}, {self.kind}"

    @property
    def announces(self) -> bool:
        """Whether it tells of a version, not of an act."""
        return self.kind in ANNOUNCING


from .webhooks import models as webhooks  # noqa: E402, F401  their tables are this app's
