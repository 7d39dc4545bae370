from django.urls import path, re_path

from .views import ActOnVersion, PolicyVersions

urlpatterns = [
    path("policies/<int:pk>/versions/", PolicyVersions.as_view(), name="policy_versions"),
    re_path(
        r"^policies/(?P<pk>\d+)/versions/(?P<permalink>\d{4}-\d{2}-\d{2}(?:-\d+)?)/"
        r"(?P<deed>cancel|postpone|correct|withdraw)/$",
        ActOnVersion.as_view(),
        name="act_on_version",
    ),
]
