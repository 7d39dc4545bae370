from django.urls import include, path, re_path

from . import archive, changes, once, optout, views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("opt-out/", optout.opt_out, name="opt_out"),
    path("changes/", changes.changes_since_agreed, name="changes"),
    path("", include("policies.consent.receipts.urls")),
    re_path(r"^wordings/(?P<digest>[0-9a-f]{64})/$", archive.wording_page, name="wording"),
    re_path(r"^wordings/(?P<digest>[0-9a-f]{64})\.json$", archive.wording_json, name="wording_json"),
    path("once/<slug:code>/", once.load_once, name="once"),
    path("embeds/<slug:code>/", once.load_allowed, name="embed"),
]
