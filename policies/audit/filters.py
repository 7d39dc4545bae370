from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from policies.ledger.models import Entry, Kind
from policies.versions.models import Version, Work
from policies.versions.states import ChangeClass


class WorkChoices(django_filters.fields.ModelChoiceField):
    """Documents, by what they are and what people call them."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}: {obj.slug}"


class WorkFilter(django_filters.ModelChoiceFilter):
    field_class = WorkChoices


class VersionsFilters(WagtailFilterSet):
    """One document; one kind of change."""

    work = WorkFilter(label=_("Document"), queryset=Work.objects.order_by("kind", "slug"), empty_label=_("All"))
    change_class = django_filters.ChoiceFilter(
        label=_("Kind of change"), choices=ChangeClass.choices, widget=forms.RadioSelect, empty_label=_("All")
    )

    class Meta:
        model = Version
        fields = ["work", "change_class"]


class LedgerFilters(WagtailFilterSet):
    """Lines of some kinds; lines of some days."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    happened_at = django_filters.DateFromToRangeFilter(label=_("Happened"), widget=DateRangePickerWidget)

    class Meta:
        model = Entry
        fields = ["kind", "happened_at"]
