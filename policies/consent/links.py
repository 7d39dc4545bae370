"""Addresses of this app that are given to people."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from common.signing import token_for
from policies.ledger.models import Entry

RECEIPT = "receipt"
"""What the tokens of receipts are for."""


def choices_link(*, language: str) -> str:
    """The page where consent is given and taken back, absolute."""
    with override(language):
        return settings.SITE_URL + reverse("choices:choices")


def receipt_url(entry: Entry) -> str:
    """The page of what a line says, in words. Nobody finds it without the link: no account and no e-mail are needed."""
    return f"{reverse('choices:choices')}receipts/{receipt_token(entry)}/"


def receipt_token(entry: Entry) -> str:
    """What the address of a receipt has in place of an id."""
    return token_for(entry.uid, purpose=RECEIPT)
