"""Where letters go: a mail server, or a folder. `EMAIL_URL` says which."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Parcel:
    """A finished letter with its envelope; every line of `data` ends in CRLF."""

    sender: str
    recipient: str
    message_id: str
    data: bytes


class Transport(Protocol):
    """Something that takes letters."""

    @property
    def is_open(self) -> bool:
        """Whether the next letter can go without connecting first."""

    def open(self) -> None:
        """Connect. Raises `ServerDown`."""

    def send(self, parcel: Parcel) -> str:
        """Hand a letter over and return the answer. Raises `TransportError` or `ServerDown`."""

    def close(self) -> None:
        """Say goodbye, if connected."""

    def cut(self) -> None:
        """Drop the connection at once, from a signal handler, and connect no more."""


PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
SCHEMES = "smtp://, smtps:// (TLS from the start), smtp+tls:// (STARTTLS) or file:///folder"


def transport_from(url: str) -> Transport:
    """The transport that an `EMAIL_URL` describes. Raises `ImproperlyConfigured`."""
    from .files import FileTransport
    from .smtp import SmtpTransport

    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path.strip("/") and not parts.netloc:
        return FileTransport(Path(unquote(parts.path)))
    if parts.scheme in PORTS and parts.hostname and not (parts.path.strip("/") or parts.query):
        return SmtpTransport(
            host=parts.hostname,
            port=_port(parts),
            tls=parts.scheme,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )
    # The address itself may hold a password, so it is not repeated.
    raise ImproperlyConfigured(f"EMAIL_URL must be {SCHEMES}; its scheme is {parts.scheme!r}")


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise ImproperlyConfigured("EMAIL_URL has a port that is no number from 0 to 65535") from error
