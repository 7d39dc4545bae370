from django.urls import path, re_path

from . import archive, changes, views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("changes/", changes.changes_since_agreed, name="changes"),
    re_path(r"^wordings/(?P<digest>[0-9a-f]{64})/$", archive.wording_page, name="wording"),
    re_path(r"^wordings/(?P<digest>[0-9a-f]{64})\.json$", archive.wording_json, name="wording_json"),
]
