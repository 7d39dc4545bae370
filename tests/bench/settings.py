"""Like a real site, but without TLS and with a plain Wagtail page as peer."""

import os
import tempfile

from config.settings.base import *  # noqa: F403  settings modules build on each other by star import

SECRET_KEY = "bench-only"
ALLOWED_HOSTS = ["localhost"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ROOT_URLCONF = "tests.bench.urls"
LEDGER_KEYS = os.environ.get("LEDGER_KEYS") or tempfile.mkdtemp(prefix="kept-bench-keys-")
LEDGER_MAKES_KEYS = True
BEHIND_PROXY = True  # else the limit of one network would end the benchmark of choices
