"""Like a real site, but without TLS and with a plain Wagtail page as peer."""

from config.settings.base import *  # noqa: F403  settings modules build on each other by star import

SECRET_KEY = "bench-only"
ALLOWED_HOSTS = ["localhost"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ROOT_URLCONF = "tests.bench.urls"
