"""Signed notes and checkpoints, as C2SP writes them down (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""The byte of the algorithm; another one may join it some day."""
KEY_HASH_LENGTH, PUBLIC_LENGTH, HASH_LENGTH = 4, 32, 32  # bytes
MOST_SIGNATURES = 64
"""A note with more is refused before anything is computed; the specification asks for 16 at least."""

_DASH = "\u2014"
_SIGNATURE = re.compile(rf"{_DASH} ([^\s+]+) ([A-Za-z0-9+/]+={{0,2}})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SEALED = "sealed "


class BadNote(ValueError):
    """A note that cannot be read, or that no key vouches for."""


class Signer(Protocol):
    """A key that signs; `keys.SigningKey` is one."""

    @property
    def name(self) -> str: ...
    @property
    def key_hash(self) -> bytes: ...
    @property
    def private(self) -> Ed25519PrivateKey: ...


class Verifier(Protocol):
    """The public half of a key; `keys.PublicKey` is one."""

    @property
    def name(self) -> str: ...
    @property
    def key_hash(self) -> bytes: ...
    @property
    def public(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A public key as its verifier line gives it."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        return key_hash(self.name, self.public)


@dataclass(frozen=True, slots=True)
class Signature:
    """One line at the end of a note."""

    name: str
    key_hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: the root over the first `size` lines of the log `origin`."""

    origin: str
    size: int
    root: bytes
    sealed_at: datetime | None = None


def key_hash(name: str, public: bytes) -> bytes:
    """The four bytes by which signatures name their key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_HASH_LENGTH]


def verifier_line(name: str, public: bytes) -> str:
    """The line by which a key is handed on: name, hash, algorithm and key."""
    return f"{name}+{key_hash(name, public).hex()}+{_base64(ED25519 + public)}"


def parse_verifier(line: str) -> NamedKey:
    """The key of a verifier line; raises BadNote."""
    name, _, rest = line.partition("+")
    hashed, _, encoded = rest.partition("+")
    known = _bytes(encoded)
    if not re.fullmatch(r"[^\s+]+", name) or known[:1] != ED25519 or len(known) != 1 + PUBLIC_LENGTH:
        raise BadNote("this is no verifier of an Ed25519 key")
    key = NamedKey(name, known[1:])
    if hashed != key.key_hash.hex():
        raise BadNote("the hash of the key is not that of its name and bytes")
    return key


def signed(text: str, *keys: Signer) -> str:
    """The text, which ends with a line break, signed by each key."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("the text of a note ends with a line break and holds no other control characters")
    lines = [_signature_line(key, text) for key in keys]
    return f"{text}\n{''.join(lines)}"


def _signature_line(key: Signer, text: str) -> str:
    return f"{_DASH} {key.name} {_base64(key.key_hash + key.private.sign(text.encode()))}\n"


def opened(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of these keys signed; signatures of keys that are not among them count for nothing.

    Raises BadNote where no known key signed, and where a known key's signature is wrong.
    """
    text, signatures = split(note)
    known = {(key.name, key.key_hash): key.public for key in verifiers}
    # Of several lines of one key the first counts, as in the reference implementation.
    named = {(each.name, each.key_hash): each.signature for each in reversed(signatures)}
    for identity in named.keys() & known.keys():
        _verify(known[identity], named[identity], text)
    if not named.keys() & known.keys():
        raise BadNote("no known key signed this")
    return text


def _verify(public: bytes, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as wrong:
        raise BadNote("a signature is not that of the key that it names") from wrong


def split(note: str) -> tuple[str, list[Signature]]:
    """Text and signatures, unverified; raises BadNote where this is no note."""
    text, gap, end = note.rpartition("\n\n")
    try:
        note.encode()
    except UnicodeEncodeError as unreadable:
        raise BadNote("a note is UTF-8") from unreadable
    if not gap or _CONTROL.search(note) or not end.endswith("\n"):
        raise BadNote("a note is a text, an empty line and lines of signatures")
    lines = end[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("there are too many signatures")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> Signature:
    match = _SIGNATURE.fullmatch(line)
    known = _bytes(match[2]) if match else b""
    if not match or len(known) <= KEY_HASH_LENGTH:
        raise BadNote("a line of signature cannot be read")
    return Signature(match[1], known[:KEY_HASH_LENGTH], known[KEY_HASH_LENGTH:])


def checkpoint_text(head: Head) -> str:
    """The text of a checkpoint, ready to be signed."""
    lines = [head.origin, str(head.size), _base64(head.root)]
    if head.sealed_at:
        lines.append(_SEALED + head.sealed_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"))
    return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Head:
    """What a checkpoint's text says; raises BadNote. Lines that are added by others are passed over."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BadNote("a checkpoint has three lines or more, none of them empty")
    origin, size, encoded, *others = lines[:-1]
    root = _bytes(encoded)
    if not _SIZE.fullmatch(size) or len(root) != HASH_LENGTH:
        raise BadNote("the size or the root of a checkpoint cannot be read")
    return Head(origin, int(size), root, _sealed_at(others))


def _sealed_at(lines: Sequence[str]) -> datetime | None:
    for line in lines:
        if line.startswith(_SEALED):
            try:
                return datetime.fromisoformat(line.removeprefix(_SEALED).replace("Z", "+00:00"))
            except ValueError as unreadable:
                raise BadNote("the moment of a checkpoint cannot be read") from unreadable
    return None


def _base64(known: bytes) -> str:
    return base64.b64encode(known).decode()


def _bytes(encoded: str) -> bytes:
    """Standard base64 with its padding, and in one spelling only."""
    try:
        known = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as unreadable:
        raise BadNote("this is no base64") from unreadable
    if _base64(known) != encoded:
        raise BadNote("this is no base64 in its one spelling")
    return known
