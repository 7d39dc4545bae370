from datetime import date
from typing import Any

from ..history import History
from ..models import VersionText
from ..sections import SectionHistory, last_changed
from ..sections.histories import Change
from . import schemas


def days_of(history: History, text: VersionText) -> dict[str, date]:
    """By section id, the day on which the version took effect that last changed it."""
    return {each: version.effective_on for each, (version, _row) in last_changed(history, text).items()}


def facts_of(section: SectionHistory) -> dict[str, Any]:
    """A section as it reads now, or last read."""
    return {
        "anchor": section.anchor,
        "heading": section.heading.text,
        "language": section.heading.language,
        "is_there": section.is_there,
        "last_changed": section.last.version.effective_on if section.last else None,
    }


def change_of(change: Change, line: schemas.VersionLine) -> schemas.ChangeOfSection:
    """What a version did to it; figures of a first version changed from nothing."""
    row = {name: getattr(change.row, name) for name in ("change", "heading", "anchor", "language")}
    return schemas.ChangeOfSection(**row, figures=[] if change.is_first else change.row.figures, version=line)
