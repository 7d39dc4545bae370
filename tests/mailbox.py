"""A real SMTP server for tests, and what arrived there."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.test import override_settings


class Mailbox:
    """Keeps every message that it accepts, with its envelope."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, EmailMessage]] = []
        self.changed = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # the name is aiosmtpd's
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        with self.changed:
            for address in envelope.rcpt_tos:
                self.arrived.append((address, message))
            self.changed.notify_all()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What arrived for an address, oldest first."""
        return [message for envelope_to, message in self.arrived if envelope_to == address]

    def last(self, address: str) -> EmailMessage:
        """The newest letter to an address."""
        return self.to(address)[-1]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port; letters go there as long as the block lasts."""
    box = Mailbox()
    port = _free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(EMAIL_URL=f"smtp://127.0.0.1:{port}"):
            yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def deliver() -> None:
    """Let the worker do all it has to do now."""
    call_command("deliver", once=True)


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()
