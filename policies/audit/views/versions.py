from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from policies.versions.models import Version, VersionText, Work
from policies.versions.states import ChangeClass, Standing

from ..columns import DeedsColumn, HashColumn, ListColumn, MomentColumn, PublicLinkColumn
from ..people import Deeds, deeds_of
from ..places import pages_of, permanent_url
from ..words import filled_in, short_class
from .base import Report


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what has to be looked up elsewhere."""

    version: Version
    standing: Standing
    deeds: Deeds
    filled_in: list[str]
    languages: list[str]
    url: str

    @property
    def name(self) -> str:
        """The document and the number of the version in it."""
        return f"{self.version.work.slug} {self.version.number}"

    @property
    def short_class(self) -> str:
        """The kind of change in one word."""
        return short_class(self.version.change_class)


def rows_of(versions: Sequence[Version]) -> list[VersionRow]:
    """Rows of versions that carry their work and texts; the number of queries does not depend on theirs."""
    works = {version.work_id: version.work for version in versions}
    pages = pages_of(works.values())
    standings = standings_of(versions)
    deeds = deeds_of(versions, pages={work: page.pk for work, page in pages.items()})
    return [_row(version, standings[version.pk], deeds[version.pk], pages.get(version.work_id)) for version in versions]


def _row(version: Version, standing: Standing, deeds: Deeds, page: Page | None) -> VersionRow:
    languages = sorted({text.language for text in version.texts.all()})
    return VersionRow(version, standing, deeds, filled_in(version), languages, permanent_url(version, page))


def standings_of(versions: Sequence[Version]) -> dict[int, Standing]:
    """Where versions stand now."""
    works = {version.work_id for version in versions}
    effective = Version.objects.effective().filter(work__in=works).order_by("number")
    in_force = {version.work_id: version for version in effective}
    return {version.pk: version.standing(in_force.get(version.work_id)) for version in versions}


def _work_name(work: Work) -> str:
    return f"{work.get_kind_display()}: {work.slug}"


class WorkChoices(django_filters.fields.ModelChoiceField):
    """Documents, by what they are and what people call them."""

    def label_from_instance(self, obj: Any) -> str:
        return _work_name(obj)


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


class VersionsReport(Report):
    """Every version there ever was."""

    page_title = _("Versions")
    header_icon = "history"
    model = Version
    filterset_class = VersionsFilters
    index_url_name = "audit:versions"
    index_results_url_name = "audit:versions_results"
    default_ordering = "-announced_at"
    export_filename = "versions"
    columns: list[Any] = [
        TitleColumn("name", label=_("Version"), get_url=lambda row: reverse("audit:version", args=[row.version.pk])),
        PublicLinkColumn("version.permalink", label=_("Permalink")),
        Column("standing.label", label=_("Now")),
        Column("short_class", label=_("Kind of change")),
        MomentColumn("version.announced_at", label=_("Announced"), sort_key="announced_at"),
        MomentColumn("version.effective_at", label=_("Effective"), sort_key="effective_at"),
        DeedsColumn("deeds", label=_("Who")),
        ListColumn("languages", label=_("Texts")),
        HashColumn("version.sha256", label=_("SHA-256")),
    ]
    export_headings = {
        "version.work.get_kind_display": _("Kind"),
        "version.work.slug": _("Document"),
        "version.number": _("Number"),
        "version.permalink": _("Permalink"),
        "standing.label": _("Standing now"),
        "version.get_change_class_display": _("Kind of change"),
        "version.announced_at": _("Announced"),
        "version.effective_at": _("Effective"),
        "version.get_approval_display": _("Approval"),
        "deeds.written.by": _("Written by"),
        "deeds.written.at": _("Written at"),
        "deeds.approved.by": _("Approved by"),
        "deeds.approved.at": _("Approved at"),
        "deeds.published.by": _("Published by"),
        "deeds.published.at": _("Published at"),
        "filled_in": _("Filled in by the software"),
        "languages": _("Languages"),
        "version.sha256": _("SHA-256"),
        "url": _("Public address"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Version]:
        texts = VersionText.objects.defer("content", "html")
        return Version.objects.select_related("work").prefetch_related(Prefetch("texts", queryset=texts))

    def rows(self, found: Iterable[Any]) -> list[VersionRow]:
        return rows_of(list(found))
