from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as wagtail_api
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from policies.versions.views import read_policy_page

from .api import api
from .problems import not_found

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("api/v3/", wagtail_api.urls),
    re_path(r"^api(?:/|$)", not_found),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("choices/", include("policies.consent.urls")),
    path("notices/", include("policies.notices.urls")),
    path("updates/", include("policies.subscriptions.urls")),
    re_path(r"^(?P<slug>[\w\-]+)/(?P<rest>(?:versions|compare|as-of)/(?:[\w\-.:+]+/)*)?$", read_policy_page),
    # Wagtail's own pattern knows no dots and colons, which comparisons and exact moments have.
    re_path(r"^((?:[\w\-]+/)+(?:compare|as-of)/[\w\-.:+]+/)$", serve),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "config.errors.bad_request"
