from django.urls import path

from . import views

app_name = "choices"

urlpatterns = [
    path("", views.choices, name="choices"),
]
