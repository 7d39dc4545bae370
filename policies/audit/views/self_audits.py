from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from policies.consent.auditing.health import newest_audit
from policies.consent.models import SelfAudit

from ..columns import MomentColumn
from ..self_audits import AuditRow
from .base import ReadOnly, Report

LIST_CRUMB = {"url": reverse_lazy("audit:self_audits"), "label": gettext_lazy("Self-audit")}


class SelfAuditsReport(Report):
    """Every time that our own pages were looked at in a browser, the last one above all."""

    template_name = "audit/self_audits.html"
    page_title = gettext_lazy("Self-audit")
    header_icon = "desktop"
    model = SelfAudit
    index_url_name = "audit:self_audits"
    index_results_url_name = "audit:self_audits_results"
    export_filename = "self-audits"
    columns: list[Any] = [
        TitleColumn("label", label=gettext_lazy("Result"), get_url=lambda row: _address(row.audit)),
        MomentColumn("audit.audited_at", label=gettext_lazy("When")),
        Column("audit.pages", label=gettext_lazy("Pages")),
        Column("number_of_states", label=gettext_lazy("States of consent")),
        Column("number_of_findings", label=gettext_lazy("Findings")),
    ]
    export_headings = {
        "label": gettext_lazy("Result"),
        "audit.audited_at": gettext_lazy("When"),
        "audit.pages": gettext_lazy("Pages"),
        "states_in_words": gettext_lazy("States of consent"),
        "findings_in_words": gettext_lazy("Findings"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[SelfAudit]:
        return SelfAudit.objects.order_by("-audited_at", "-pk")

    def rows(self, found: Iterable[Any]) -> Iterable[Any]:
        return [AuditRow(audit) for audit in found]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        newest = newest_audit()
        return super().get_context_data(*args, newest=newest and AuditRow(newest), **kwargs)


class SelfAuditView(ReadOnly, WagtailAdminTemplateMixin, TemplateView):
    """One of them."""

    template_name = "audit/self_audit.html"
    header_icon = "desktop"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.audit = get_object_or_404(SelfAudit, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Self-audit")

    def get_page_subtitle(self) -> str:
        return f"{self.audit.audited_at:%Y-%m-%d}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, LIST_CRUMB, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=AuditRow(self.audit), **kwargs)


def _address(audit: SelfAudit) -> str:
    return reverse("audit:self_audit", args=[audit.pk])
