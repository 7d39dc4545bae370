"""Addresses that stand in letters. A link only asks; the button behind it acts."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from common.signing import dated_token_for, token_for

PURPOSE = "updates"
"""What the lasting token in every letter is for: preferences and leaving."""
CONFIRMING = "updates.confirm"


def link(name: str, token: str, *, language: str) -> str:
    """An absolute address of this app with a token in it, in a language."""
    with override(language):
        return settings.SITE_URL + reverse(f"updates:{name}", args=[token])


def confirm_link(key: UUID, *, language: str) -> str:
    """Works for `CONFIRMATION_VALID_FOR`."""
    return link("confirm", dated_token_for(key, purpose=CONFIRMING), language=language)


def preferences_link(key: UUID, *, language: str) -> str:
    """Works for as long as the signing key is known."""
    return link("preferences", token_for(key, purpose=PURPOSE), language=language)
