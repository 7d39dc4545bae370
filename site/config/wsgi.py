"""The WSGI entry: finished bytes first, then static files, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  Django must be set up first
from whitenoise import WhiteNoise  # noqa: E402

from common.shelf import Shelf  # noqa: E402
from policies.versions.generation import read_generation  # noqa: E402

static_files = WhiteNoise(
    django_application,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL.strip("/"),
    autorefresh=settings.DEBUG,
    immutable_file_test=r"^/static/.+\.[0-9a-f]{12}\..+$",
)
application = Shelf(static_files, generation=read_generation)
