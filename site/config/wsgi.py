"""The WSGI entry: finished bytes first, then static files, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

django_application = get_wsgi_application()

from django.conf import settings
from whitenoise import WhiteNoise

from common.shelf import Shelf
from common.tallying import Tally
from policies.consent.csp import ByVisitor
from policies.consent.serving import add_counts
from policies.versions.generation import read_generation

static_files = WhiteNoise(
    django_application,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL.strip("/"),
    autorefresh=settings.DEBUG,
    immutable_file_test=r"^/static/.+\.[0-9a-f]{12}\..+$",
)
application = Shelf(static_files, generation=read_generation, adapt=ByVisitor(), tally=Tally(add_counts))
