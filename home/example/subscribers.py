"""People at example.com who asked to hear of changes; mail to that domain reaches nobody (RFC 2606)."""

from django.db import transaction

from common import clock
from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.subscriptions.models import Subscriber, Topic

PEOPLE = [
    ("ayesha@example.com", "ur", False),
    ("bilal@example.com", "ur", True),
    ("carol@example.com", "en", False),
    ("david@example.com", "en", True),
    ("fatima@example.com", "ur", False),
]


@transaction.atomic
def make_subscribers() -> None:
    """Confirmed, as if each had pressed the button in the confirmation letter."""
    for address, language, every_change in PEOPLE:
        if Subscriber.objects.filter(address=address).exists():
            continue
        person = Subscriber.objects.create(address=address, language=language, confirmed_at=clock.now())
        person.subscriptions.create(topic=Topic.POLICY_CHANGES, every_change=every_change)
        facts = {"topic": Topic.POLICY_CHANGES, "language": language, "method": "example"}
        append(kind=Kind.SUBSCRIPTION_CONFIRMED, subject=person.key, facts=facts)
