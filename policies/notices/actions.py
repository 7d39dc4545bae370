from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from common import clock
from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.outbox.actions import close_finished, fan_out, open_mailing
from policies.outbox.models import counts
from policies.subscriptions.models import Subscriber, Topic
from policies.versions.states import ChangeClass

from .letters import rendition
from .models import Notice


def send_out_notices() -> int:
    """Make the letters of every notice that has none yet; the number of notices sent out."""
    waiting = list(Notice.objects.waiting().values_list("pk", flat=True))
    return sum(send_out(pk) for pk in waiting)


@transaction.atomic
def send_out(pk: int) -> bool:
    """Render a notice once per language and make one letter per entitled person, all in one transaction.

    Two workers that find the same notice wait for each other here, and the second finds it done.
    """
    notice = Notice.objects.select_for_update(of=("self",)).select_related("version__work").get(pk=pk)
    if notice.mailing_id:
        return False
    languages = [code for code, _ in settings.LANGUAGES]
    notice.mailing = open_mailing(
        key=f"notice:{notice.pk}",
        kind="notice",
        renditions={language: rendition(notice, language=language) for language in languages},
    )
    notice.entitled = fan_out(notice.mailing, recipients(notice))
    notice.save(update_fields=["mailing", "entitled"])
    return True


def recipients(notice: Notice) -> QuerySet[Subscriber, tuple[object, ...]]:
    """Who is entitled to the letter: (key, address, language). Clarifying changes go to those who asked for all."""
    is_small = notice.version.change_class != ChangeClass.MATERIAL
    entitled = Subscriber.objects.subscribed_to(Topic.POLICY_CHANGES, every_change=is_small)
    return entitled.values_list("key", "address", "language")


def close_notices() -> int:
    """Close every notice whose letters have all ended; the number closed."""
    close_finished()
    closed = 0
    for notice in Notice.objects.unclosed().filter(mailing__closed_at__isnull=False):
        closed += close(notice.pk)
    return closed


@transaction.atomic
def close(pk: int) -> bool:
    """Account for every letter of a notice and enter the sum in the ledger."""
    notice = Notice.objects.select_for_update(of=("self",)).select_related("mailing", "version__work").get(pk=pk)
    if notice.closed_at or notice.mailing is None:
        return False
    notice.counts, notice.closed_at = counts(notice.mailing), clock.now()
    notice.save(update_fields=["counts", "closed_at"])
    facts = {
        "work": str(notice.version.work.key),
        "permalink": notice.version.permalink,
        "entitled": notice.entitled or 0,
    }
    append(kind=Kind.NOTICE_CLOSED, facts=facts | {"counts": notice.counts})
    return True
