"""After a form was sent: the line that was entered for it, found again by the token in the address."""

from urllib.parse import urlencode

from common.signing import BadToken, subject_of
from policies.ledger.models import Entry

from .links import receipt_token
from .rules import Remembered


def saved_at(url: str, entry: Entry | None) -> str:
    """The address that says that it is saved, and knows the receipt; without one where nothing new was entered."""
    said = {"saved": "1"} | ({"receipt": receipt_token(entry)} if entry else {})
    return f"{url}?{urlencode(said)}"


def said_in_receipt(token: str, what: Remembered) -> Entry | None:
    """The line of a token, where it is about whoever is looking: a link that somebody else sent shows nothing."""
    try:
        uid = subject_of(token, purpose="receipt")
    except BadToken:
        return None
    return Entry.objects.filter(uid=uid, subject=what.subject).first()
