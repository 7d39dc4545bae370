from typing import Any, Self
from uuid import UUID

from django.db import models

from policies.ledger.models import Entry, Method
from policies.versions.models import Version

from ..rules import GRANTED, Answer, State
from .wordings import Wording

UNCHECKED: dict[str, Any] = {"db_constraint": False, "db_index": False}


class ChoiceQuerySet(models.QuerySet["Choice"]):
    """Questions asked of choices, as adjectives."""

    def of(self, subject: UUID) -> Self:
        """The choices of one person."""
        return self.filter(subject=subject)

    def granted(self) -> Self:
        """Those that say yes; whether the yes still holds, `rules.decide` knows."""
        return self.filter(state__in=GRANTED)

    def as_answers(self) -> dict[str, Answer]:
        """Answers by purpose; ask it of one person's choices."""
        rows = self.values_list("purpose", "state", "version__number", "until")
        return {purpose: Answer(State(state), number, until) for purpose, state, number, until in rows}


class Choice(models.Model):
    """What holds now for one person and purpose: read from the ledger, and rebuilt from it by `consent_rebuild`.

    The subject is random and known to the person's own cookie only. Who only ever refused has no row here. Without a
    wording it was imported.
    """

    subject = models.UUIDField()
    purpose = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    method = models.CharField(max_length=20, choices=Method.choices)
    # The database looks none of these three up when a choice is written: rows of their tables are never deleted, which
    # triggers see to, and who writes a choice has just read or written them. It looked nine up for an "accept all".
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="choices", **UNCHECKED)
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT, related_name="choices", **UNCHECKED)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", **UNCHECKED)
    chosen_at = models.DateTimeField()
    until = models.DateField()  # a yes counts to the end of this day; after a no, nobody is asked again before it

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose"], name="choice_subject_purpose"),
            models.CheckConstraint(
                condition=~models.Q(state__in=GRANTED) | models.Q(method__in=Method.values),
                name="choice_by_a_deliberate_act",
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=models.Q(state__in=GRANTED), name="choice_granted_until")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.state}"
