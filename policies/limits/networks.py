"""Where a request comes from, as coarse as a limit needs it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
"""One network for all whose address nobody knows, such as those who come by a socket file."""


def network_of(request: HttpRequest) -> str:
    """The network of whoever sent a request: /24 of IPv4, /48 of IPv6."""
    return network(_address(request))


def network(address: str) -> str:
    """The network that an address lies in."""
    try:
        known = ip_address(address.strip())
    except ValueError:
        return UNKNOWN
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return str(ip_network(f"{known}/{24 if known.version == 4 else 48}", strict=False))


def _address(request: HttpRequest) -> str:
    """The last hop is the one that our own proxy saw; what stands before it, anybody can write."""
    if settings.BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
    return str(request.META.get("REMOTE_ADDR", ""))
