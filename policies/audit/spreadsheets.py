"""What auditors take along for a spreadsheet."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from common.spreadsheets import guarded


class GuardedExport(SpreadsheetExportMixin):
    """Wagtail's export, which marks formulas as text in XLSX only."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        written = super().preprocess_field_value(field, value, export_format)
        return guarded(written) if export_format == self.FORMAT_CSV else written
