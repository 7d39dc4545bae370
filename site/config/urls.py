from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as wagtail_api
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from policies.consent.gpc import gpc_json
from policies.consent.state import state_css
from policies.versions.feeds.views import FORMS, everything
from policies.versions.views import read_policy_page

from .api import api
from .health import healthz
from .problems import not_found

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", healthz, name="healthz"),
    path(".well-known/gpc.json", gpc_json, name="gpc_json"),
    path("choices/state.css", state_css, name="state_css"),
    path(".well-known/kept/", include("policies.ledger.urls")),
    path("api/v1/", api.urls),
    path("api/v3/", wagtail_api.urls),
    re_path(r"^api(?:/|$)", not_found),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

# Every pattern has a name: without one Django finds no address of the same page in another language.
urlpatterns += i18n_patterns(
    path("choices/", include("policies.consent.urls")),
    path("notices/", include("policies.notices.urls")),
    path("updates/", include("policies.subscriptions.urls")),
    re_path(
        r"^(?P<slug>[\w\-]+)/(?P<rest>(?:versions|compare|as-of|timegate|timemap|sections)/(?:[\w\-.:+]+/)*)?$",
        read_policy_page,
        name="policy",
    ),
    # Files end without a slash.
    re_path(rf"^feed\.(?P<form>{FORMS})$", everything, name="feed"),
    re_path(
        rf"^(?P<slug>[\w\-]+)/(?P<rest>versions/[\w\-]+\.\w+|(?:sections/[\w\-]+/)?feed\.(?:{FORMS}))$",
        read_policy_page,
        name="policy_file",
    ),
    re_path(rf"^((?:[\w\-]+/)+(?:versions/[\w\-]+\.\w+|feed\.(?:{FORMS})))$", serve, name="page_file"),
    # Wagtail's own pattern knows no dots and colons, which comparisons and exact moments have.
    re_path(r"^((?:[\w\-]+/)+(?:compare|as-of)/[\w\-.:+]+/)$", serve, name="page_at"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "config.errors.bad_request"
