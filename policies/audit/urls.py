from django.urls import path

from .views.choices import ChoicesReport
from .views.comparison import ComparisonView
from .views.ledger import LedgerReport
from .views.notices import NoticesReport
from .views.self_audits import SelfAuditsReport, SelfAuditView
from .views.version import VersionView
from .views.versions import VersionsReport

app_name = "audit"

urlpatterns = [
    path("versions/", VersionsReport.as_view(), name="versions"),
    path("versions/results/", VersionsReport.as_view(results_only=True), name="versions_results"),
    path("versions/<int:pk>/", VersionView.as_view(), name="version"),
    path("compare/<int:pk>/", ComparisonView.as_view(), name="compare"),
    path("notices/", NoticesReport.as_view(), name="notices"),
    path("notices/results/", NoticesReport.as_view(results_only=True), name="notices_results"),
    path("choices/", ChoicesReport.as_view(), name="choices"),
    path("choices/results/", ChoicesReport.as_view(results_only=True), name="choices_results"),
    path("self-audits/", SelfAuditsReport.as_view(), name="self_audits"),
    path("self-audits/results/", SelfAuditsReport.as_view(results_only=True), name="self_audits_results"),
    path("self-audits/<int:pk>/", SelfAuditView.as_view(), name="self_audit"),
    path("ledger/", LedgerReport.as_view(), name="ledger"),
    path("ledger/results/", LedgerReport.as_view(results_only=True), name="ledger_results"),
]
