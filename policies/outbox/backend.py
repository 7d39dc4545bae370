from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from .actions import post


class OutboxBackend(BaseEmailBackend):
    """Django's own mail (Wagtail's notices to staff, forgotten passwords) waits in the outbox like every letter."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns how many messages were taken. `fail_silently` hides nothing: no network is asked here."""
        return sum(_post(message) for message in email_messages)


@transaction.atomic
def _post(message: EmailMessage) -> bool:
    if message.attachments:
        raise ValueError("the outbox carries text and HTML, no attachments")
    for address in message.recipients():
        post(
            key=f"staff:{uuid4()}",
            kind="staff",
            recipient=uuid4(),
            address=address,
            language=get_language() or "en",
            subject=str(message.subject),
            text=str(message.body),
            html=_html_of(message),
            sender=message.from_email,
            reply_to=", ".join(message.reply_to),
        )
    return bool(message.recipients())


def _html_of(message: EmailMessage) -> str:
    if message.content_subtype == "html":
        return str(message.body)
    alternatives = getattr(message, "alternatives", ())
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
