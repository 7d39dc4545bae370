"""What can be asked of the ledger, and what is said of questions that have no answer."""

import re
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404
from ninja import Path, Query
from ninja.errors import HttpError
from pydantic import WithJsonSchema
from pydantic_core import PydanticUndefined

from ..models import Checkpoint, Entry, Kind, Sealed

PUBLIC = frozenset(
    {
        Kind.VERSION_ANNOUNCED,
        Kind.TRANSLATION_ADDED,
        Kind.VERSION_CANCELLED,
        Kind.VERSION_CORRECTED,
        Kind.VERSION_WITHDRAWN,
        Kind.VERSION_RERENDERED,
        Kind.NOTICE_CLOSED,
        Kind.KEY_ROTATED,
    }
)
"""The kinds that are about no person; what is added here must never be."""
MOST = 100
"""Checkpoints of one page."""
LARGEST = 10**18 - 1
"""More lines than any database numbers."""

_LEAF = re.compile("[0-9a-f]{64}")
_NUMBER = re.compile("[0-9]{1,18}")
_UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _number(description: str, *, name: str = "", most: int = LARGEST, least: int = 0) -> Any:
    """A number of the query that may be left out; read here, so that a wrong one gets a sentence."""
    named = {"alias": name} if name else {}
    return Annotated[
        str,
        WithJsonSchema({"type": "integer", "minimum": least, "maximum": most}),
        Query(PydanticUndefined, default_factory=str, description=description, **named),
    ]


Size = _number("The size of the tree; without it, that of the newest checkpoint.")
Old = _number("The size of the earlier tree.", name="from")
New = _number("The size of the later tree; without it, that of the newest checkpoint.", name="to")
Before = _number("Only checkpoints of fewer lines than this.")
Limit = _number(f"How many; without it, {MOST}.", most=MOST, least=1)
Leaf = Annotated[str, Path(description="The leaf hash of the line, as receipts tell it.", example="0" * 64)]
Uid = Annotated[str, Path(description="The line's id.", example="0f8fad5b-d9cb-469f-a165-70867728950e")]


def number(words: str, *, name: str, otherwise: int, least: int = 0, most: int = LARGEST) -> int:
    if not words:
        return otherwise
    if not (words.isascii() and _NUMBER.fullmatch(words)) or not least <= int(words) <= most:
        raise HttpError(400, f"`{name}` must be a whole number from {least} to {most}.")
    return int(words)


def newest() -> Checkpoint:
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        raise Http404("Nothing has been sealed yet.")
    return last


def place_of(leaf: str) -> int:
    """The place of the line with this leaf."""
    if not _LEAF.fullmatch(leaf):
        raise HttpError(400, "A leaf is 64 hexadecimal digits in small letters.")
    place = Sealed.objects.filter(entry__leaf=leaf).values_list("index", flat=True).first()
    if place is not None:
        return int(place)
    if Entry.objects.filter(leaf=leaf).exists():
        raise Http404("This line is not sealed yet; ask again in a minute.")
    raise Http404("There is no line with this leaf.")


def public_line(uid: str) -> Entry:
    """A line about no person. Of the others it is not even told that they exist."""
    if _UID.fullmatch(uid):
        lines = Entry.objects.filter(uid=UUID(uid), kind__in=PUBLIC, subject=None).select_related("sealed")
        for line in lines:
            return line
    raise Http404("There is no public line with this id.")
