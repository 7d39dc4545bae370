from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from policies.consent.counts import COUNTED, counts_by_version
from policies.consent.knowing import known

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
        Column("purpose", label=_("Purpose")),
        Column("given", label=_("Given")),
        Column("renewed", label=_("Given again")),
        Column("refused", label=_("Refused")),
        Column("withdrawn", label=_("Withdrawn")),
    ]
    export_headings = {column.name: column.label for column in columns}
    list_export = list(export_headings)

    def get_base_queryset(self) -> Any:
        return counts_by_version(_purposes())

    def rows(self, found: Iterable[Any]) -> Iterable[Any]:
        """One row for each purpose of a version that anybody answered for."""
        return [row for version in found for row in _by_purpose(version)]


def _by_purpose(version: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for purpose in _purposes():
        counts = {str(state): version[f"{purpose}__{state}"] for state in COUNTED}
        if any(counts.values()):
            yield {"version": version["version"], "number": version["number"], "purpose": purpose, **counts}


def _purposes() -> list[str]:
    purposes = known(get_language() or "en").purposes.values()
    return [purpose.code for purpose in purposes if purpose.needs_consent]
