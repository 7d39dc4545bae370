from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.base import ReportView

from common import clock

from ..spreadsheets import GuardedExport

READERS = ("versions.view_version",)
"""Who may enter the reading room at all."""
LEDGER_READERS = (*READERS, "ledger.view_entry")
"""Who may leaf through the ledger as well."""


class ReadOnly:
    """A view that shows, to those who may see; nothing can be sent to it."""

    http_method_names: Sequence[str] = ("get", "head")
    readers: tuple[str, ...] = READERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(self.readers):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # it stands before a view


class Report(ReadOnly, GuardedExport, ReportView):
    """A list with filters, pages and a spreadsheet of all of it."""

    template_name = "audit/report.html"
    table_classname = "listing audit-listing"

    def rows(self, found: Iterable[Any]) -> Iterable[Any]:
        """What is shown of what the database holds: asked once for a page, or for everything where it is exported."""
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A spreadsheet is written row by row and has no use for pages and tables."""
        if self.is_export:
            return self.as_spreadsheet(self.rows(self.get_filtered_queryset()), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, found, has_others = super().paginate_queryset(queryset, page_size)
        return paginator, page, list(self.rows(found)), has_others

    def get_filename(self) -> str:
        return f"{self.export_filename}-{clock.today().isoformat()}"


VERSIONS_CRUMB = {"url": reverse_lazy("audit:versions"), "label": _("Versions")}
