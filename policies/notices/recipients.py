"""Who is told of what."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from policies.outbox.models import OPEN, Letter, State
from policies.subscriptions.models import Subscriber, SubscriberQuerySet, Topic
from policies.versions.models import Version
from policies.versions.states import ChangeClass

from .models import ANNOUNCING, Notice, NoticeKind


def recipients(notice: Notice) -> QuerySet[Subscriber, tuple[object, ...]]:
    """Who is entitled to the letter: (key, address, language)."""
    return _entitled(notice).values_list("key", "address", "language")


def _entitled(notice: Notice) -> SubscriberQuerySet:
    subscribers: SubscriberQuerySet = Subscriber.objects.all()
    if notice.kind == NoticeKind.WITHDRAWN:
        return subscribers.subscribed_to(Topic.POLICY_CHANGES)
    if not notice.announces:
        return subscribers.subscribed_to(Topic.POLICY_CHANGES).filter(Exists(_letters_before(notice)))
    # Clarifying changes go to those who asked for all.
    is_small = notice.version.change_class != ChangeClass.MATERIAL
    return subscribers.subscribed_to(Topic.POLICY_CHANGES, every_change=is_small)


def _letters_before(notice: Notice) -> QuerySet[Letter]:
    """The letters that a cancellation or an erratum answers, of one subscriber.

    A cancellation has ended the letters that were waiting, so it answers those that were sent, and those of which nobody
    knows. An erratum ends none: who is still to get the first letter gets the erratum too.
    """
    got = Q(state=State.SENT) | Q(begun_at__isnull=False)
    if notice.kind == NoticeKind.CORRECTED:
        got |= Q(state__in=OPEN)
    told = Notice.objects.filter(kind__in=ANNOUNCING, version__in=list(_one_change(notice.version)))
    return Letter.objects.filter(got, mailing__in=told.values("mailing"), recipient=OuterRef("key"))


def _one_change(version: Version) -> Iterator[int]:
    """A version and those that it replaces: to readers, one change whose date has moved."""
    each: Version | None = version
    while each:
        yield each.pk
        each = each.replaces
