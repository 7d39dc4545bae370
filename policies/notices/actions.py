from django.conf import settings
from django.db import transaction

from common import clock
from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.outbox.actions import close_finished, end_mailing, fan_out, open_mailing
from policies.outbox.models import State, counts
from policies.versions.actions import finish_announcement
from policies.versions.models import Version, Work
from policies.versions.states import ActKind

from .letters import rendition
from .models import Notice
from .recipients import recipients

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def send_out_notices() -> int:
    """Make the letters of every notice that has none yet; the number of notices sent out."""
    waiting = list(Notice.objects.waiting().order_by("created_at", "pk").values_list("pk", flat=True))
    return sum(send_out(pk) for pk in waiting)


@transaction.atomic
def send_out(pk: int) -> bool:
    """Render a notice once per language and make one letter per entitled person, all in one transaction.

    Two workers that find the same notice wait for each other here, and the second finds it done.
    """
    notice = _locked(pk)
    if notice is None or notice.mailing_id or notice.closed_at:
        return False
    notice.mailing = open_mailing(
        key=f"notice:{notice.pk}",
        kind="notice",
        renditions={language: rendition(notice, language=language) for language in LANGUAGES},
    )
    notice.entitled = fan_out(notice.mailing, recipients(notice))
    notice.save(update_fields=["mailing", "entitled"])
    return True


def stop_telling(version: Version) -> None:
    """Nobody else is told of a version that is cancelled: its letters that still wait are ended, or never made."""
    for notice in Notice.objects.select_for_update().announcing().filter(version=version, closed_at=None):
        if notice.mailing_id:
            end_mailing(notice.mailing_id, state=State.SUPPRESSED, answer="the version was cancelled")
        else:
            _close(notice)


def close_notices() -> int:
    """Close every notice whose letters have all ended; the number closed."""
    close_finished()
    done = Notice.objects.unclosed().filter(mailing__closed_at__isnull=False)
    return sum(close(pk) for pk in list(done.values_list("pk", flat=True)))


@transaction.atomic
def close(pk: int) -> bool:
    """Account for every letter of a notice and enter the sum in the ledger."""
    # First the work, as whoever cancels a version does: two that lock in another order would wait for each other.
    Work.objects.select_for_update().get(versions__notices=pk)
    notice = _locked(pk)
    if notice is None or notice.closed_at or notice.mailing is None:
        return False
    _close(notice)
    if notice.announces and not notice.version.acts.filter(kind=ActKind.CANCELLED).exists():
        finish_announcement(notice.version, counts=notice.counts)
    return True


def _locked(pk: int) -> Notice | None:
    locked = Notice.objects.select_for_update(of=("self",)).select_related("mailing", "act", "version__work")
    return locked.filter(pk=pk).first()


def _close(notice: Notice) -> None:
    notice.counts, notice.closed_at = counts(notice.mailing) if notice.mailing else {}, clock.now()
    notice.entitled = notice.entitled or 0
    notice.save(update_fields=["counts", "closed_at", "entitled"])
    facts = {
        "kind": notice.kind,
        "work": str(notice.version.work.key),
        "permalink": notice.version.permalink,
        "entitled": notice.entitled,
    }
    append(kind=Kind.NOTICE_CLOSED, facts=facts | {"counts": notice.counts})
