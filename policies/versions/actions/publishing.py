"""The one way in: whatever way of publishing was taken, it ends here."""

from typing import Any

from django.db import transaction

from ..completeness import NotPublishable, missing_in
from ..models.versions import Version, VersionText, Work
from ..modes import importing
from ..rules import free_name
from .announcing import announce_version
from .translating import add_translation

__all__ = ["importing", "record_publish"]


@transaction.atomic
def record_publish(page: Any, *, revision: Any) -> Version | VersionText | None:
    """Freeze what a page has just been published with.

    The original makes a version, a translation adds its language to the version that it translates. Nothing new to record
    (the same text again, an alias, a translation of no announced text) makes nothing and returns None. Raises `NotPublishable`.
    """
    # Read anew: the instance that a signal carries may hold what is not in the database.
    page = type(page).objects.select_related("locale").get(pk=page.pk)
    if not page.live or page.alias_of_id:
        return None
    if missing := missing_in(page):
        raise NotPublishable(" ".join(missing))
    work = locked_work(page)
    if page.locale.language_code == work.source_language:
        return announce_version(work, page, revision=revision)
    return add_translation(work, page)


def locked_work(page: Any) -> Work:
    """The row that numbers are given out under: two publishes of one work wait for each other here."""
    if not Work.objects.filter(key=page.translation_key).exists():
        taken = Work.objects.filter(kind=page.work_kind).values_list("slug", flat=True)
        defaults = {
            "kind": page.work_kind,
            "slug": free_name(page.slug, set(taken)),
            "source_language": page.locale.language_code,
        }
        Work.objects.get_or_create(key=page.translation_key, defaults=defaults)
    return Work.objects.select_for_update().get(key=page.translation_key)
