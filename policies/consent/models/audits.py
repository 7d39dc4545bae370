from django.db import models

from common import clock
from common.immutable import Frozen, FrozenManager


class SelfAudit(Frozen):
    """One crawl of our own pages in a browser, in each state of consent: what was there that should not have been."""

    audited_at = models.DateTimeField(default=clock.now)
    pages = models.PositiveIntegerField()
    states = models.JSONField()  # the names of the states of consent that were tried
    findings = models.JSONField()  # [{"state", "page", "kind": cookie | storage | request, "name", "because"}]
    passed = models.BooleanField()

    objects = FrozenManager()

    class Meta:
        get_latest_by = "audited_at"
        ordering = ["-audited_at"]

    def __str__(self) -> str:
        return f"{self.audited_at:%Y-%m-%d %H:%M}: {len(self.findings)} findings on {self.pages} pages"
