"""Who the people of another system are here."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.conf import settings

from common.canonical import canonical

from ..models import ImportedPerson
from .batches import AT_ONCE, batches
from .checking import ForeignChoice


def persons_of(system: str, ids: Iterable[str]) -> dict[str, ImportedPerson]:
    """By their ids there. Who is new gets a random number here."""
    names = sorted(set(ids))
    found = {person.key: person for person in _found(key for name in names for key in _keys(system, name))}
    known = {name: found[key] for name in names for key in _keys(system, name) if key in found}
    new = {name: ImportedPerson(key=_keys(system, name)[0]) for name in names if name not in known}
    ImportedPerson.objects.bulk_create(new.values(), batch_size=AT_ONCE)
    return known | new


def uid_of(person: ImportedPerson, choice: ForeignChoice) -> UUID:
    """The id of the line that a choice makes: the same choice, the same line, from whichever file."""
    return UUID(bytes=_hash(person, b"line:", choice)[:16], version=4)


def hash_of(person: ImportedPerson, choice: ForeignChoice) -> str:
    """What proves later that this very line was imported. Without the salt of the person it tells nothing."""
    return _hash(person, b"proof:", choice).hex()


def _hash(person: ImportedPerson, use: bytes, choice: ForeignChoice) -> bytes:
    return hmac.new(bytes.fromhex(person.salt), use + canonical(choice.words), hashlib.sha256).digest()


def _keys(system: str, name: str) -> list[str]:
    """Under the present secret, and under former ones."""
    said = canonical({"system": system, "person": name})
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(secret.encode(), b"kept.imported:" + said, hashlib.sha256).hexdigest() for secret in secrets]


def _found(keys: Iterable[str]) -> Iterator[ImportedPerson]:
    for some in batches(keys):
        yield from ImportedPerson.objects.filter(key__in=some)
