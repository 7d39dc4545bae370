"""What time brings about: drafts whose hour has come, and live pages that no publish signal told of."""

import logging

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Revision

from common import clock

from .actions import record_publish
from .actions.announcing import is_recorded
from .completeness import NotPublishable
from .drafts import Draft
from .models import VersionedPage, Work

logger = logging.getLogger(__name__)


def publish_due() -> None:
    """Publish scheduled drafts, each in a transaction of its own: one that fails holds no other one back.

    Wagtail's own command does the rest: pages of other kinds, and those that expire.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lt=clock.now()).order_by("approved_go_live_at")
    for revision in due:
        if not issubclass(revision.content_type.model_class(), VersionedPage):
            continue
        try:
            with transaction.atomic():
                revision.publish()
        except NotPublishable:
            # Asking again would hear the same; and Wagtail's command would stop at it, and hold back what comes after.
            logger.exception("The scheduled revision %s is refused, and its schedule is ended", revision.pk)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        except Exception:
            logger.exception("The scheduled revision %s cannot be published", revision.pk)
    call_command("publish_scheduled")


def reconcile() -> int:
    """Record what is live without a record, as after a fixture or a bulk update; the number of pages mended.

    Visitors were never shown it: they read from the record.
    """
    mended = 0
    for page_type in VersionedPage.__subclasses__():
        for page in page_type.objects.live().filter(alias_of=None).select_related("locale"):
            if _is_unrecorded(page) and record_publish(page, revision=page.live_revision):
                logger.warning("The page %s was live without a record of it", page.pk)
                mended += 1
    return mended


def _is_unrecorded(page: VersionedPage) -> bool:
    """Whether an original says something else than its newest version. Translations wait for a publish of their own."""
    work = Work.objects.filter(key=page.translation_key).first()
    if work is None or not work.versions.exists():
        return True
    return work.source_language == page.locale.language_code and not is_recorded(work, Draft.of(page))
