"""What may stand in a letter, and when the next try is. No database, no clock."""

import random
from datetime import timedelta

TOKEN_PLACEHOLDER = "KEPT0RECIPIENT0TOKEN"  # noqa: S105  the place for a token; letters and digits need no encoding in a URL, in HTML or in a mail
"""Stands in a rendition wherever the recipient's own token (`common.signing`, purpose "updates") goes."""

FIRST_RETRY_AFTER = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)


class Unsendable(ValueError):
    """Something that must never stand in a header or an envelope; trying again would not help."""


def one_line(value: str) -> str:
    """The value itself. A line break would let it write headers of its own (RFC 5322, section 2.2)."""
    if any(character in value for character in "\r\n\x00"):
        raise Unsendable("a line break or a null character in a header")
    return value


def sendable_address(address: str) -> str:
    """The address as the wire wants it: one line, its domain in ASCII (IDNA)."""
    local, at, domain = one_line(address).rpartition("@")
    if not (local and at and domain) or any(character in address for character in " <>") or not local.isascii():
        raise Unsendable("not an address that can be written to")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Unsendable("not a domain that can be written to") from error


def sendable_link(url: str) -> str:
    """The URL itself, if it can stand between angle brackets in a header."""
    if not url.isascii() or any(character in one_line(url) for character in " <>"):
        raise Unsendable("not a URL for a header")
    return url


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts (at least one): 5 minutes, doubled each time, at most 6 hours."""
    return min(FIRST_RETRY_AFTER * 2 ** min(attempts - 1, 20), LONGEST_WAIT)


def with_jitter(wait: timedelta) -> timedelta:
    """Up to a fifth longer or shorter, so that letters refused together do not come back together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  it spreads load, it hides nothing


def is_hopeless(attempts: int) -> bool:
    """So many attempts fill five days."""
    return sum((wait_after(n) for n in range(1, attempts + 1)), timedelta()) > GIVE_UP_AFTER
