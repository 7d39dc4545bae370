"""What the API hears and answers about choices, field by field. Keys may be added, never renamed or dropped."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool, WithJsonSchema

from policies.ledger.models import Method

from ..rules import Because, State

MOST = 100
"""Purposes in one request; no page asks for a tenth of them."""

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Code = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$", description="The code of a purpose.")]
Word = Annotated[str, WithJsonSchema({"type": "string", "enum": Because.values})]
Became = Annotated[str, WithJsonSchema({"type": "string", "enum": State.values})]


class EntryName(Schema):
    """A line of the ledger. Its proof: `/api/v1/ledger/entries/{leaf}/inclusion`."""

    uid: UUID
    leaf: Hash


class WordingName(Schema):
    """What was shown."""

    sha256: Hash
    url: str = Field(description="Where it can be read, in this API.")


class VersionName(Schema):
    """A version of the policy."""

    number: int
    permalink: str | None = Field(description="Its name in addresses.", examples=["2026-12-22"])


class Answer(Schema):
    """May I? And why."""

    allowed: bool = Field(description="Only this decides. The rest explains it.")
    because: Word
    explanation: str = Field(description="The same as a sentence, in the language asked for.")
    purpose: str
    state: Became | None = Field(description="What the person said last; null if nothing.")
    entry: EntryName | None = Field(
        description="The line that proves it; a refusal without identifier has none to be found."
    )
    wording: WordingName | None = Field(description="What it was said to; null for what came from another system.")
    version: VersionName | None = Field(description="The version of the policy that it was said to.")
    chosen_at: datetime | None
    valid_until: date | None = Field(description="The last day on which a yes counts, in the site's time zone.")
    renewed_in: int | None = Field(description="The newest version that asks again for this purpose.")
    asked_again: bool = Field(description="Whether the person is to be asked now.")
    foreign: bool = Field(description="Whether the choice was imported: its proof is that of another system.")


class Asked(Schema):
    """What is shown when somebody is asked. `sha256` is the hash of the RFC 8785 form of `content`, after Unicode NFC."""

    sha256: Hash
    kind: str = Field(description="`banner` or `choices`.")
    language: str
    version: VersionName
    purposes: list[str] = Field(description="The codes that can be answered.")
    content: Annotated[
        dict[str, Any],
        WithJsonSchema({"type": "object", "description": "Texts, labels and purposes as data; the HTML under `html`."}),
    ]
    url: str = Field(description="Where this wording stays, in this API.")


class Choosing(Schema):
    """Answers to a wording."""

    model_config = ConfigDict(extra="forbid")

    wording: Hash = Field(description="The hash of what was shown.")
    choices: dict[Code, StrictBool] = Field(
        description="By purpose, true for yes and false for no. What is left out stays open.",
        min_length=1,
        max_length=MOST,
        examples=[{"performance": True, "targeting": False}],
    )
    method: Literal["button", "checkbox", "form"] = Field(
        "form", description="The deliberate act: one button for all, a box of its own, or a form that was saved."
    )

    @property
    def act(self) -> Method:
        """In the words of the ledger."""
        return Method(self.method)


class Withdrawing(Schema):
    """What is taken back."""

    model_config = ConfigDict(extra="forbid")

    purposes: list[Code] | None = Field(
        None, description="Null or left out: everything.", min_length=1, max_length=MOST
    )


class Chosen(Schema):
    """What was recorded, and what holds from now on."""

    token: str = Field(description="The person's own, for `Kept-Choices`: keep it in the place of the one before.")
    allows: list[str] = Field(description="The purposes that are allowed now.")
    switched_off: list[str] = Field(
        description="Those that were agreed to and that Global Privacy Control switches off."
    )
    states: dict[str, Became] = Field(description="What became of each purpose; empty where nothing is new.")
    entry: EntryName | None
    receipt_url: str | None = Field(description="The receipt, for the person.")
