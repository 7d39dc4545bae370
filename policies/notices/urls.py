from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [path("<int:pk>/dismiss/", views.dismiss, name="dismiss")]
