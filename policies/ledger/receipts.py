"""Receipts: a signed copy of a line, for the person it is about (JWS with Ed25519, RFC 7515 and RFC 8037)."""

import base64
import binascii
import hashlib
import json
from datetime import UTC
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from common import clock
from common.canonical import canonical

from . import keys
from .keys import PublicKey
from .models import Entry
from .rules import LEAF_PREFIX

TYPE = "kept-receipt+jwt"
LARGEST = 1 << 16
"""Characters. A receipt of three purposes in full words has ten to twenty thousand, a bare one about a thousand."""
NEVER = 1 << 53
"""Seconds after 1970: beyond all calendars, and the largest that every reader of JSON has."""


class BadReceipt(ValueError):
    """This is no receipt of ours."""


class TooLong(ValueError):
    """What is to be said would make a receipt that no reader takes."""


def receipt(entry: Entry, *, record: dict[str, Any] | None = None) -> str:
    """A receipt of the line, in compact form, signed by the current key; raises keys.NoKey and TooLong.

    `record` is what else is vouched for: the line in the words of a standard. The ledger seals the line alone.
    """
    key = keys.current()
    header = {"alg": "EdDSA", "kid": key.kid, "typ": TYPE}
    said = {
        "iss": settings.SITE_URL,
        "iat": int(clock.now().timestamp()),
        "entry": words(entry),
        "leaf": entry.leaf,
        "origin": key.name,
        **({"record": record} if record else {}),
    }
    told = f"{_base64url(canonical(header))}.{_base64url(canonical(said))}"
    jws = f"{told}.{_base64url(key.private.sign(told.encode()))}"
    if len(jws) > LARGEST:
        raise TooLong(f"a receipt has {LARGEST} characters at most, this one would have {len(jws)}")
    return jws


def words(entry: Entry) -> dict[str, Any]:
    """What is hashed of a line, as it is written down for others."""
    return {
        "uid": str(entry.uid),
        "kind": entry.kind,
        "subject": str(entry.subject) if entry.subject else None,
        "happened_at": entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": entry.facts,
    }


def leaf_of(entry: dict[str, Any]) -> str:
    """The leaf that the words of a receipt give; raises ValueError where they have no canonical form."""
    return hashlib.sha256(LEAF_PREFIX + canonical(entry)).hexdigest()


def read_receipt(jws: str) -> dict[str, Any]:
    """What a receipt of ours says: iss, iat, entry, leaf, origin, and maybe a record.

    Raises BadReceipt, and nothing else, for anything else.
    """
    if len(jws) > LARGEST or jws.count(".") != 2:
        raise BadReceipt("this is no receipt")
    header, payload, signature = map(_bytes, jws.split("."))
    key = _key_of(_read(header))
    _verify(key, signature, jws.rpartition(".")[0])
    said = _read(payload)
    if not _is_receipt(said) or not _was_in_use(key, said["iat"]):
        raise BadReceipt("this is signed, but it is no receipt")
    return said


def _key_of(header: dict[str, Any]) -> PublicKey:
    """The key that the header names. Nothing else may stand there: no other algorithm, no `crit`, no key of its own."""
    if header.keys() != {"alg", "kid", "typ"} or (header["alg"], header["typ"]) != ("EdDSA", TYPE):
        raise BadReceipt("this is no receipt")
    for key in keys.published():
        if key.kid == header["kid"]:
            return key
    raise BadReceipt("no key of ours signed this")


def _verify(key: PublicKey, signature: bytes, told: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, told.encode())
    except InvalidSignature as wrong:
        raise BadReceipt("the signature is not that of its key") from wrong


def _is_receipt(said: dict[str, Any]) -> bool:
    """Whether the fields are there that readers of a receipt rely on."""
    entry = said.get("entry")
    return (
        type(said.get("iat")) is int
        and said.get("origin") == keys.origin()
        and isinstance(said.get("leaf"), str)
        and isinstance(entry, dict)
        and isinstance(entry.get("facts"), dict)
        and isinstance(said.get("record", {}), dict)
    )


def _was_in_use(key: PublicKey, seconds: int) -> bool:
    """Moments of receipts are whole seconds, cut off below."""
    ended = key.retired_at.timestamp() if key.retired_at else NEVER
    return int(key.not_before.timestamp()) <= seconds <= ended


def _read(part: bytes) -> dict[str, Any]:
    try:
        said = json.loads(part.decode())
    except (ValueError, RecursionError) as unreadable:
        raise BadReceipt("this is no receipt") from unreadable
    if not isinstance(said, dict):
        raise BadReceipt("this is no receipt")
    return said


def _base64url(known: bytes) -> str:
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()


def _bytes(part: str) -> bytes:
    """Base64 for addresses, without padding and in one spelling only, so that nobody can make a second receipt of one."""
    try:
        known = base64.b64decode(part.encode("ascii") + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as unreadable:
        raise BadReceipt("this is no receipt") from unreadable
    if _base64url(known) != part:
        raise BadReceipt("this is no receipt")
    return known
