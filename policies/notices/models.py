from datetime import datetime

from django.conf import settings
from django.db import models

from common import clock
from policies.outbox.models import Mailing
from policies.versions.models import Version
from policies.versions.states import ChangeClass


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions asked of notices, as adjectives."""

    def waiting(self) -> "NoticeQuerySet":
        """Announced, letters not made yet."""
        return self.filter(mailing__fanned_out_at__isnull=True)

    def unclosed(self) -> "NoticeQuerySet":
        """Letters made, and not all of them accounted for."""
        return self.filter(mailing__fanned_out_at__isnull=False, closed_at__isnull=True)

    def on_home_page(self, at: datetime) -> "NoticeQuerySet":
        """Material changes that are coming or took effect not long ago, the newest first."""
        recent = self.filter(version__effective_at__gt=at - settings.HOME_NOTICE_FOR)
        return recent.filter(version__change_class=ChangeClass.MATERIAL).order_by("-version__announced_at")


class Notice(models.Model):
    """The public announcement of a version: the home page tells of it, letters carry it.

    It is closed when every entitled person is accounted for: `entitled = sent + bounced + suppressed + unsubscribed + failed`.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="notice")
    mailing = models.OneToOneField(Mailing, null=True, on_delete=models.PROTECT, related_name="notice")
    created_at = models.DateTimeField(default=clock.now)
    entitled = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"notice of {self.version}"
