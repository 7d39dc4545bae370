"""The sealed lines in their order, each with the leaf that it has by its own words. Fast, because there are many.

What takes a short way here gives the very bytes of the long one (`rules.leaf_hash`); what might not, goes the long way.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Func, TextField
from django.db.models.functions import Cast
from rfc8785 import CanonicalizationError

from .models import Sealed
from .rules import LEAF_PREFIX, leaf_hash

AT_ONCE = 2_000
"""Rows that are held in memory."""
LARGEST = 1 << 53
"""From here on RFC 8785 has no integers."""


class Line(NamedTuple):
    """A sealed line: the leaf that is stored with it, and the one worked out again (empty where there is none)."""

    place: int
    leaf: str
    found: str


def sealed_lines(size: int) -> Iterator[Line]:
    """The first `size` places of the tree, as far as there are any."""
    # Making values of ids and moments, and texts again, would take half of the time.
    as_kept = connection.vendor == "sqlite"
    moment = Cast("entry__happened_at", TextField()) if as_kept else _WRITTEN
    kept = [Cast("entry__uid", TextField()), Cast("entry__subject", TextField()), moment]
    rows = Sealed.objects.filter(index__lt=size).order_by("index").annotate(words=Cast("entry__facts", TextField()))
    columns = rows.values_list("index", "entry__leaf", "words", "entry__kind", *kept)
    for index, leaf, words, kind, *values in columns.iterator(chunk_size=AT_ONCE):
        try:
            found = leaf_of(kind, words, *(_of_sqlite(*values) if as_kept else values))
        except ValueError:
            found = ""  # an id or a moment that is none
        yield Line(index, leaf, found)


_WRITTEN = Func(
    "entry__happened_at",
    template="""to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
    output_field=TextField(),
)
"""As a line writes its moment, whatever style of dates the server prefers."""


def leaf_of(kind: str, words: str, uid: str, subject: str | None, happened_at: str) -> str:
    """The leaf of a line whose facts are given as JSON text, and whose ids and moment as they are written in it."""
    line = {"uid": uid, "kind": kind, "subject": subject, "happened_at": happened_at}
    try:
        text = _ENCODER.encode(line | {"facts": _PLAIN.decode(words)})
    except (_NotPlain, ValueError, RecursionError):
        return _carefully(words, line)
    if text.isascii():
        # Then this is the canonical form: nothing to normalise, keys sort the same in every way, no number is in doubt.
        return hashlib.sha256(LEAF_PREFIX + text.encode()).hexdigest()
    return _carefully(words, line)


def _carefully(words: str, line: dict[str, Any]) -> str:
    try:
        return leaf_hash(
            uid=UUID(line["uid"]),
            kind=line["kind"],
            subject=UUID(line["subject"]) if line["subject"] else None,
            happened_at=datetime.fromisoformat(line["happened_at"]),
            facts=json.loads(words),
        )
    except (CanonicalizationError, ValueError, RecursionError):
        return ""


def _of_sqlite(uid: str, subject: str | None, happened_at: str) -> tuple[str, str | None, str]:
    """SQLite keeps ids without hyphens, and moments in UTC without a zone and without a fraction of zero."""
    if _STORED.fullmatch(f"{uid} {subject or ''} {happened_at}"):
        return _hyphens(uid), _hyphens(subject) if subject else None, f"{happened_at[:10]}T{happened_at[11:]}+00:00"
    moment = datetime.fromisoformat(happened_at).replace(tzinfo=UTC).isoformat(timespec="microseconds")
    return str(UUID(uid)), str(UUID(subject)) if subject else None, moment


def _hyphens(uid: str) -> str:
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


class _NotPlain(Exception):
    """A number that canonical JSON writes in a way of its own, or not at all."""


def _refused(text: str) -> Any:
    raise _NotPlain(text)


def _small(text: str) -> int:
    # "-0" is written "0".
    if len(text) > len(str(LARGEST)) or abs(int(text)) >= LARGEST or text == "-0":
        raise _NotPlain(text)
    return int(text)


_STORED = re.compile(r"[0-9a-f]{32} (?:[0-9a-f]{32})? [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}")
_PLAIN = json.JSONDecoder(parse_float=_refused, parse_int=_small, parse_constant=_refused)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
