"""Facts in, letter out. None of them carries a word that a visitor typed."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from common import clock
from common.letters import rendered
from common.signing import token_for
from policies.outbox.actions import post

from .links import PURPOSE, confirm_link, link, preferences_link
from .models import Subscriber


def post_confirmation(subscriber: Subscriber) -> None:
    """Ask the owner of an address to confirm."""
    url = confirm_link(subscriber.key, language=subscriber.language)
    _post("confirm", subscriber, {"confirm_url": url, "days": settings.CONFIRMATION_VALID_FOR.days})


def post_already_subscribed(subscriber: Subscriber) -> None:
    """Tell somebody who is subscribed already, where the page at the form could not say so."""
    _post("already", subscriber, {"preferences_url": preferences_link(subscriber.key, language=subscriber.language)})


def _post(name: str, subscriber: Subscriber, facts: dict[str, Any]) -> None:
    language = subscriber.language
    leave = link("unsubscribe", token_for(subscriber.key, purpose=PURPOSE), language=language)
    with override(language):
        letter: dict[str, Any] = rendered(
            name, facts | {"language": language, "leave_url": leave, "site_url": settings.SITE_URL}
        )
    post(
        key=f"{name}:{subscriber.key}:{clock.now():%Y%m%d%H%M%S%f}",
        kind=name,
        recipient=subscriber.key,
        address=subscriber.address,
        language=language,
        list_unsubscribe=leave,
        expires_at=clock.now() + settings.CONFIRMATION_VALID_FOR,
        **letter,
    )
