"""A feed as plain values, whatever it is written in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: a moment that stays, so that the empty feed does too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened once. Nothing of it changes afterwards, so it was updated when it was published.

    `html` is inert and its links are absolute; `summary` is plain text.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    at: datetime
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest entries first; `url` is the page for people, `own_url` the feed itself."""

    id: str
    url: str
    own_url: str
    title: str
    subtitle: str
    author: str
    language: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """The moment of the newest entry."""
        return max((entry.at for entry in self.entries), default=NOTHING_YET)
