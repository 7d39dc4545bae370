from django.urls import include, path

from . import changes, views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("changes/", changes.changes_since_agreed, name="changes"),
    path("", include("policies.consent.receipts.urls")),
]
