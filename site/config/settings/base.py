"""Safe first: what holds everywhere. Development loosens, production demands. Every variable is in docs/settings.md."""

from datetime import timedelta

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import ROOT

env = environ.Env()
VAR = ROOT / "var"
VAR.mkdir(exist_ok=True)

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")
"""Scheme and host that letters link to, without a slash at the end."""

INSTALLED_APPS = [
    "home",
    "marketing.products",
    "policies.audit",
    "policies.notices",
    "policies.subscriptions",
    "policies.consent",
    "policies.versions",
    "policies.jurisdictions",
    "policies.controller",
    "policies.outbox",
    "policies.limits",
    "policies.ledger",
    "common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.api.v3",
    "ninja",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "home.example.partner.Partner",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PathLanguage",
    "config.middleware.NotTooLarge",
    "config.middleware.PossibleQueries",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "config.middleware.Actor",
    "policies.consent.serving.CountsShown",
    "config.middleware.AtomicWrites",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "config.context.languages",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'kept.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, who waits instead of failing; readers never wait (WAL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # With recursive triggers, INSERT OR REPLACE is refused by the tables that only grow, as a DELETE is.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON;",
    }
else:
    INSTALLED_APPS.append("django.contrib.postgres")
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "prepare_threshold": 5,  # for the few statements that are sent with their values beside them
        "connect_timeout": 5,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- mail: only policies.outbox talks to a server; Django's own mail (Wagtail's notices to staff) goes through it too
EMAIL_URL = env("EMAIL_URL", default=f"file://{VAR / 'mail'}")
EMAIL_BACKEND = "policies.outbox.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Buy Inverter <privacy@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- languages
USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("ur", _("Urdu"))]
FORMAT_MODULE_PATH = "config.formats"
LOCALE_PATHS = [ROOT / "site" / "locale"]
TIME_ZONE = env("TIME_ZONE", default="Asia/Karachi")
"""The site's zone: days in permalinks, "last updated" and "as of" are days of this zone."""
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # else submitting publishes untranslated text at once

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form; a larger one is refused with a page of its own
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a policy of 40 sections in Wagtail's editor has about 3,000

# --- staff
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "wagtailadmin_login"

# --- Wagtail
WAGTAIL_SITE_NAME = "Kept"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "policies.versions.finishing.finish_review"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no third party is asked for anything

# --- security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # staff pages are framed by Wagtail's preview: `config.middleware` says so there
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    # Wagtail's date choosers, inline panels and the translation editor carry inline scripts.
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}

# --- Kept
EXAMPLE_PARTNER = ""
"""Host name under which the example's third party is served by this machine; only for development and tests."""
NOTICE_PERIOD = timedelta(days=env.int("NOTICE_PERIOD_DAYS", default=30))
"""A material change takes effect at least this long after its announcement."""
BEHIND_PROXY = False
"""Whether a proxy of ours stands in front, which says who asks (the last hop of X-Forwarded-For)."""
CONSENT_QUEUE = env("CONSENT_QUEUE", default=str(VAR / "consent-queue"))
"""The folder of choices that could not be recorded when they were made; a worker on the same machine records them."""
COOLING_OFF = timedelta(hours=env.int("COOLING_OFF_HOURS", default=24))
"""How long a change rests before its author may announce it alone, where nobody else can approve it."""
HOME_NOTICE_FOR = timedelta(days=env.int("HOME_NOTICE_DAYS", default=30))
"""How long after taking effect the home page still tells of a material change."""
WEBHOOKS_ALLOW_PRIVATE = env.bool("WEBHOOKS_ALLOW_PRIVATE", default=False)
"""Whether webhooks may go to this machine and its network, to any port and without TLS: for development only."""
WEBHOOKS_PORTS = [int(port) for port in env.list("WEBHOOKS_PORTS", default=["80", "443"])]
"""Ports that webhooks may go to."""
FEED_AUTHORITY = env("FEED_AUTHORITY", default="")
"""Domain and year that name the entries of feeds for ever, as "example.com,2026"; empty: the host of SITE_URL."""
LEDGER_KEYS = env("LEDGER_KEYS", default=str(VAR / "ledger-keys"))
"""The folder of the keys that sign checkpoints and receipts: outside of the database, and in backups of its own."""
LEDGER_MAKES_KEYS = False
"""Whether a first key is made where there is none; else an operator makes it (`manage.py rotate_ledger_key`)."""
GPC_AUDIT_MAX_AGE = timedelta(days=env.int("GPC_AUDIT_MAX_AGE_DAYS", default=35))
"""How long `gpc.json` relies on a self-audit that found nothing."""
CONFIRMATION_VALID_FOR = timedelta(days=7)
"""How long the link in a confirmation letter works; an unconfirmed address is purged after it."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Both tell of every save; what matters of it is in the ledger and in Wagtail's own log.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
