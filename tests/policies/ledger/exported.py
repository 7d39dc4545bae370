"""Exports made without the site's code, with a tree, notes and keys of their own: the verifier is not tested by itself."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "kept.example/ledger"
BEGIN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
WORDS = ("uid", "kind", "subject", "happened_at", "facts")
KINDS = ("consent.given", "consent.refused", "consent.withdrawn", "subscription.confirmed", "notice.closed")


def written(moment):
    return moment.isoformat(timespec="microseconds")


def base64url(known):
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()


def standard(known):
    return base64.b64encode(known).decode()


class Key:
    """A key that signs notes and receipts."""

    def __init__(self, chance, not_before=BEGIN, name=ORIGIN):
        self.private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        self.public = self.private.public_key().public_bytes_raw()
        self.name, self.not_before, self.retired_at = name, not_before, None
        self.x = base64url(self.public)
        members = f'{{"crv":"Ed25519","kty":"OKP","x":"{self.x}"}}'
        self.kid = base64url(hashlib.sha256(members.encode()).digest())
        self.hash = hashlib.sha256(name.encode() + b"\n\x01" + self.public).digest()[:4]
        self.verifier = f"{name}+{self.hash.hex()}+{standard(bytes([1]) + self.public)}"

    def row(self):
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": self.x,
            "kid": self.kid,
            "alg": "EdDSA",
            "use": "sig",
            "verifier": self.verifier,
            "not_before": written(self.not_before),
            "retired_at": self.retired_at and written(self.retired_at),
        }

    def line(self, text):
        return f"— {self.name} {standard(self.hash + self.private.sign(text.encode()))}\n"

    def jws(self, payload, **header):
        parts = [{"alg": "EdDSA", "kid": self.kid, "typ": "kept-receipt+jwt"} | header, payload]
        told = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        return f"{told}.{base64url(self.private.sign(told.encode()))}"


def leaf(entry):
    words = {name: entry[name] for name in WORDS}
    return hashlib.sha256(b"\0" + rfc8785.dumps(words)).hexdigest()


def root(leaves):
    """As RFC 9162 defines it, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return bytes.fromhex(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


@dataclass
class Ledger:
    """A ledger that grows; `rows` are the entries of its export, `notes` its checkpoints."""

    chance: Random = field(default_factory=lambda: Random(1))
    now: datetime = BEGIN
    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    keys: list = field(default_factory=list)
    retiring: list = field(default_factory=list)

    def __post_init__(self):
        self.keys.append(Key(self.chance))

    @property
    def key(self):
        return self.keys[-1]

    def entry(self, **words):
        """An entry that is not in the ledger yet."""
        uid = str(UUID(int=self.chance.getrandbits(128), version=4))
        subject = str(UUID(int=self.chance.getrandbits(128), version=4)) if self.chance.random() < 0.8 else None
        facts = {
            "number": self.chance.randrange(9),
            "purposes": {"statistics": True, "offers": False},
            "wording": uid[:8],
        }
        told = {
            "uid": uid,
            "kind": self.chance.choice(KINDS),
            "subject": subject,
            "happened_at": self.tick(),
            "facts": facts,
        }
        told |= words
        return {"type": "entry", "index": len(self.rows), **told, "leaf": leaf(told)}

    def tick(self):
        self.now += timedelta(microseconds=self.chance.randrange(1, 60_000_000))
        return written(self.now)

    def append(self, count=1, **words):
        for _ in range(count):
            self.rows.append(self.entry(**words))
        return self.rows[-1] if self.rows else None

    def seal(self):
        """Sign what there is; gives the checkpoint. Where there is nothing new there is none."""
        if len(self.rows) == (self.sizes[-1] if self.sizes else 0):
            return None
        self.tick()
        note = self.note(len(self.rows), self.retiring)
        self.retiring = []
        self.notes.append(note)
        self.sizes.append(len(self.rows))
        return note

    def note(self, size, others=()):
        return note_of([row["leaf"] for row in self.rows[:size]], self.now, [self.key, *others])

    def rotate(self):
        self.tick()
        old, new = self.key, Key(self.chance, self.now)
        old.retired_at = self.now
        self.keys.append(new)
        self.retiring.append(old)
        told = [
            {name: key.row()[name] for name in ("kid", "verifier", "not_before", "retired_at")} for key in (old, new)
        ]
        self.append(kind="ledger.key_rotated", subject=None, facts={"retired": told[0], "current": told[1]})

    def receipt(self, row, **changes):
        entry = {name: row[name] for name in WORDS}
        issued = int(self.now.timestamp())
        payload = {"iss": "https://kept.example", "iat": issued, "entry": entry, "leaf": row["leaf"], "origin": ORIGIN}
        return self.key.jws(payload | changes)

    def document(self):
        return {"origin": ORIGIN, "keys": [key.row() for key in self.keys]}

    def lines(self):
        return lines(self.rows, self.notes)


def note_of(leaves, sealed_at, keys, origin=ORIGIN):
    moment = written(sealed_at).replace("+00:00", "Z")
    text = f"{origin}\n{len(leaves)}\n{standard(root(leaves))}\nsealed {moment}\n"
    return f"{text}\n{''.join(key.line(text) for key in keys)}"


def lines(rows, notes):
    """The export, line by line."""
    header = {"type": "ledger", "format": 1, "origin": ORIGIN, "exported_at": "2026-03-02T00:00:00+00:00"}
    checkpoints = [{"type": "checkpoint", "note": note} for note in notes]
    return [json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in [header, *rows, *checkpoints]]
