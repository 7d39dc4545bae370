from django.urls import include, path

from . import changes, optout, views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("opt-out/", optout.opt_out, name="opt_out"),
    path("changes/", changes.changes_since_agreed, name="changes"),
    path("", include("policies.consent.receipts.urls")),
]
