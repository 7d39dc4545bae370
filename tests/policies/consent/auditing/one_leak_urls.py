"""The site with one page in front of it that nobody links to, and that leaks."""

from django.urls import path

from tests.policies.consent.auditing.leaking_urls import cookie
from tests.policies.consent.auditing.leaking_urls import site as the_site

urlpatterns = [path("unlinked/", cookie), *the_site]
handler400 = "config.errors.bad_request"
