"""Tests: as safe as production where it matters, quick where it does not."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403  settings modules build on each other by star import
from .base import DATABASES, VAR

SECRET_KEY = "tests-only"  # noqa: S105  it signs nothing outside of a test run
EXAMPLE_PARTNER = "partner.localhost"
ALLOWED_HOSTS = ["localhost", "testserver", "127.0.0.1", EXAMPLE_PARTNER]
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LEDGER_KEYS = str(Path(tempfile.gettempdir()) / f"kept-test-keys-{os.getuid()}")
LEDGER_MAKES_KEYS = True
EMAIL_URL = os.environ.get("EMAIL_URL", f"file://{VAR / 'test-mail'}")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: browser tests and workers are other threads and processes. It lies beside the one of the site.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATABASES["default"]["NAME"]).with_name("test.sqlite3"))}
