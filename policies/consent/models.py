from typing import Self
from uuid import UUID

from django.db import models

from common import clock
from common.immutable import Frozen, FrozenManager
from policies.ledger.models import Entry
from policies.versions.models import Version

from .rules import Answer


class Wording(Frozen):
    """Exactly what was shown when somebody was asked, stored once, when it is first answered.

    `sha256` is the hash of the canonical JSON of `content`, which names the version of the policy too.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    language = models.CharField(max_length=12)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="wordings")
    content = models.JSONField()
    first_answered_at = models.DateTimeField(default=clock.now)

    objects = FrozenManager()

    def __str__(self) -> str:
        return f"{self.version} {self.language} {self.sha256[:8]}"


class ChoiceQuerySet(models.QuerySet["Choice"]):
    """Questions asked of choices, as adjectives."""

    def of(self, subject: UUID) -> Self:
        """The choices of one person."""
        return self.filter(subject=subject)

    def as_answers(self) -> dict[str, Answer]:
        """Answers by category; ask it of one person's choices."""
        rows = self.values_list("category", "granted", "version__number")
        return {category: Answer(granted, number) for category, granted, number in rows}


class Choice(models.Model):
    """What holds now for one person and category; what held before is in the ledger.

    The subject is random and known to the person's own cookie only. Who only ever refused has no row here.
    """

    subject = models.UUIDField()
    category = models.CharField(max_length=40)
    granted = models.BooleanField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="choices")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="choices")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "category"], name="choice_subject_category")]

    def __str__(self) -> str:
        return f"{self.category}: {'yes' if self.granted else 'no'}"
