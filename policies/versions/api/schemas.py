"""What the API answers, field by field; these words document it. Keys may be added, never renamed or dropped."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, PlainSerializer, WithJsonSchema

from ..materiality import Trigger
from ..states import PUBLIC, ActKind, ChangeClass
from .shapes import FrozenBlocks, FrozenDocument, FrozenRedline


def _one_of(words: list[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": words})


# Not left to ninja, which cuts moments to milliseconds: as of a moment so cut, an earlier text may be in force.
Moment = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.astimezone(UTC).isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class VersionLinks(Schema):
    """Where a version is found; all addresses are absolute."""

    api: str = Field(description="The version in this API.")
    page: str = Field(description="The version for people: its permanent address.")
    changes: str | None = Field(description="The comparison with the version before it in this API, if there is one.")


class ActFacts(Schema):
    """What belongs to an act; which keys there are depends on its kind."""

    anchor: str | None = Field(None, description="Of an erratum: the section that it is about, if it is about one.")
    letters: dict[str, int] | None = Field(
        None, description="Of a finished announcement: how many letters ended how, in all languages together."
    )


class Act(Schema):
    """What was done in public to a version after it was frozen. Its text never changes by it."""

    kind: Annotated[str, _one_of(ActKind.values)] = Field(
        description="`told`: everybody has been told · `cancelled` · `corrected`: an erratum · `withdrawn`."
    )
    happened_at: Moment
    words: dict[str, str] = Field(description="What readers are told, by language; empty for `told`.")
    facts: ActFacts


class VersionLine(Schema):
    """A version without its text."""

    number: int = Field(description="Counts from 1 through the versions of a policy.")
    permalink: str = Field(description="Its name for ever: the day it takes effect; the second of a day ends in `-2`.")
    standing: Annotated[str, _one_of([state.value for state in PUBLIC])] = Field(description="Where it stands now.")
    change_class: Annotated[str, _one_of(ChangeClass.values)] = Field(description="How much it changes for people.")
    class_reason: str = Field(
        description="Why it is of that class although the comparison suggests another, in the language of the original."
    )
    triggers: Annotated[
        list[str], WithJsonSchema({"type": "array", "items": {"type": "string", "enum": Trigger.values}})
    ] = Field(description="What makes it material.")
    renews: list[str] = Field(description="The purposes whose consent is asked for again; codes of `/choices/wording`.")
    early_because: dict[str, str] = Field(
        description="Why it takes effect before the notice period is over, by language; empty where it does not."
    )
    replaces: str | None = Field(description="The permalink of the cancelled version that was postponed to this one.")
    replaced_by: str | None = Field(description="Of a cancelled version: the permalink of the one announced anew.")
    acts: list[Act] = Field(description="What was done to it in public, the oldest first.")
    announced_at: Moment
    effective_at: Moment
    title: str
    summary: str = Field(description="What changed, in a few sentences; may be empty for editorial changes.")
    language: str = Field(description="The language of title, summary and text.")
    is_translated: bool = Field(description="Whether it is the language asked for; if not, it is that of the original.")
    languages: list[str] = Field(description="Every language in which it can be read.")
    sha256: Sha256 = Field(description="Of the version: of the hashes of all texts that it was announced with.")
    links: VersionLinks


class Promise(Schema):
    """A number that the text promises and the software keeps."""

    kind: str = Field(examples=["first_reply"])
    amount: int = Field(examples=[72])
    unit: str = Field(examples=["hours"])
    anchor: str = Field(description="Of the section in which it is promised.")


class OldWording(Schema):
    """A section as it was last translated."""

    id: str
    anchor: str = Field(description="Of the same section in the text.")
    heading: str = Field(description="Empty for the introduction.")
    html: str
    is_stale: bool = Field(
        description="False where the original still says the same, so that it may be shown as current."
    )


class LastTranslation(Schema):
    """The last wording in the language asked for, of a version that has none. The original is what counts."""

    language: str
    permalink: str = Field(description="Of the version that it is a translation of.")
    text_sha256: Sha256 = Field(description="Of the whole translation, as frozen with that version.")
    title: str | None = Field(description="Null where the original has another title now.")
    sections: list[OldWording] = Field(description="Those that the text still has, in its order.")


class VersionBody(VersionLine):
    """A version with its text as frozen."""

    policy: str = Field(description="The policy's slug.")
    text_sha256: Sha256 = Field(description="Of `content`.")
    text_added_at: Moment = Field(description="When this language was frozen; later than the version for a late one.")
    text_added_late: bool = Field(description="Whether this language was added or corrected after the announcement.")
    content: FrozenDocument = Field(description="The frozen text, in the form that is hashed.")
    html: dict[str, str] = Field(description="The frozen rendering: the body of each section, by the section's id.")
    promises: list[Promise]
    last_translation: LastTranslation | None = Field(description="Null where the text is in the language asked for.")


class Section(Schema):
    """A section to be shown."""

    id: str
    anchor: str = Field(description="What follows # in an address; stays through all versions and languages.")
    heading: str = Field(description="Empty for the introduction.")
    regimes: list[str] = Field(description="The laws it is for; none means everybody.")
    blocks: FrozenBlocks = Field(description="The frozen body as data.")
    html: str = Field(description="The frozen body as HTML.")
    language: str = Field(description="Of heading, blocks and html.")
    is_stale: bool = Field(
        description="True where it stands in the original because it changed after it was last translated."
    )
    last_changed: date = Field(
        description="The day, in the site's time zone, on which the version took effect that last changed it."
    )


class PolicyLinks(Schema):
    """Where a policy is found; all addresses are absolute."""

    api: str = Field(description="The text in force in this API.")
    versions: str = Field(description="Its timeline in this API.")
    page: str = Field(description="The text in force for people.")


class PolicyLine(Schema):
    """A policy without its text."""

    slug: str = Field(examples=["privacy"])
    title: str
    language: str = Field(description="The language of the title.")
    languages: list[str] = Field(description="Every language in which it can be read.")
    in_force: VersionLine | None = Field(description="Null before the first version takes effect.")
    coming: list[VersionLine] = Field(description="Announced and not in force yet, the next one first.")
    links: PolicyLinks


class PolicyList(Schema):
    """All policies, by slug."""

    policies: list[PolicyLine]


class PolicyBody(Schema):
    """A policy with the text that is in force."""

    slug: str = Field(examples=["privacy"])
    title: str
    language: str = Field(description="The language of the text.")
    is_translated: bool = Field(description="Whether it is the language asked for; if not, it is that of the original.")
    languages: list[str] = Field(description="Every language in which it can be read.")
    last_updated: date = Field(description="The day, in the site's time zone, on which the text in force took effect.")
    in_force: VersionLine
    sections: list[Section]
    last_translation: LastTranslation | None = Field(description="Null where the text is in the language asked for.")
    promises: list[Promise]
    coming: list[VersionLine] = Field(description="Announced and not in force yet, the next one first.")
    links: PolicyLinks


class Timeline(Schema):
    """Every version of a policy, the newest first."""

    policy: str = Field(description="The policy's slug.")
    versions: list[VersionLine]


class Change(Schema):
    """What became of a section."""

    anchor: str
    heading: str = Field(description="Empty for the introduction.")
    change: Literal["unchanged", "changed", "added", "removed", "moved"]
    moved: bool = Field(description="True also of a changed section that moved.")


class Figure(Schema):
    """A number or date that changed."""

    anchor: str
    heading: str
    old: str = Field(description="Empty where a promise is new.")
    new: str = Field(description="Empty where a promise was given up.")
    promise: str = Field(description="The kind of promise, or empty for a number in running text.")


class Counts(Schema):
    """How much changed; a section that moved and changed counts in both."""

    changed: int
    added: int
    removed: int
    moved: int
    unchanged: int
    moved_lines: int
    words_added: int
    words_removed: int


class ComparisonLinks(Schema):
    """Where a comparison is found; all addresses are absolute."""

    api: str = Field(description="In this API, with the older version first.")
    page: str = Field(description="For people.")


class Comparison(Schema):
    """What changed between two versions, from the older to the newer, in whichever order they were named."""

    policy: str = Field(description="The policy's slug.")
    older: VersionLine
    newer: VersionLine
    language: str = Field(description="The language of both texts that were compared.")
    is_translated: bool = Field(description="Whether it is the language asked for; if not, it is that of the original.")
    identical: bool
    contents: list[Change]
    figures: list[Figure] = Field(description="Promises first, then in reading order.")
    counts: Counts
    redline: FrozenRedline = Field(description="The comparison as data, down to words.")
    html: str = Field(description="The comparison to be shown, in the language asked for.")
    links: ComparisonLinks


class SectionLinks(Schema):
    """Where the history of a section is found; all addresses are absolute."""

    api: str = Field(description="In this API.")
    page: str = Field(description="For people, with the redline of each change.")
    atom: str = Field(description="Its changes as an Atom feed.")
    json_feed: str = Field(description="Its changes as a JSON Feed.")


class ChangeOfSection(Schema):
    """What a version did to a section."""

    change: Literal["added", "changed", "moved", "removed"] = Field(
        description="`added` also where the whole document was new."
    )
    heading: str = Field(description="As that version has it, in `language`; of a removed section, its last one.")
    anchor: str
    language: str = Field(description="The language of heading and figures.")
    figures: list[Figure] = Field(description="The numbers that changed in this section.")
    version: VersionLine


class SectionHistory(Schema):
    """Every version that changed one section, the newest first, be it in force or coming. What was cancelled before it took
    effect changed nothing and is left out."""

    policy: str = Field(description="The policy's slug.")
    anchor: str = Field(description="Its present anchor, by whichever it was asked for.")
    heading: str = Field(description="As it reads now, or last read; empty for the introduction.")
    language: str = Field(description="The language of the heading.")
    is_there: bool = Field(description="Whether the text that is in force has it.")
    last_changed: date | None = Field(
        description="The day on which the newest change took effect; null if all that happened to it is still coming."
    )
    changes: list[ChangeOfSection]
    links: SectionLinks
