"""A rendition becomes finished MIME bytes once; for each letter only a few of them are filled in.

Building a message anew for every recipient costs a hundred times as much as filling in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from .models import Rendition
from .quoting import quoted_printable
from .rules import TOKEN_PLACEHOLDER, one_line, sendable_address, sendable_link

CRLF = b"\r\n"


@dataclass(frozen=True)
class Frame:
    """The bytes of a rendition: what comes before a letter's own headers, and the rest, cut where its token goes."""

    sender: str
    expires_at: datetime | None
    head: bytes
    rest: tuple[bytes, ...]

    @property
    def has_token(self) -> bool:
        """Whether letters differ in more than their own headers."""
        return len(self.rest) > 1

    def filled(self, *, address: str, message_id: str, at: datetime, token: str) -> bytes:
        """One person's letter; the address must be a `sendable_address`."""
        own = f"To: {address}\r\nMessage-ID: {message_id}\r\nDate: {_date(at.replace(microsecond=0))}\r\n"
        return self.head + own.encode("ascii") + token.encode("ascii").join(self.rest)


@lru_cache(maxsize=2)
def _date(second: datetime) -> str:
    return format_datetime(second)


def frame_of(rendition: Rendition) -> Frame:
    """Raises `Unsendable` where something stands in a header that must not."""
    rest = _list_headers(rendition) + _body(rendition)
    return Frame(
        sender=sendable_address(parseaddr(rendition.from_header)[1]),
        expires_at=rendition.mailing.expires_at,
        head=_head(rendition),
        rest=tuple(rest.split(TOKEN_PLACEHOLDER.encode())),
    )


def _head(rendition: Rendition) -> bytes:
    """Headers that need encoding or folding, by the standard library."""
    headers = EmailMessage(policy=SMTP)
    headers["From"] = one_line(rendition.from_header)
    if rendition.reply_to:
        headers["Reply-To"] = one_line(rendition.reply_to)
    headers["Subject"] = one_line(rendition.subject)
    headers["Content-Language"] = rendition.language
    headers["Auto-Submitted"] = "auto-generated"
    headers["MIME-Version"] = "1.0"
    return headers.as_bytes().removesuffix(CRLF)


def _list_headers(rendition: Rendition) -> bytes:
    """What lets a mail program offer a button that unsubscribes (RFC 2369, RFC 8058) and sort by list (RFC 2919)."""
    if not rendition.list_unsubscribe:
        return b""
    lines = (
        f"List-Id: <updates.{own_domain()}>",
        f"List-Unsubscribe: <{sendable_link(rendition.list_unsubscribe)}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    )
    return b"".join(line.encode() + CRLF for line in lines)


def _body(rendition: Rendition) -> bytes:
    text = _part("plain", rendition.text)
    if not rendition.html:
        return text
    html = _part("html", rendition.html)
    # "=_" cannot occur in quoted-printable, so the boundary cannot occur in a part.
    boundary = b"=_" + hashlib.sha256(text + html).hexdigest()[:32].encode()
    opening = b'Content-Type: multipart/alternative; boundary="' + boundary + b'"' + CRLF
    mark = CRLF + b"--" + boundary
    return opening + mark + CRLF + text + mark + CRLF + html + mark + b"--" + CRLF


def _part(subtype: str, content: str) -> bytes:
    headers = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return headers.encode() + quoted_printable(content, whole=TOKEN_PLACEHOLDER)


def own_domain() -> str:
    """The domain that letters are from; it makes Message-IDs and the List-Id ours."""
    return _domain_of(settings.DEFAULT_FROM_EMAIL, settings.SITE_URL)


@lru_cache(maxsize=2)
def _domain_of(sender: str, site: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2] or urlsplit(site).hostname or "localhost"
    return domain.encode("idna").decode()


def message_id_for(*, mailing: int, recipient: UUID) -> str:
    """The same for every attempt, so that receivers can drop a repetition; it says nothing of the person."""
    person = salted_hmac("kept.outbox.message-id", recipient.bytes, algorithm="sha256").hexdigest()[:32]
    return f"<m{mailing}.{person}@{own_domain()}>"
