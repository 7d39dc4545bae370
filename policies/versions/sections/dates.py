"""When each section of a text last changed."""

from typing import Any

from ..history import History
from ..models.versions import SectionChange, Version, VersionText
from .rows import counted

LastChange = tuple[Version, SectionChange]


def last_changed(history: History, text: VersionText) -> dict[str, LastChange]:
    """By section id, the version that last changed it as of the version of a text, and how; in one query.

    What was cancelled changed nothing, but for the readers of the cancelled version itself.
    """
    version = text.version
    lineage = {each.pk: each for each in history.standing if each.number <= version.number} | {version.pk: version}
    found: dict[str, LastChange] = {}
    for row in counted(version.work, language=history.language).only("section_id", "anchor", "change"):
        if row.of_version in lineage:
            for name in (row.section_id, row.anchor):
                found.setdefault(name, (lineage[row.of_version], row))
    sections = text.content["sections"]
    changes = {each["id"]: found.get(each["id"]) or found.get(each["anchor"]) for each in sections}
    return {section_id: change for section_id, change in changes.items() if change}


def dated(sections: list[dict[str, Any]], history: History, text: VersionText) -> list[dict[str, Any]]:
    """The same sections as pages show them, each with its `last_changed`."""
    changes = last_changed(history, text)
    return [{**section, "last_changed": _shown(changes.get(section["id"]), history)} for section in sections]


def _shown(change: LastChange | None, history: History) -> dict[str, Any] | None:
    if change is None:
        return None
    version, row = change
    is_new = row.change == SectionChange.Change.ADDED
    return {"version": version, "is_new": is_new, "is_coming": version.is_coming(history.at)}
