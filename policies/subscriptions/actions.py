from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from common import clock
from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind
from policies.outbox.actions import end_letters
from policies.outbox.models import State

from .letters import post_already_subscribed, post_confirmation
from .models import Ending, Subscriber, Subscription, Topic

ASK_AGAIN_AFTER = timedelta(minutes=10)
"""At most one confirmation letter per address in this time: a form must not become a way to bother somebody."""


UNDO_WITHIN = timedelta(days=1)
"""How long a slip can be undone; later, the address is asked anew."""


class NotWaiting(LookupError):
    """There is nobody who could confirm: never asked, or purged since."""


@transaction.atomic
def request_subscription(*, address: str, language: str, every_change: bool) -> None:
    """Ask the owner of an address whether they want letters.

    The answer to the person at the form is the same for known and unknown addresses; only the letter differs.
    """
    subscriber = _subscriber_for(address, language)
    active = subscriber.subscriptions.filter(topic=Topic.POLICY_CHANGES, ended_at=None).first()
    if subscriber.confirmed_at and active:
        if _may_write_again(subscriber):
            post_already_subscribed(subscriber)
        return
    if active is None:
        active = subscriber.subscriptions.create(topic=Topic.POLICY_CHANGES)
        facts = {"topic": active.topic, "language": language, "method": "form"}
        append(kind=Kind.SUBSCRIPTION_REQUESTED, subject=subscriber.key, facts=facts)
        # Somebody who had left is asked anew, and at once: an old confirmation is no consent to new letters.
        if subscriber.subscriptions.filter(ended_at__isnull=False).exists():
            subscriber.confirmed_at = None
            Subscriber.objects.filter(pk=subscriber.pk).update(last_asked_at=clock.now() - ASK_AGAIN_AFTER)
    Subscription.objects.filter(pk=active.pk).update(every_change=every_change)
    subscriber.language = language
    subscriber.save(update_fields=["language", "confirmed_at"])
    if _may_write_again(subscriber):
        post_confirmation(subscriber)


def _subscriber_for(address: str, language: str) -> Subscriber:
    existing = Subscriber.objects.select_for_update().filter(address__iexact=address).first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            never = clock.now() - ASK_AGAIN_AFTER
            return Subscriber.objects.create(address=address, language=language, last_asked_at=never)
    except IntegrityError:
        # Two forms at once: the other one was first.
        return Subscriber.objects.select_for_update().get(address__iexact=address)


def _may_write_again(subscriber: Subscriber) -> bool:
    """Take the one letter that an address may get in a while; False if it is taken."""
    moment = clock.now()
    taken = Subscriber.objects.filter(pk=subscriber.pk, last_asked_at__lte=moment - ASK_AGAIN_AFTER)
    return bool(taken.update(last_asked_at=moment))


@transaction.atomic
def confirm_subscription(key: UUID) -> Subscriber:
    """The owner of the address says yes. Twice is as good as once."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    active = subscriber and subscriber.subscriptions.filter(ended_at=None).first()
    if not subscriber or not active:
        raise NotWaiting(key)
    if subscriber.confirmed_at is None:
        subscriber.confirmed_at = active.started_at = clock.now()
        subscriber.save(update_fields=["confirmed_at"])
        active.save(update_fields=["started_at"])
        facts = {"topic": active.topic, "language": subscriber.language, "method": "mailed link, button"}
        append(kind=Kind.SUBSCRIPTION_CONFIRMED, subject=subscriber.key, facts=facts)
    return subscriber


@transaction.atomic
def unsubscribe(key: UUID) -> None:
    """End all letters to a subscriber, at once: those waiting and those just being sent too. Twice is as good as once."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    if subscriber is None:
        return
    active = subscriber.subscriptions.filter(ended_at=None)
    for topic in active.values_list("topic", flat=True):
        append(kind=Kind.SUBSCRIPTION_ENDED, subject=key, facts={"topic": topic, "because": Ending.UNSUBSCRIBED})
    active.update(ended_at=clock.now(), ended_because=Ending.UNSUBSCRIBED)
    end_letters(recipient=key, state=State.UNSUBSCRIBED)


@transaction.atomic
def resume_subscription(key: UUID) -> Subscriber:
    """Undo an unsubscription that was a slip: the person holds the mailed link, so the address needs no new proof."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key, confirmed_at__isnull=False).first()
    if subscriber is None:
        raise NotWaiting(key)
    last = subscriber.subscriptions.order_by("-started_at").first()
    if last and last.ended_at:
        if last.ended_because != Ending.UNSUBSCRIBED or last.ended_at < clock.now() - UNDO_WITHIN:
            raise NotWaiting(key)
        subscriber.subscriptions.create(topic=last.topic, every_change=last.every_change)
        facts = {"topic": last.topic, "language": subscriber.language, "method": "undo by mailed link, button"}
        append(kind=Kind.SUBSCRIPTION_CONFIRMED, subject=key, facts=facts)
    return subscriber


@transaction.atomic
def change_preferences(key: UUID, *, language: str, every_change: bool) -> None:
    """In which language, and whether of small changes too."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    active = subscriber and subscriber.subscriptions.filter(ended_at=None).first()
    if not subscriber or not active or (subscriber.language, active.every_change) == (language, every_change):
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)
    Subscription.objects.filter(pk=active.pk).update(every_change=every_change)
    append(kind=Kind.SUBSCRIPTION_CHANGED, subject=key, facts={"language": language, "every_change": every_change})


def purge_unconfirmed() -> int:
    """Forget addresses whose owner never said yes; the number forgotten."""
    too_old = clock.now() - settings.CONFIRMATION_VALID_FOR
    waiting = Subscriber.objects.filter(confirmed_at=None, requested_at__lt=too_old, last_asked_at__lt=too_old)
    yes = Entry.objects.filter(subject=OuterRef("key"), kind=Kind.SUBSCRIPTION_CONFIRMED)
    forgotten, _ = waiting.filter(~Exists(yes)).delete()
    return forgotten
