from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from policies.consent.counts import counts_by_version

from .base import Report


class ChoicesReport(Report):
    """What was answered to which version: events, not people."""

    page_title = _("Choices by version")
    header_icon = "tasks"
    index_url_name = "audit:choices"
    index_results_url_name = "audit:choices_results"
    export_filename = "choices-by-version"
    columns: list[Any] = [
        Column("version", label=_("Version")),
        Column("number", label=_("Number")),
        Column("category", label=_("Category")),
        Column("given", label=_("Given")),
        Column("refused", label=_("Refused")),
        Column("withdrawn", label=_("Withdrawn")),
    ]
    export_headings = {column.name: column.label for column in columns}
    list_export = list(export_headings)

    def get_base_queryset(self) -> Any:
        return counts_by_version()
