from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from policies.notices.models import Notice
from policies.outbox.models import ENDED

from ..columns import MomentColumn
from ..figures import NoticeRow, rows_of, total_of
from .base import Report


def _version_url(row: NoticeRow) -> str | None:
    return reverse("audit:version", args=[row.notice.version_id]) if row.notice else None


class NoticesReport(Report):
    """Whom announcements reached, and whether everybody entitled is accounted for."""

    page_title = _("Notices")
    header_icon = "mail"
    model = Notice
    index_url_name = "audit:notices"
    index_results_url_name = "audit:notices_results"
    export_filename = "notices"
    columns: list[Any] = [
        TitleColumn("label", label=_("Version"), get_url=_version_url),
        Column("notice.get_kind_display", label=_("Kind")),
        MomentColumn("notice.created_at", label=_("Created")),
        Column("entitled", label=_("Entitled")),
        *(Column(state, label=state.label.capitalize(), accessor=f"all_counts.{state}") for state in ENDED),
        Column("waiting", label=_("Waiting")),
        MomentColumn("notice.closed_at", label=_("Closed")),
        Column("verdict", label=_("Sum holds")),
    ]
    export_headings = {
        "notice.version.work.slug": _("Document"),
        "notice.version.permalink": _("Permalink"),
        "notice.get_kind_display": _("Kind"),
        "notice.created_at": _("Created"),
        "entitled": _("Entitled"),
        **{f"all_counts.{state}": state.label.capitalize() for state in ENDED},
        "waiting": _("Waiting"),
        "notice.closed_at": _("Closed"),
        "verdict": _("Sum holds"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.select_related("version__work").order_by("-created_at")

    def rows(self, found: Iterable[Any]) -> list[NoticeRow]:
        return rows_of(list(found))

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Below the notices of a page, the sum of those of all pages."""
        paginator, page, shown, has_others = super().paginate_queryset(queryset, page_size)
        total = [total_of(self.rows(queryset))] if shown else []
        return paginator, page, [*shown, *total], has_others
