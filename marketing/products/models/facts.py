from datetime import datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from policies.versions.models import Version, Work

from ..facts import Waveform

MANY_AT_ONCE = "Changing many rows at once leaves no history; facts are written by `record_facts`"
KEPT = "The facts of a published product are never deleted"


class UnrecordedChange(TypeError):
    """Somebody tried to change facts past their history; a mistake in code, never in input."""


class RecordedQuerySet(models.QuerySet[Any]):
    """Refuses what simple-history cannot see: changes of many rows at once."""

    def update(self, **kwargs: Any) -> int:
        raise UnrecordedChange(MANY_AT_ONCE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise UnrecordedChange(MANY_AT_ONCE)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        raise UnrecordedChange(MANY_AT_ONCE)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise UnrecordedChange(KEPT)


def _figure(label: Any) -> Any:
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MinValueValidator(1)])


class Facts(models.Model):
    """The typed facts of a product, the same in every language: a page has them as a draft, `ProductFacts` as published."""

    model_name = models.CharField(_("model"), max_length=60, blank=True)
    rating_va = _figure(_("rating (VA)"))
    rating_w = _figure(_("rating (W)"))
    surge_w = _figure(_("surge (W)"))
    waveform = models.CharField(_("waveform"), max_length=20, choices=Waveform.choices, blank=True)
    battery_voltage = _figure(_("battery voltage (V)"))
    capacity_ah = _figure(_("capacity (Ah)"))
    charging_current_a = _figure(_("charging current (A)"))
    warranty_months = _figure(_("warranty (months)"))
    price_pkr = _figure(_("price (rupees)"))

    class Meta:
        abstract = True


class ProductFacts(Facts):
    """The facts of one product as its newest version has them; `version` is the one that last changed any of them.

    Written by `record_facts` only, so that the history has one row for each published change and none for a draft:
    `history_date` is when the version took effect, `history_user` who published it.
    """

    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="facts")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")

    objects = RecordedQuerySet.as_manager()
    history = HistoricalRecords()
    _history_date: datetime
    _history_user: Any

    class Meta:
        verbose_name = _("facts of a product")
        verbose_name_plural = _("facts of products")

    def __str__(self) -> str:
        return str(self.work)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise UnrecordedChange(KEPT)
