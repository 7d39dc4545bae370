"""What can be asked: the parts of addresses and queries, and what is said of wrong ones."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404
from ninja import Path, Query
from ninja.errors import HttpError
from pydantic import WithJsonSchema
from pydantic_core import PydanticUndefined

from policies.jurisdictions.rules import regimes

from ..history import History, NoSuchVersion
from ..models import Version, Work
from ..reading import parse_moment

LANGUAGES = [code for code, _ in settings.LANGUAGES]
ECHOED = 40
"""Characters of a wrong value that its error repeats."""


def _optional(words: list[str], description: str) -> Any:
    """A key of the query that may be left out; a factory, because a default of "" would stand in the document."""
    return Annotated[
        str,
        WithJsonSchema({"type": "string", "enum": words}),
        Query(PydanticUndefined, default_factory=str, description=description),
    ]


def _part(description: str, example: str) -> Any:
    return Annotated[str, Path(description=description, example=example)]


Language = _optional(
    LANGUAGES,
    "The language wanted; without it, that of the original. Where there is no translation, the original is answered.",
)
Where = _optional([*regimes()], "Only what applies under this law.")
Slug = _part("The policy's slug.", "privacy")
Anchor = _part("What follows # in the address of the section; a former one is known too.", "contact")
Permalink = _part("The version's name: the day it takes effect; the second of a day ends in `-2`.", "2026-12-22")
Day = _part("A day (its end, in the site's time zone) or a moment in ISO 8601 (exact).", "2026-12-31")


def policies() -> list[Work]:
    """Every policy that has been announced, by slug."""
    works = Work.objects.filter(kind=Work.Kind.POLICY, versions__isnull=False)
    return list(works.order_by("slug").distinct())


def policy(slug: str) -> Work:
    # Chosen here and not by the database: there are few, and PostgreSQL refuses some of what an address may hold.
    for work in policies():
        if work.slug == slug:
            return work
    raise Http404(f"There is no policy “{slug[:ECHOED]}”.")


def language(wanted: str) -> str:
    _must_be_one_of(LANGUAGES, wanted, name="language")
    return wanted


def regime(wanted: str) -> str:
    _must_be_one_of([*regimes()], wanted, name="where")
    return wanted


def _must_be_one_of(words: list[str], wanted: str, *, name: str) -> None:
    if wanted and wanted not in words:
        raise HttpError(400, f"`{name}` is “{wanted[:ECHOED]}”; it may be {', '.join(words)}.")


def version_named(history: History, permalink: str) -> Version:
    try:
        return history.named(permalink)
    except NoSuchVersion as missing:
        raise Http404(f"There is no version “{permalink[:ECHOED]}” of this policy.") from missing


def moment(words: str) -> datetime:
    try:
        return parse_moment(words)
    except (ValueError, OverflowError) as unreadable:  # the end of the last day there is lies beyond all dates
        problem = f"“{words[:ECHOED]}” is no date. Write a day like 2026-03-01 or a moment like 2026-03-01T12:00:00Z."
        raise HttpError(400, problem) from unreadable


def version_at(history: History, at: datetime) -> Version:
    version = history.in_force_at(at)
    if version is None:
        raise Http404(f"No version of this policy was in force then. {_why_none(history, at)}")
    return version


def _why_none(history: History, at: datetime) -> str:
    if history.newest_effective(at):
        return "It had been withdrawn; its versions stay readable."
    first = history.versions[-1]
    return f"The first, {first.permalink}, takes effect at {first.effective_at.isoformat()}."
