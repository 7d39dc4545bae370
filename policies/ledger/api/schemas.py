"""What the API answers about the ledger, field by field. Keys may be added, never renamed or dropped."""

from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, PlainSerializer, WithJsonSchema

# As in the lines themselves: to the microsecond, or the leaf comes out differently.
Moment = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.astimezone(UTC).isoformat(timespec="microseconds"), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Checkpoint(Schema):
    """A signed tree head."""

    size: int = Field(description="How many lines it seals.")
    root: Hash = Field(description="The root of the RFC 9162 tree over their leaves.")
    sealed_at: Moment
    note: str = Field(description="The checkpoint as signed: a C2SP signed note. The rest can be read from it.")


class CheckpointPage(Schema):
    """Some checkpoints, the newest first."""

    checkpoints: list[Checkpoint]
    next: str | None = Field(description="The address of the older ones, if there are any.")


class Inclusion(Schema):
    """The proof that a line is in the tree (RFC 9162, section 2.1.3)."""

    leaf: Hash
    index: int = Field(description="The place of the line, counted from 0.")
    size: int = Field(description="The size of the tree in which it is proved to be.")
    root: Hash = Field(description="The root to which the proof leads.")
    proof: list[Hash] = Field(description="From the leaf to the root.")
    checkpoint: str | None = Field(description="The signed checkpoint of this very size, if there is one.")


class Consistency(Schema):
    """The proof that a tree only grew (RFC 9162, section 2.1.4)."""

    old: int = Field(description="The size of the earlier tree.")
    new: int = Field(description="The size of the later tree.")
    old_root: Hash
    new_root: Hash
    proof: list[Hash]


class Line(Schema):
    """A line that is about no person. Its leaf is SHA-256 of a zero byte and the RFC 8785 form of the first five fields."""

    uid: str
    kind: str = Field(description="What happened.", examples=["version.announced"])
    subject: None = Field(None, description="Always null here.")
    happened_at: Moment
    facts: dict[str, Any]
    leaf: Hash
    index: int | None = Field(description="Its place in the tree; null while it waits to be sealed.")
