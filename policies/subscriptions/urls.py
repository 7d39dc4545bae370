from django.urls import path

from . import views

app_name = "updates"

urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("preferences/<str:token>/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.leave, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo/", views.undo, name="undo"),
]
