"""What people are told of: cookies by purpose, and the services that wait for one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self
from urllib.parse import urlsplit

from ..knowing import Known
from .states import State


def origin_of(address: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


@dataclass(frozen=True, slots=True)
class Talk:
    """An address that a service talks to, and the purpose that it waits for."""

    purpose: str
    address: str

    def covers(self, url: str, *, site: str) -> bool:
        """Whether a request belongs to it: of other sites the whole origin, of our own no more than the address."""
        own = origin_of(self.address)
        if own == site:
            return url.split("#")[0].split("?")[0].startswith(self.address.split("?")[0])
        return fnmatchcase(origin_of(url), own)


@dataclass(frozen=True, slots=True)
class Declarations:
    """All of it, without texts and languages."""

    cookies: tuple[tuple[str, str], ...] = ()
    """Purpose, and the name of a cookie or another thing kept on the device; `*` at its end where the rest varies."""
    talks: tuple[Talk, ...] = ()
    asked: tuple[str, ...] = ()
    free: frozenset[str] = frozenset()
    """Purposes that need no consent."""
    switched_off: frozenset[str] = frozenset()
    """Purposes that Global Privacy Control switches off."""

    @classmethod
    def of(cls, now: Known, *, site: str) -> Self:
        """What the site declares now."""
        purposes = now.purposes.values()
        return cls(
            cookies=tuple((purpose.code, cookie.name) for purpose in purposes for cookie in purpose.cookies),
            talks=tuple(talk for service in now.services for talk in _talks(service, site)),
            asked=now.asked if now.version else (),
            free=frozenset(purpose.code for purpose in purposes if not purpose.needs_consent),
            switched_off=now.switched_off_by_signal,
        )

    def allowed(self, state: State) -> frozenset[str]:
        """The purposes that may be served in a state."""
        return self.free | (state.granted - self.switched_off if state.signal else state.granted)

    def purposes_of(self, name: str) -> frozenset[str]:
        """Whose cookie, or other thing on the device, this is."""
        return frozenset(purpose for purpose, pattern in self.cookies if _is_named(name, pattern))

    def purposes_behind(self, url: str, *, site: str) -> frozenset[str]:
        """Whose request this is."""
        return frozenset(talk.purpose for talk in self.talks if talk.covers(url, site=site))


def _is_named(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _talks(service: object, site: str) -> Iterator[Talk]:
    address, others, purpose = (str(getattr(service, name)) for name in ("address", "origins", "purpose"))
    for each in _addresses(address, others.split()):
        # What is served from here is named by its path, whatever this site is called today.
        yield Talk(purpose, site + each if each.startswith("/") else each)


def _addresses(first: str, others: Iterable[str]) -> list[str]:
    return [each for each in (first, *others) if each]
