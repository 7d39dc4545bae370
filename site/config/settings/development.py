"""One machine, one person: `make run`."""

from .base import *  # noqa: F403  settings modules build on each other by star import
from .base import STORAGES, env

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}  # plain: a second start is quick

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="development-only-not-a-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
EXAMPLE_PARTNER = "partner.localhost" if DEBUG else ""
ALLOWED_HOSTS += [EXAMPLE_PARTNER] if EXAMPLE_PARTNER else []
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
LEDGER_MAKES_KEYS = DEBUG
WEBHOOKS_ALLOW_PRIVATE = env.bool("WEBHOOKS_ALLOW_PRIVATE", default=True)
