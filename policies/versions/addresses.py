"""Absolute addresses of documents and versions, for letters and the API: made from the page where one is live."""

from collections.abc import Collection

from django.conf import settings
from wagtail.models import Page

from .models.versions import Version, Work


def page_url(work: Work, *, language: str) -> str:
    """Where a document is read in a language, or in that of its original; ends with a slash."""
    return page_urls([work], language=language)[work.pk]


def page_urls(works: Collection[Work], *, language: str) -> dict[int, str]:
    """The same of several documents, by their keys, in one query."""
    pages = Page.objects.live().filter(translation_key__in=[work.key for work in works]).select_related("locale")
    found = {(page.translation_key, page.locale.language_code): page for page in pages}
    return {
        work.pk: _url(work, found.get((work.key, language)) or found.get((work.key, work.source_language)))
        for work in works
    }


def _url(work: Work, page: Page | None) -> str:
    relative = page.get_url_parts()[2] if page and page.get_url_parts() else f"/{work.slug}/"
    return f"{settings.SITE_URL}{relative}"


def version_url(version: Version, *, language: str) -> str:
    """The permanent address of a version."""
    return f"{page_url(version.work, language=language)}versions/{version.permalink}/"


def compare_url(older: Version, newer: Version, *, language: str) -> str:
    """The redline between two versions."""
    return f"{page_url(newer.work, language=language)}compare/{older.permalink}...{newer.permalink}/"
