from django.urls import path, re_path

from . import views

app_name = "updates"

urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("preferences/<str:token>/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.leave, name="unsubscribe"),
    # Some mail gateways cut the last slash off, and a redirected POST would leave nobody unsubscribed.
    re_path(r"^unsubscribe/(?P<token>[^/]+)$", views.leave),
    path("unsubscribe/<str:token>/undo/", views.undo, name="undo"),
]
