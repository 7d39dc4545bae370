from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from policies.versions.models import Version, VersionText

from ..columns import DeedsColumn, HashColumn, ListColumn, MomentColumn, PublicLinkColumn
from ..filters import VersionsFilters
from ..rows import VersionRow, rows_of
from .base import Report


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
