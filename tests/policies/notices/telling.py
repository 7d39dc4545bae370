"""Who is told in these tests, and of what."""

from typing import Any

from common import clock
from policies.subscriptions.models import Subscriber
from policies.versions.models import Version
from tests.factories import clarifying, faster_reply, home, locale, material, policy, publish


def subscriber(name: str, language: str = "en", *, every_change: bool = False, confirmed: bool = True) -> Subscriber:
    """Somebody who asked to hear of changes of policies."""
    person = Subscriber.objects.create(
        address=f"{name}@example.com", language=language, confirmed_at=clock.now() if confirmed else None
    )
    person.subscriptions.create(topic="policy_changes", every_change=every_change)
    return person


def announce(page: Any = None, **fields: Any) -> Version:
    """A change of the privacy policy: 72 hours become 48."""
    return publish(page or policy(), sections=faster_reply(), **(fields or changed_method()))


def changed_method() -> dict[str, Any]:
    """The publishing fields of a material change, with what makes it material."""
    return {**material(), "triggers": ["rights_methods"]}


def small() -> dict[str, Any]:
    """The publishing fields of a change that is called small although a number changes, with the reason for it."""
    return {**clarifying(), "class_reason": "We have always answered within 48 hours."}


def in_urdu(page: Any) -> None:
    """A translation that goes out with the next version."""
    home("ur")
    urdu = page.copy_for_translation(locale("ur"))
    urdu.save_revision().publish()
    urdu.refresh_from_db()
    urdu.title, urdu.sections, urdu.translation_ready = "رازداری", faster_reply(), True
    urdu.summary = "ہم جلد جواب دیں گے۔"
    urdu.save_revision()
