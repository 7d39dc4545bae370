#!/usr/bin/env python3
"""Checks an export of a ledger without trusting anybody who made it.

    python verify_ledger.py ledger.jsonl --keys keys.json --checkpoint held.txt --receipt mine.jws

Or a receipt by itself, with the answer of /api/v1/ledger/entries/LEAF/inclusion as its proof:

    python verify_ledger.py --receipt mine.jws --keys keys.json --proof proof.json --checkpoint held.txt

This one file is all there is: it needs Python 3.11 or later and the package `cryptography`, no database and no network.
It answers 0 where everything holds, 1 with a sentence for each problem, and 2 where it was called wrongly.

Keys, checkpoints and receipts prove most if you did not get them together with the export: keep what you fetched earlier.
"""

import argparse
import base64
import hashlib
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print("Please install the package `cryptography` first: python -m pip install cryptography", file=sys.stderr)
    sys.exit(2)

FORMAT = 1
"""Of the exports that this file can read."""
LARGEST = 1 << 53
"""From here on canonical JSON has no integers."""
LONGEST_RECEIPT = 1 << 16  # characters
MOST_SIGNATURES = 64
MOST_SHOWN = 100
"""Problems that are written out; of the others only the number is told."""
YEARS = range(1970, 9000)
"""In which moments can be reckoned with, whatever their zone."""
SEALED_WITHIN = timedelta(minutes=10)
"""A line younger than this may not be in the newest checkpoint yet; usually it takes a minute."""
ROTATION_TOLD_WITHIN = timedelta(days=1)

ENTRY = frozenset({"type", "index", "uid", "kind", "subject", "happened_at", "facts", "leaf"})
WORDS = ("uid", "kind", "subject", "happened_at", "facts")
"""What is hashed of an entry."""
ROTATED, RESTORED = "ledger.key_rotated", "ledger.restored"
CHECKPOINT = {"type", "note"}
START_OF_CHECKPOINT = b'{"type":"checkpoint",'

_UID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LEAF = re.compile("[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}\+00:00")
_SIZE = re.compile("0|[1-9][0-9]{0,18}")
_SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Unreadable(ValueError):
    """Something is not what it should be; says what, in words that end a sentence."""


# --- JSON and its canonical form (RFC 8785, after Unicode NFC) ---


class _NotPlain(Exception):
    """JSON in which something takes the slow way: a fraction, or a number of more than 15 digits."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice: people might read the one and we the other."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("a name stands twice in it")
    return made


def _short_integer(text: str) -> int:
    if len(text) > 15:
        raise _NotPlain
    return int(text)


def _not_plain(text: str) -> Any:
    raise _NotPlain


def _refused(text: str) -> Any:
    raise Unreadable(f"{text} is no JSON")


_PLAIN = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_short_integer, parse_float=_not_plain, parse_constant=_refused
)
_ANY = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refused)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False)


def parsed(line: str) -> tuple[Any, bool]:
    """What a line of JSON says, and whether only strings, short integers, true, false and null are in it."""
    try:
        return _PLAIN.decode(line), True
    except _NotPlain:
        return _ANY.decode(line), False


def canonical(value: Any, *, is_plain: bool = False) -> bytes:
    """The one way to write a value down; for plain values mostly what Python's own encoder gives."""
    if is_plain:
        text = _ENCODER.encode(value)
        # Below the surrogates, code points sort as UTF-16 does.
        if text.isascii() or (max(text) < "\ud800" and unicodedata.is_normalized("NFC", text)):
            return text.encode()
    return _written(value).encode()


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(unicodedata.normalize("NFC", value))
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return _fraction(value)
    if isinstance(value, list):
        return f"[{','.join(map(_written, value))}]"
    named = _object([(unicodedata.normalize("NFC", name), item) for name, item in value.items()])
    members = [f"{_string(name)}:{_written(named[name])}" for name in sorted(named, key=_utf16)]
    return f"{{{','.join(members)}}}"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


def _integer(value: int) -> str:
    if abs(value) >= LARGEST:
        raise Unreadable("a number in it is too large")
    return str(value)


def _fraction(value: float) -> str:
    """As ECMAScript writes numbers: the shortest digits that are still this number."""
    if not math.isfinite(value):
        raise Unreadable("a number in it is too large")
    sign, numerals, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, minus = "".join(map(str, numerals)), "-" if sign and value else ""
    point = len(digits) + int(exponent)
    if len(digits) <= point <= 21:
        return minus + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0" if not value else f"{minus}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if digits[1:] else ""
    return f"{minus}{digits[0]}{rest}e{point - 1:+d}"


def leaf_of(words: Mapping[str, Any], *, is_plain: bool = False) -> str:
    """The leaf hash of an entry's words (RFC 9162, section 2.1.1)."""
    return hashlib.sha256(b"\x00" + canonical({name: words[name] for name in WORDS}, is_plain=is_plain)).hexdigest()


# --- The Merkle tree (RFC 9162, section 2.1.1) ---


class Frontier:
    """The complete subtrees over the leaves so far, the largest first: all that the root needs, a few hashes only."""

    def __init__(self) -> None:
        self.size = 0
        self.hashes: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        size, growing = self.size, leaf
        while size & 1:
            growing = hashlib.sha256(b"\x01" + self.hashes.pop() + growing).digest()
            size >>= 1
        self.hashes.append(growing)
        self.size += 1

    def root(self) -> bytes:
        if not self.hashes:
            return hashlib.sha256().digest()
        found = self.hashes[-1]
        for left in self.hashes[-2::-1]:
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes | None:
    """The root to which a proof leads (RFC 9162, section 2.1.3.2); nothing if it does not fit its place."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = hashlib.sha256(b"\x01" + part + found).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + part).digest()
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


# --- Keys (RFC 8037, RFC 7638) ---


@dataclass(frozen=True, slots=True)
class Key:
    """A public key and when it signed."""

    name: str
    public: bytes
    kid: str
    not_before: datetime
    retired_at: datetime | None

    def was_in_use(self, moment: datetime) -> bool:
        return self.not_before <= moment and (self.retired_at is None or moment <= self.retired_at)

    def vouches(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def key_hash(name: str, public: bytes) -> bytes:
    """By which signed notes name a key."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def read_key(row: Any, origin: str) -> Key:
    """A key of `keys.json`, if all that is said of it fits together."""
    if not isinstance(row, dict) or (row.get("kty"), row.get("crv")) != ("OKP", "Ed25519"):
        raise Unreadable("it is no Ed25519 key")
    public = _base64url(row.get("x"))
    if len(public) != 32:
        raise Unreadable("it is no Ed25519 key")
    thumbprint = hashlib.sha256(canonical({"crv": "Ed25519", "kty": "OKP", "x": row["x"]})).digest()
    if row.get("kid") != _text(thumbprint):
        raise Unreadable("its id is not the thumbprint of its bytes")
    verifier = f"{origin}+{key_hash(origin, public).hex()}+{base64.b64encode(bytes([1]) + public).decode()}"
    if row.get("verifier") != verifier:
        raise Unreadable("its verifier line is not that of this ledger and key")
    retired = row.get("retired_at")
    ended = None if retired is None else read_moment(retired)
    return Key(origin, public, row["kid"], read_moment(row.get("not_before")), ended)


def read_moment(text: Any) -> datetime:
    """A moment with its zone."""
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None or moment.year not in YEARS:
        raise Unreadable("a moment in it cannot be read")
    return moment


def _base64url(text: Any) -> bytes:
    """Base64 for addresses, without padding and in one spelling only."""
    return _decoded(text, text.translate(_TO_STANDARD) + "=" * (-len(text) % 4) if isinstance(text, str) else "")


def _base64(text: str) -> bytes:
    return _decoded(text, text)


_TO_STANDARD = str.maketrans("-_+/=", "+/???")


def _decoded(text: Any, standard: str) -> bytes:
    try:
        known = base64.b64decode(standard.encode("ascii"), validate=True)
    except ValueError:
        raise Unreadable("it is no base64") from None
    if not isinstance(text, str) or base64.b64encode(known).decode() != standard:
        raise Unreadable("it is no base64 in its one spelling")
    return known


def _text(known: bytes) -> str:
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()


# --- Checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) ---


class Head(NamedTuple):
    """What a checkpoint says, and who signed it."""

    origin: str
    size: int
    root: bytes
    sealed_at: datetime
    signers: tuple[Key, ...]


def read_checkpoint(note: Any, keys: Sequence[Key]) -> Head:
    """A checkpoint that a key signed while it was in use; further signatures of keys that are not known count for nothing."""
    text, signatures = _split(note)
    signers = tuple(_signers(text, signatures, keys))
    if not signers:
        raise Unreadable("no key of the key file signed it")
    origin, size, root, sealed_at = _head(text)
    if not any(key.was_in_use(sealed_at) for key in signers):
        raise Unreadable(f"it says {sealed_at.isoformat()}, when the key that signed it was not in use")
    return Head(origin, size, root, sealed_at, signers)


def _split(note: Any) -> tuple[str, list[tuple[str, bytes]]]:
    """The text, and the name and bytes of each signature."""
    if not isinstance(note, str) or _CONTROL.search(note) or not note.endswith("\n"):
        raise Unreadable("it is no signed note")
    text, gap, end = note.rpartition("\n\n")
    matches = [_SIGNATURE.fullmatch(line) for line in end[:-1].split("\n")]
    if not gap or len(matches) > MOST_SIGNATURES:
        raise Unreadable("it is no signed note")
    signatures = [(match[1], _base64(match[2])) for match in matches if match]
    if len(signatures) < len(matches):
        raise Unreadable("a signature of it cannot be read")
    return text + "\n", signatures


def _signers(text: str, signatures: list[tuple[str, bytes]], keys: Sequence[Key]) -> Iterator[Key]:
    known = {(key.name, key_hash(key.name, key.public)): key for key in keys}
    seen = set()
    for name, signature in signatures:
        key = known.get((name, signature[:4]))
        if key is None or key in seen:
            continue
        seen.add(key)
        if not key.vouches(signature[4:], _bytes(text)):
            raise Unreadable(f"its signature is not that of the key {key.kid}")
        yield key


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Unreadable("it is not written in UTF-8") from None


def _head(text: str) -> tuple[str, int, bytes, datetime]:
    origin, *others = text[:-1].split("\n")
    if len(others) < 2 or not _SIZE.fullmatch(others[0]):
        raise Unreadable("its size cannot be read")
    root = _base64(others[1])
    if len(root) != 32:
        raise Unreadable("its root cannot be read")
    moments = [line.removeprefix("sealed ") for line in others[2:] if line.startswith("sealed ")]
    if not moments:
        raise Unreadable("it does not say when it was sealed")
    return origin, int(others[0]), root, read_moment(moments[0])


# --- Receipts (JWS, RFC 7515 and RFC 8037) ---


class Receipt(NamedTuple):
    """What a receipt says of its entry."""

    uid: str
    leaf: str
    happened_at: datetime
    kind: str = ""


def read_receipt(jws: str, keys: Sequence[Key], origin: str) -> Receipt:
    """A receipt that a key of this ledger signed while it was in use, and whose leaf is that of its words."""
    said = _payload(jws, keys)
    entry, leaf = said.get("entry"), said.get("leaf")
    if said.get("origin") != origin:
        raise Unreadable("it is of another ledger")
    if not isinstance(entry, dict) or entry.keys() != set(WORDS) or leaf_of(entry) != leaf:
        raise Unreadable("its words give another leaf than the one it names")
    return Receipt(str(entry["uid"]), str(leaf), read_moment(entry["happened_at"]), str(entry["kind"]))


def _payload(jws: str, keys: Sequence[Key]) -> dict[str, Any]:
    parts = jws.split(".")
    if len(jws) > LONGEST_RECEIPT or len(parts) != 3:
        raise Unreadable("it is no receipt")
    header, payload, signature = map(_base64url, parts)
    key = _named(_json(header), keys)
    if not key.vouches(signature, f"{parts[0]}.{parts[1]}".encode()):
        raise Unreadable(f"its signature is not that of the key {key.kid}")
    said = _json(payload)
    issued = said.get("iat")
    if type(issued) is not int or not _was_in_use(key, issued):
        raise Unreadable("the key that signed it was not in use then")
    return said


def _named(header: dict[str, Any], keys: Sequence[Key]) -> Key:
    if header.keys() != {"alg", "kid", "typ"} or (header["alg"], header["typ"]) != ("EdDSA", "kept-receipt+jwt"):
        raise Unreadable("it is no receipt")
    for key in keys:
        if key.kid == header["kid"]:
            return key
    raise Unreadable("no key of the key file signed it")


def _was_in_use(key: Key, seconds: int) -> bool:
    """Moments of receipts are whole seconds, cut off below."""
    ended = key.retired_at.timestamp() if key.retired_at else LARGEST
    return int(key.not_before.timestamp()) <= seconds <= ended


def _json(known: bytes) -> dict[str, Any]:
    try:
        said = _ANY.decode(known.decode())
    except (ValueError, RecursionError):
        raise Unreadable("it is no receipt") from None
    if not isinstance(said, dict):
        raise Unreadable("it is no receipt")
    return said


# --- Proofs that a leaf is in the tree, as the site's API gives them ---


class Proof(NamedTuple):
    """What a proof claims: that the leaf stands at a place of the tree that has this root."""

    leaf: str
    place: int
    size: int
    root: bytes
    note: Any


def read_proof(said: Any) -> Proof:
    """A proof that leads from its leaf to the root that it names."""
    if not isinstance(said, dict) or not isinstance(said.get("proof"), list):
        raise Unreadable("it is no proof")
    index, size = said.get("index"), said.get("size")
    if type(index) is not int or type(size) is not int:
        raise Unreadable("its place cannot be read")
    leaf, root, *parts = (_hash(text) for text in (said.get("leaf"), said.get("root"), *said["proof"]))
    if root_of_inclusion(leaf, index, size, parts) != root:
        raise Unreadable("it does not lead from its leaf to its root")
    return Proof(said["leaf"], index, size, root, said.get("checkpoint"))


def _hash(text: Any) -> bytes:
    if not isinstance(text, str) or not _LEAF.fullmatch(text):
        raise Unreadable("a hash in it cannot be read")
    return bytes.fromhex(text)


# --- The walk along the export ---


class Uids:
    """Ids that must not repeat; 24 bytes for each, in parts of which only one is unpacked at a time."""

    def __init__(self) -> None:
        self.parts = [bytearray() for _ in range(256)]

    def add(self, uid: str, index: int) -> None:
        known = bytes.fromhex(uid.replace("-", ""))
        self.parts[known[0]] += known + index.to_bytes(8, "big")

    def repeated(self) -> Iterator[tuple[str, int, int]]:
        """Each id that stands twice, and its two places."""
        for part in self.parts:
            places: dict[bytes, int] = {}
            for at in range(0, len(part), 24):
                uid, index = bytes(part[at : at + 16]), int.from_bytes(part[at + 16 : at + 24], "big")
                if places.setdefault(uid, index) != index:
                    yield uid.hex(), places[uid], index


class Brought:
    """What the auditor brings along: keys, and by name the checkpoints and receipts that somebody kept."""

    def __init__(self, keys: Any, checkpoints: Mapping[str, str], receipts: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self.origin, self.keys = "", list[Key]()
        self._read_keys(keys)
        self.checkpoints = dict(self._checkpoints(checkpoints))
        self.receipts = dict(self._receipts(receipts))

    def of_this_ledger(self, note: Any) -> Head:
        """A checkpoint that the keys vouch for."""
        head = read_checkpoint(note, self.keys)
        if head.origin != self.origin:
            raise Unreadable(f"it is of another ledger, {shown(head.origin)}")
        return head

    def _read_keys(self, document: Any) -> None:
        rows = document.get("keys") if isinstance(document, dict) else None
        if not isinstance(rows, list) or not isinstance(document.get("origin"), str):
            self.problems.append("The key file is none: it has no origin or no keys.")
            return
        self.origin = document["origin"]
        for number, row in enumerate(rows, start=1):
            try:
                self.keys.append(read_key(row, self.origin))
            except (Unreadable, UnicodeEncodeError) as why:
                self.problems.append(f"Key {number} of the key file: {why}.")
        if len({key.kid for key in self.keys}) < len(self.keys):
            self.problems.append("A key stands twice in the key file.")

    def _checkpoints(self, checkpoints: Mapping[str, str]) -> Iterator[tuple[str, Head]]:
        for name, note in checkpoints.items():
            try:
                yield name, self.of_this_ledger(note)
            except Unreadable as why:
                self.problems.append(f"The held checkpoint {shown(name)}: {why}.")

    def _receipts(self, receipts: Mapping[str, str]) -> Iterator[tuple[str, Receipt]]:
        for name, jws in receipts.items():
            try:
                yield name, read_receipt(jws.strip(), self.keys, self.origin)
            except (Unreadable, RecursionError, UnicodeEncodeError) as why:
                self.problems.append(f"The receipt {shown(name)}: {why}.")


class Audit:
    """One walk along the lines of an export; `problems` are sentences, and so are `remarks`, which are no problems."""

    def __init__(self, brought: Brought) -> None:
        self.brought = brought
        self.problems, self.remarks = list(brought.problems), list[str]()
        self.frontier, self.uids, self.place = Frontier(), Uids(), 0
        self.wanted = {head.size for head in brought.checkpoints.values()}
        self.roots: dict[int, bytes] = {0: self.frontier.root()}
        self.leaves = {receipt.leaf for receipt in brought.receipts.values()}
        self.met: set[str] = set()
        self.rotations: list[Any] = []
        self.last: Head | None = None
        self.checkpoints, self.covered, self.wrong_roots = 0, 0, list[int]()
        self.line = 0

    def walk(self, lines: Iterable[bytes]) -> "Audit":
        """Read all of it; `lines` is gone through twice, the first time only for the sizes of the checkpoints."""
        self.wanted |= set(_sizes(lines))
        for number, line in enumerate(lines, start=1):
            self.line = number
            try:
                row, is_plain = parsed(line.decode())
            except (ValueError, RecursionError):
                self._wrong(f"Line {number} cannot be read.")
            else:
                self._row(row, is_plain)
        self._end()
        return self

    def _wrong(self, sentence: str) -> None:
        self.problems.append(sentence)

    # The walk.

    def _row(self, row: Any, is_plain: bool) -> None:
        kind = row.get("type") if isinstance(row, dict) else None
        if (self.line == 1) != (kind == "ledger"):
            self._wrong(f"Line {self.line}: the first line, and no other, says what export this is.")
        if kind == "entry":
            self._entry(row, is_plain)
        elif kind == "checkpoint":
            self._checkpoint(row)
        elif kind == "ledger":
            self._header(row)
        elif self.line > 1:
            self._wrong(f"Line {self.line} is neither an entry nor a checkpoint.")

    def _header(self, row: dict[str, Any]) -> None:
        if row.get("format") != FORMAT:
            self._wrong(
                f"Line {self.line}: this is not an export of format {FORMAT}; fetch the verifier that belongs to it."
            )
        if row.get("origin") != self.brought.origin:
            self._wrong(
                f"Line {self.line}: the export is of {shown(row.get('origin'))}, the keys are of {shown(self.brought.origin)}."
            )

    def _entry(self, row: dict[str, Any], is_plain: bool) -> None:
        if row.keys() != ENTRY:
            self._wrong(f"Line {self.line}: its fields are not those of an entry.")
            return
        if self.checkpoints:
            self._wrong(f"{self._where(row)}: it stands behind checkpoints.")
        self._place(row)
        self._identity(row)
        found, leaf = self._leaf(row, is_plain), row["leaf"]
        if found != leaf:
            self._wrong(f"{self._where(row)}: its words give another leaf than the one recorded.")
        elif found in self.leaves:
            self.met.add(found)
        if row["kind"] == ROTATED:
            self.rotations.append(row["facts"])
        elif row["kind"] == RESTORED:
            self.remarks.append(
                f"{self._where(row)}: a backup was restored, and signed entries were lost. Read why there."
            )
        # The recorded leaf: if that is what was sealed, it is the words that were changed.
        self._grow(leaf if isinstance(leaf, str) and _LEAF.fullmatch(leaf) else found or "00" * 32)

    def _place(self, row: dict[str, Any]) -> None:
        index = row["index"]
        if type(index) is not int or index != self.place:
            self._wrong(f"{self._where(row)}: here the entry {self.place} belongs.")
        self.place = index + 1 if type(index) is int else self.place + 1

    def _identity(self, row: dict[str, Any]) -> None:
        uid, moment = row["uid"], row["happened_at"]
        if isinstance(uid, str) and _UID.fullmatch(uid):
            self.uids.add(uid, self.frontier.size)
        else:
            self._wrong(f"{self._where(row)}: its uid is none.")
        if not isinstance(moment, str) or not _MOMENT.fullmatch(moment):
            self._wrong(f"{self._where(row)}: its moment is none.")

    def _leaf(self, row: dict[str, Any], is_plain: bool) -> str:
        """Worked out from the words; empty where they have no canonical form."""
        try:
            return leaf_of(row, is_plain=is_plain)
        except (Unreadable, UnicodeEncodeError, RecursionError):
            return ""

    def _grow(self, leaf: str) -> None:
        self.frontier.add(bytes.fromhex(leaf))
        if self.frontier.size in self.wanted:
            self.roots[self.frontier.size] = self.frontier.root()

    def _where(self, row: dict[str, Any]) -> str:
        return f"Line {self.line}, entry {shown(row['index'])} ({shown(row['kind'])}, {shown(row['uid'])[:8]}…)"

    def _checkpoint(self, row: dict[str, Any]) -> None:
        self.checkpoints += 1
        try:
            head = self.brought.of_this_ledger(row["note"] if row.keys() == CHECKPOINT else None)
        except Unreadable as why:
            self._wrong(f"Line {self.line}, a checkpoint: {why}.")
            return
        if self.last and head.size <= self.last.size:
            self._wrong(f"{self._checkpoint_at(head)}: it does not follow the one of {self.last.size} entries.")
        if self.last and head.sealed_at < self.last.sealed_at:
            self.remarks.append(f"{self._checkpoint_at(head)}: it is dated before the one that it follows.")
        self.last = head
        self._compare(head)

    def _checkpoint_at(self, head: Head) -> str:
        return f"Line {self.line}, checkpoint of {head.size} entries"

    def _compare(self, head: Head) -> None:
        if head.size > self.frontier.size:
            self._wrong(f"{self._checkpoint_at(head)}: there are only {self.frontier.size} entries.")
        elif head.size not in self.roots:
            self._wrong(f"{self._checkpoint_at(head)}: it is not written as an export writes it.")
        elif self.roots[head.size] == head.root:
            self.covered = max(self.covered, head.size)
        else:
            self.wrong_roots.append(head.size)

    # After the walk.

    def _end(self) -> None:
        if not self.line:
            self._wrong("The export is empty.")
        self._say_wrong_roots()
        self._say_tail()
        for uid, first, second in self.uids.repeated():
            self._wrong(f"The entries {first} and {second} have the same uid, {uid[:8]}….")
        for name, head in self.brought.checkpoints.items():
            self._held(name, head)
        for name, receipt in self.brought.receipts.items():
            self._receipt(name, receipt)
        self._say_rotations()
        self._say_limits()

    def _say_wrong_roots(self) -> None:
        if self.wrong_roots:
            first, count = self.wrong_roots[0], len(self.wrong_roots)
            good = self.covered if self.covered < first else 0
            others = f", and so it is with {counted(count - 1, 'checkpoint')} after it" if count > 1 else ""
            self._wrong(
                f"The checkpoint of {first} entries has another root than they have{others}: "
                f"among the entries {good} to {first - 1} something is not as it was sealed."
            )

    def _say_tail(self) -> None:
        count = self.frontier.size - self.covered
        if count:
            last = self.frontier.size - 1
            self._wrong(f"No checkpoint vouches for the last {count} entries, {self.covered} to {last}.")

    def _held(self, name: str, head: Head) -> None:
        if head.size > self.frontier.size:
            self._wrong(
                f"The held checkpoint {shown(name)} seals {head.size} entries, the export has {self.frontier.size}: "
                "it was cut, or it is older than what you hold."
            )
        elif self.roots[head.size] != head.root:
            self._wrong(
                f"The held checkpoint {shown(name)} has another root than the first {head.size} entries of the export: "
                "the ledger was rewritten."
            )

    def _receipt(self, name: str, receipt: Receipt) -> None:
        if receipt.leaf in self.met:
            return
        where = f"The receipt {shown(name)}: its entry ({receipt.uid[:8]}…) is not in the export"
        if self.last is None or self.last.sealed_at < receipt.happened_at + SEALED_WITHIN:
            self.remarks.append(f"{where}, which may be too old for it; look again in a later one.")
        else:
            self._wrong(f"{where}, or has other words there.")

    def _say_rotations(self) -> None:
        """Every key that an entry speaks of is known, and of every key that was retired an entry speaks."""
        known, told = {key.kid for key in self.brought.keys}, set()
        for facts in self.rotations:
            retired, current = (_kid(facts, part) for part in ("retired", "current"))
            told.add(retired)
            for kid in {retired, current} - known:
                self._wrong(f"The ledger tells of a key {shown(kid)} that the key file does not have.")
        for key in self.brought.keys:
            if key.retired_at and key.kid not in told and self._reaches(key.retired_at):
                self._wrong(f"The key {key.kid} was retired, but no entry tells of it.")

    def _reaches(self, moment: datetime) -> bool:
        return self.last is not None and self.last.sealed_at > moment + ROTATION_TOLD_WITHIN

    def _say_limits(self) -> None:
        newest = max((head.size for head in self.brought.checkpoints.values()), default=0)
        if newest < self.frontier.size:
            self.remarks.append(
                f"You hold no checkpoint beyond {newest} entries: whether who has the key rewrote later ones, "
                "or cut off some at the end, this export alone cannot show."
            )

    def summary(self) -> str:
        """One sentence for everything."""
        seen = self._seen()
        if not self.problems:
            return f"Everything holds: {seen}."
        return f"NOT as it should be: {counted(len(self.problems), 'problem')} in {seen}."

    def _seen(self) -> str:
        sealed = f" (the last of {self.last.sealed_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC)" if self.last else ""
        parts = [
            counted(self.frontier.size, "entry", "entries"),
            counted(self.checkpoints, "checkpoint") + sealed,
            counted(len(self.brought.keys), "key"),
            counted(len(self.brought.checkpoints), "held checkpoint"),
            counted(len(self.brought.receipts), "receipt"),
        ]
        return ", ".join(parts)


class Alone:
    """Receipts without an export: the signature and the words of each, and its place where a proof was brought."""

    def __init__(self, brought: Brought, proofs: Mapping[str, Any]) -> None:
        self.brought = brought
        self.problems, self.remarks = list(brought.problems), list[str]()
        self.proved = 0
        found = dict(self._proofs(proofs))
        for name, receipt in brought.receipts.items():
            self._receipt(name, receipt, [proof for proof in found.values() if proof.leaf == receipt.leaf])
        known = {receipt.leaf for receipt in brought.receipts.values()}
        for name, proof in found.items():
            if proof.leaf not in known:
                self.problems.append(f"The proof {shown(name)} is about none of the receipts.")

    def _proofs(self, proofs: Mapping[str, Any]) -> Iterator[tuple[str, Proof]]:
        for name, said in proofs.items():
            try:
                yield name, read_proof(said)
            except Unreadable as why:
                self.problems.append(f"The proof {shown(name)}: {why}.")

    def _receipt(self, name: str, receipt: Receipt, proofs: list[Proof]) -> None:
        moment = receipt.happened_at.astimezone(UTC)
        self.remarks.append(f"{shown(name)} is about {shown(receipt.kind)}, {moment:%Y-%m-%d %H:%M:%S} UTC.")
        if not proofs:
            self.remarks.append(
                f"{shown(name)}: whether it is in the ledger was not checked. Fetch the proof from "
                f"/api/v1/ledger/entries/{receipt.leaf}/inclusion, and name it with --proof."
            )
        for proof in proofs:
            self._place(name, proof)

    def _place(self, name: str, proof: Proof) -> None:
        heads = list(self._heads(name, proof))
        wrong = [head for head in heads if head.size == proof.size and head.root != proof.root]
        if wrong:
            self.problems.append(
                f"The receipt {shown(name)}: a checkpoint of {proof.size} entries has another root than its proof."
            )
        elif any(head.size == proof.size for head in heads):
            self.proved += 1
            self.remarks.append(
                f"{shown(name)} is entry {proof.place} of the {proof.size} that a signed checkpoint seals."
            )
        else:
            self.problems.append(
                f"The receipt {shown(name)}: no signed checkpoint has the {proof.size} entries of its proof."
            )
        for size in sorted({head.size for head in heads if head.size > proof.place} - {proof.size}):
            self.remarks.append(
                f"A checkpoint of {size} entries was not compared; fetch the proof for it with ?size={size}."
            )

    def _heads(self, name: str, proof: Proof) -> Iterator[Head]:
        """The checkpoints that may vouch for a proof: the one that came with it, and those that somebody kept."""
        yield from self.brought.checkpoints.values()
        if proof.note is not None:
            try:
                yield self.brought.of_this_ledger(proof.note)
            except Unreadable as why:
                self.problems.append(f"The checkpoint in the proof of {shown(name)}: {why}.")

    def summary(self) -> str:
        """One sentence for everything."""
        seen = ", ".join(
            [
                counted(len(self.brought.receipts), "receipt"),
                counted(self.proved, "proof") + " of their place",
                counted(len(self.brought.checkpoints), "held checkpoint"),
            ]
        )
        if not self.problems:
            return f"Everything holds: {seen}."
        return f"NOT as it should be: {counted(len(self.problems), 'problem')} in {seen}."


def verify_receipts(
    keys: Any,
    receipts: Mapping[str, str],
    proofs: Mapping[str, Any] | None = None,
    checkpoints: Mapping[str, str] | None = None,
) -> Alone:
    """Check receipts by themselves: the parsed key file, and by name receipts, parsed proofs and checkpoints."""
    return Alone(Brought(keys, checkpoints or {}, receipts), proofs or {})


def verify(
    lines: Iterable[bytes],
    keys: Any,
    checkpoints: Mapping[str, str] | None = None,
    receipts: Mapping[str, str] | None = None,
) -> Audit:
    """Check an export: its lines (which can be gone through twice), the parsed key file, and by name what the auditor holds."""
    return Audit(Brought(keys, checkpoints or {}, receipts or {})).walk(lines)


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def shown(value: Any) -> str:
    """A foreign value in a sentence: short, and without anything that a terminal would obey."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value)[:80])
    return text.encode(errors="replace").decode()


def _kid(facts: Any, part: str) -> str:
    """The key that the entry of a rotation names."""
    named = facts.get(part) if isinstance(facts, dict) else None
    return str(named.get("kid")) if isinstance(named, dict) else "without an id"


def _sizes(lines: Iterable[bytes]) -> Iterator[int]:
    """Of how many entries the roots will be asked for."""
    for line in lines:
        if line.startswith(START_OF_CHECKPOINT):
            try:
                yield int(json.loads(line)["note"].split("\n")[1][:19])
            except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError):
                continue


# --- The command line ---


class Lines:
    """The lines of a file, as often as they are asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as opened:
            yield from opened


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, check them, say what was found."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.export is None and not asked.receipt:
        parser.error("name an export, or a receipt with --receipt")
    if asked.export and asked.proof:
        parser.error("a proof is for a receipt without an export, which holds all that it could prove")
    try:
        found = _found(asked)
    except (OSError, ValueError, RecursionError) as unreadable:
        parser.error(f"a file cannot be read: {unreadable}")
    _say(found)
    return 1 if found.problems else 0


def _found(asked: argparse.Namespace) -> Audit | Alone:
    keys = json.loads(asked.keys.read_bytes())
    checkpoints = {str(path): path.read_bytes().decode() for path in asked.checkpoint}
    receipts = {str(path): path.read_bytes().decode() for path in asked.receipt}
    if asked.export:
        return verify(Lines(asked.export), keys, checkpoints, receipts)
    proofs = {str(path): parsed(path.read_bytes().decode())[0] for path in asked.proof}
    return verify_receipts(keys, receipts, proofs, checkpoints)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Check an export of a ledger, or receipts, without trusting who made them."
    )
    parser.add_argument(
        "export", type=Path, nargs="?", help="the export, ledger.jsonl; without it, receipts by themselves"
    )
    parser.add_argument("--keys", type=Path, required=True, help="the public keys, keys.json")
    several: dict[str, Any] = {"type": Path, "action": "extend", "nargs": "+", "default": [], "metavar": "FILE"}
    parser.add_argument("--checkpoint", help="a checkpoint that you fetched earlier, and kept", **several)
    parser.add_argument("--receipt", help="a receipt that was given to somebody", **several)
    parser.add_argument("--proof", help="the site's proof that the entry of a receipt is in the ledger", **several)
    return parser


def _say(found: Audit | Alone) -> None:
    for problem in found.problems[:MOST_SHOWN]:
        print(problem)
    if len(found.problems) > MOST_SHOWN:
        print(f"And {len(found.problems) - MOST_SHOWN} more.")
    for remark in found.remarks[:MOST_SHOWN]:
        print(f"Note: {remark}")
    print(found.summary())


if __name__ == "__main__":
    sys.exit(main())
