"""Addresses of this app, for its own pages and for letters."""

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


def receipt_token(entry: Entry) -> str:
    """What opens the receipt of a line: whoever has it may read that line."""
    return token_for(entry.uid, purpose=RECEIPT)


def receipt_url(entry: Entry) -> str:
    """The receipt of a line, in the language that is being spoken."""
    return f"{reverse('choices:choices')}receipts/{receipt_token(entry)}/"


def wording_url(digest: str) -> str:
    """What was shown, by its hash."""
    return f"{reverse('choices:choices')}wordings/{digest}/"
