"""Where messages may go: never into the network that the site itself stands in (OWASP: server-side request forgery).

A name is resolved once, every address it stands for is looked at, and the connection goes to one of those very addresses:
an answer that changes between the look and the connection changes nothing.
"""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL = 500
NAT64 = ipaddress.ip_network("64:ff9b::/96")
REFUSED = tuple(
    ipaddress.ip_network(each)
    for each in (
        "100.64.0.0/10",  # between a provider and its customers (RFC 6598)
        "168.63.129.16/32",  # a cloud's own, although the number is public
        "192.0.0.0/24",
        "192.88.99.0/24",  # to relays from IPv4 to IPv6
        "198.18.0.0/15",  # measuring
        "::/96",  # an IPv4 address in IPv6, as it was once written
        "64:ff9b:1::/48",  # the same, for local translation (RFC 8215)
        "100::/64",
        "2001::/23",  # among them Teredo, which holds an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 holds an IPv4 address too
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
"""What Python's `is_global` lets through, or has not always known."""


class NotAllowed(ValueError):
    """An address to which nothing is sent; the words are for the person who entered it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address, taken apart: `host` is its name in ASCII, `path` what is asked for there."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def is_usual_port(self) -> bool:
        """Whether the port goes without saying."""
        return self.port == (443 if self.is_secure else 80)

    @property
    def host_header(self) -> str:
        """As HTTP wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.is_usual_port else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Take an address apart. Raises `NotAllowed` for everything that is not a plain public https address."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or any(each in url for each in ' \\"<>'):
        raise NotAllowed(_("This is not a web address in plain letters."))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as broken:
        raise NotAllowed(_("This is not a web address.")) from broken
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_ALLOW_PRIVATE):
        raise NotAllowed(_("The address has to begin with https://."))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise NotAllowed(_("The address must not hold a name or a password."))
    if not host or "%" in host or parts.fragment:
        raise NotAllowed(_("This is not a web address."))
    is_secure = parts.scheme == "https"
    target = Target(is_secure, host, port or (443 if is_secure else 80), _path(parts))
    if port == 0 or (target.port not in settings.WEBHOOKS_PORTS and not settings.WEBHOOKS_ALLOW_PRIVATE):
        raise NotAllowed(_("Messages are not sent to this port."))
    return target


def _path(parts: Any) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def addresses_of(target: Target) -> list[str]:
    """The addresses that a name stands for at this moment, in the order in which to try them. Raises `NotAllowed` if any
    of them is not public, and `OSError` if there is none."""
    answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in answers))
    for address in found:
        if not (settings.WEBHOOKS_ALLOW_PRIVATE or is_public(address)):
            raise NotAllowed(_("This name leads into a private network."))
    return found


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet's; what is not an address is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not getattr(found, "scope_id", None) and _is_public(_unwrapped(found))


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: Address) -> bool:
    if any(address in network for network in REFUSED if network.version == address.version):
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not (special or address.is_link_local or address.is_private)
