from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from common.canonical import canonical
from policies.ledger.models import Entry

from ..columns import CodeColumn, HashColumn, MomentColumn
from ..filters import LedgerFilters
from .base import LEDGER_READERS, Report

AT_ONCE = 2000
"""How many lines an export reads at a time, so that a long ledger does not fill the memory."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is hashed, so that a stranger can work its leaf out again from a spreadsheet."""

    entry: Entry

    @property
    def happened_at(self) -> str:
        return self.entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds")

    @property
    def facts(self) -> str:
        return canonical(self.entry.facts).decode()


class LedgerReport(Report):
    """Every line of the ledger, the newest first."""

    readers = LEDGER_READERS
    page_title = _("Ledger")
    header_icon = "list-ol"
    model = Entry
    filterset_class = LedgerFilters
    index_url_name = "audit:ledger"
    index_results_url_name = "audit:ledger_results"
    export_filename = "ledger"
    columns: list[Any] = [
        Column("kind", label=_("Kind")),
        MomentColumn("happened_at", label=_("Happened")),
        CodeColumn("uid", label=_("Line")),
        CodeColumn("subject", label=_("Subject")),
        HashColumn("leaf", label=_("Leaf")),
    ]
    export_headings = {
        "entry.uid": _("Line"),
        "entry.kind": _("Kind"),
        "happened_at": _("Happened"),
        "entry.subject": _("Subject"),
        "facts": _("Facts"),
        "entry.leaf": _("Leaf"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Entry]:
        return Entry.objects.order_by("-pk")

    def rows(self, found: Iterable[Any]) -> Iterable[Any]:
        return _lines(found) if self.is_export else found


def _lines(entries: Any) -> Iterator[Line]:
    for entry in entries.iterator(chunk_size=AT_ONCE):
        yield Line(entry)
