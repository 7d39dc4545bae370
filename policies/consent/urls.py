from django.urls import path

from . import changes, once, views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
    path("changes/", changes.changes_since_agreed, name="changes"),
    path("once/<slug:code>/", once.load_once, name="once"),
    path("embeds/<slug:code>/", once.load_allowed, name="embed"),
]
