"""Absolute addresses of documents and versions, for letters and the API: made from the page where one is live."""

from django.conf import settings
from wagtail.models import Page

from .models import Version, Work


def page_url(work: Work, *, language: str) -> str:
    """Where a document is read in a language, or in that of its original; ends with a slash."""
    pages = Page.objects.live().filter(translation_key=work.key).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    page = by_language.get(language) or by_language.get(work.source_language)
    relative = page.get_url_parts()[2] if page and page.get_url_parts() else f"/{work.slug}/"
    return f"{settings.SITE_URL}{relative}"


def version_url(version: Version, *, language: str) -> str:
    """The permanent address of a version."""
    return f"{page_url(version.work, language=language)}versions/{version.permalink}/"


def compare_url(older: Version, newer: Version, *, language: str) -> str:
    """The redline between two versions."""
    return f"{page_url(newer.work, language=language)}compare/{older.permalink}...{newer.permalink}/"
