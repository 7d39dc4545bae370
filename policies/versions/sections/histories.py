"""Every version that changed one section, and what it did to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..document import Section
from ..history import History
from ..languages import mixed_view
from ..models.versions import StoredRedline, Version, VersionText, Work
from ..public import Said
from ..states import State
from .cutting import section_redline
from .identity import NoSuchSection, ids_of
from .rows import counted

__all__ = ["Change", "Line", "NoSuchSection", "SectionHistory", "section_history", "with_redlines"]


@dataclass(frozen=True, slots=True)
class Change:
    """A version that changed the section, and how; `is_first` where the whole document was new."""

    version: Version
    row: Any  # a `SectionChange` as `counted` gives it
    predecessor: Version | None
    standing: State

    @property
    def is_first(self) -> bool:
        """Whether there was no document before."""
        return self.predecessor is None

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The changed numbers; they need not name the section that the whole page is about."""
        return [] if self.is_first else [{**figure, "heading": ""} for figure in self.row.figures]


@dataclass(frozen=True, slots=True)
class Line:
    """A change with its text, without the body, and its redline, in the language of its row."""

    change: Change
    text: VersionText
    html: str

    @property
    def redline(self) -> Said:
        """The redline as words in a language."""
        return Said(self.html, self.change.row.language)


@dataclass(frozen=True, slots=True)
class SectionHistory:
    """A section as it reads now, or last read, and its changes, the newest first."""

    ids: frozenset[str]
    anchor: str
    heading: Said
    is_there: bool
    changes: list[Change]
    at: datetime

    @property
    def last(self) -> Change | None:
        """The newest change that has taken effect."""
        return next((change for change in self.changes if not change.version.is_coming(self.at)), None)

    @property
    def coming(self) -> Change | None:
        """The next change that is announced."""
        return next((each for each in reversed(self.changes) if each.version.is_coming(self.at)), None)


def section_history(history: History, anchor: str) -> SectionHistory:
    """By any anchor that the section ever had, be it in force, coming or gone. Raises `NoSuchSection`.

    What was cancelled before it took effect changed nothing and is left out.
    """
    if not history.versions:
        raise NoSuchSection(anchor)
    work = history.versions[0].work
    ids = ids_of(work, anchor)
    changes = list(_changes(history, work, ids))
    if not changes:
        raise NoSuchSection(anchor)
    anchor_now, heading, is_there = _now(history, ids, changes)
    return SectionHistory(ids, anchor_now, heading, is_there, changes, history.at)


def _changes(history: History, work: Work, ids: frozenset[str]) -> Iterable[Change]:
    standing = {version.pk: version for version in history.standing}
    seen: set[int] = set()
    for row in counted(work, language=history.language).filter(section_id__in=ids):
        version = standing.get(row.of_version)
        if version and version.pk not in seen:
            seen.add(version.pk)
            yield Change(version, row, history.predecessor(version), history.state(version))


def _now(history: History, ids: frozenset[str], changes: list[Change]) -> tuple[str, Said, bool]:
    """Anchor, heading, and whether the text that readers see now has the section."""
    version = history.newest_effective(history.at) or history.coming[0]
    text = history.text(version)
    for section in text.content["sections"]:
        if section["id"] in ids:
            return section["anchor"], _heading(history, text, section), True
    row = changes[0].row
    return row.anchor, Said(row.heading, row.language), False


def _heading(history: History, text: VersionText, section: Section) -> Said:
    """In the reader's language also where the version was not translated, and this section's translation is still right."""
    mixed = mixed_view(history, text.version, text)
    if mixed and section["id"] in mixed.fresh:
        return Said(mixed.wordings[section["id"]]["heading"], mixed.last.text.language)
    return Said(section["heading"], text.language)


def with_redlines(history: History, section: SectionHistory, changes: list[Change]) -> list[Line]:
    """Some changes with their summaries and redlines, in two queries."""
    texts = history.texts([change.version for change in changes])
    stored = StoredRedline.objects.filter(text__in=[change.row.text_id for change in changes])
    redlines = dict(stored.values_list("text_id", "changes"))
    return [
        Line(change, text, _html(redlines.get(change.row.text_id), section.ids))
        for change, text in zip(changes, texts, strict=True)
    ]


def _html(redline: Any, ids: frozenset[str]) -> str:
    return section_redline(redline, ids) if redline else ""
