"""The keys that sign checkpoints and receipts: Ed25519, kept outside of the database.

The folder `LEDGER_KEYS` holds `keys.json`, the public halves with their dates, the oldest first, and one file `<kid>.key`
for each private half (PEM, readable by its owner only). The name of the log is written down with its first key and stays,
even where the site moves to another domain: it is what others know the log by.
"""

import base64
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from common import clock
from common.canonical import canonical

from .notes import key_hash, verifier_line

INDEX = "keys.json"
PRIVATE_MODE, FOLDER_MODE = 0o600, 0o700


class NoKey(RuntimeError):
    """There is no key to sign with; `manage.py rotate_ledger_key` makes one."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key's public half and when it signed."""

    name: str
    public: bytes
    not_before: datetime
    retired_at: datetime | None = None

    @property
    def key_hash(self) -> bytes:
        """By which signed notes name it."""
        return key_hash(self.name, self.public)

    @property
    def kid(self) -> str:
        """By which receipts name it: the thumbprint of RFC 7638."""
        return thumbprint(self.public)

    @property
    def verifier(self) -> str:
        return verifier_line(self.name, self.public)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A whole key."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def key_hash(self) -> bytes:
        return key_hash(self.name, self.public)

    @property
    def kid(self) -> str:
        return thumbprint(self.public)


def current() -> SigningKey:
    """The key that signs now; made at first use where settings allow that. Raises NoKey."""
    if not (_folder() / INDEX).exists():
        if not settings.LEDGER_MAKES_KEYS:
            raise NoKey(f"there is no key in {_folder()}")
        make_first()
    valid = next((key for key in published() if not key.retired_at), None)
    if valid is None:
        raise NoKey(f"every key in {_folder()} is retired")
    return _signing(valid)


def signers() -> list[SigningKey]:
    """Who signs the next checkpoint: the current key, and retired ones that have not vouched for it yet."""
    now = current()
    retired = [key for key in published() if key.retired_at and _private_file(key.kid).exists()]
    return [now, *map(_signing, retired)]


def published() -> list[PublicKey]:
    """Every key there ever was, the oldest first; none where no key was made yet."""
    try:
        return [_public(row) for row in json.loads((_folder() / INDEX).read_text())["keys"]]
    except FileNotFoundError:
        return []


def origin() -> str:
    """The name of the log."""
    known = published()
    return known[0].name if known else f"{urlsplit(settings.SITE_URL).hostname}/ledger"


def document() -> dict[str, Any]:
    """What everybody may know of the keys: a JSON Web Key Set (RFC 7517) that says more."""
    return {"origin": origin(), "keys": [jwk(key) for key in published()]}


def make_first() -> None:
    """The first key. Of two processes that make one at once, one finds the other's in place and takes it."""
    _folder().mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    key = _new_private(origin())
    draft = _written([PublicKey(key.name, key.public, clock.now())])
    try:
        # Unlike writing, linking fails where the name is taken, and nobody reads half a file.
        os.link(draft, _folder() / INDEX)
    except FileExistsError:
        _private_file(key.kid).unlink()
    finally:
        draft.unlink()


def rotate() -> tuple[PublicKey, PublicKey]:
    """From now on a new key signs; gives the retired one and the new one.

    The retired private half stays until the next checkpoint, which it signs too. Call it where nothing is sealed meanwhile.
    """
    now, old = clock.now(), published()
    retired = next(key for key in old if not key.retired_at)
    made = _new_private(origin())
    ended = PublicKey(retired.name, retired.public, retired.not_before, now)
    new = PublicKey(made.name, made.public, now)
    _written([*(ended if key == retired else key for key in old), new]).replace(_folder() / INDEX)
    return ended, new


def forget(kids: list[str]) -> None:
    """Destroy private halves of retired keys, which have just signed their last checkpoint."""
    for kid in kids:
        _private_file(kid).unlink(missing_ok=True)


def thumbprint(public: bytes) -> str:
    """RFC 7638, with the members of RFC 8037."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(public)}
    return _base64url(hashlib.sha256(canonical(members)).digest())


def _folder() -> Path:
    return Path(settings.LEDGER_KEYS)


def _private_file(kid: str) -> Path:
    return _folder() / f"{kid}.key"


def _new_private(name: str) -> SigningKey:
    key = SigningKey(name, Ed25519PrivateKey.generate())
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = os.open(_private_file(key.kid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    with os.fdopen(file, "wb") as opened:
        opened.write(pem)
        opened.flush()
        os.fsync(opened.fileno())
    return key


def _written(keys: list[PublicKey]) -> Path:
    """The index in a file of another name, ready to take its place."""
    rows = [
        {
            "name": key.name,
            "x": _base64url(key.public),
            "not_before": _moment(key.not_before),
            "retired_at": _moment(key.retired_at),
        }
        for key in keys
    ]
    file, name = tempfile.mkstemp(dir=_folder(), prefix=".keys-")
    with os.fdopen(file, "w") as opened:
        json.dump({"keys": rows}, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    return Path(name)


def _signing(key: PublicKey) -> SigningKey:
    file = _private_file(key.kid)
    try:
        return SigningKey(key.name, _private(file, file.stat().st_mtime_ns))
    except (OSError, ValueError, TypeError) as unreadable:
        raise NoKey(f"the private half of {key.kid} is not in {_folder()}, or cannot be read") from unreadable


@lru_cache(maxsize=8)
def _private(file: Path, changed_at: int) -> Ed25519PrivateKey:
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("no Ed25519 key")
    return key


def _public(row: dict[str, Any]) -> PublicKey:
    retired = row["retired_at"]
    return PublicKey(
        row["name"],
        base64.urlsafe_b64decode(row["x"] + "="),
        datetime.fromisoformat(row["not_before"]),
        datetime.fromisoformat(retired) if retired else None,
    )


def jwk(key: PublicKey) -> dict[str, Any]:
    """A key as everybody may know it (RFC 8037), with its verifier line and dates."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": _base64url(key.public),
        "kid": key.kid,
        "alg": "EdDSA",
        "use": "sig",
        "verifier": key.verifier,
        "not_before": _moment(key.not_before),
        "retired_at": _moment(key.retired_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def _base64url(known: bytes) -> str:
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()
