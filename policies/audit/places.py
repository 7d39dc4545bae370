"""Where documents are written and read: one query for any number of them."""

from collections.abc import Iterable

from wagtail.models import Page

from policies.versions.models import Version, Work


def pages_of(works: Iterable[Work]) -> dict[int, Page]:
    """The page of the original of each work, by the id of the work; a deleted page is left out."""
    by_place = {(work.key, work.source_language): work.pk for work in works}
    pages = Page.objects.filter(translation_key__in={key for key, _ in by_place}).select_related("locale")
    found = {by_place.get((page.translation_key, page.locale.language_code)): page for page in pages}
    return {work: page for work, page in found.items() if work is not None}


def permanent_url(version: Version, page: Page | None) -> str:
    """Where the public reads a version; nothing while its page is not live."""
    parts = page.get_url_parts() if page and page.live else None
    return f"{parts[2]}versions/{version.permalink}/" if parts else ""
