"""What readers see of a version that was not translated: every section in their language that still says the same, and
the original of the others, beside their last wording. Only for reading: what counts and is hashed is the original."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language_info

from ..history import History
from ..models.versions import Version, VersionText
from ..public import Said
from ..rules import has_words
from .translated import Translated, last_translated
from .words import by_id, unchanged


@dataclass(frozen=True)
class Mixed:
    """An original text, and the last translation of the work as far as it went."""

    original: VersionText
    last: Translated

    @cached_property
    def fresh(self) -> set[str]:
        """The ids of the sections whose translation is still right."""
        return self.worded & unchanged(self.last.source.content, self.original.content)

    @cached_property
    def worded(self) -> set[str]:
        """The ids of the sections in which there is anything to translate."""
        return {section["id"] for section in self.original.content["sections"] if has_words(section)}

    @cached_property
    def wordings(self) -> dict[str, Any]:
        """The last wording of every section that had one, by id."""
        return by_id(self.last.text.content["sections"])

    @property
    def title(self) -> Said:
        """The translated title, where the original has kept its own."""
        kept = self.last.source.content["title"] == self.original.title
        text = self.last.text if kept else self.original
        return Said(text.title, text.language)

    @property
    def total(self) -> int:
        """How many sections the document has."""
        return len(self.worded)

    @property
    def stale(self) -> int:
        """How many of them are not translated yet."""
        return self.total - len(self.fresh)

    def is_stale(self, section_id: str) -> bool:
        """Whether a section was translated, and the original has changed since."""
        return section_id in self.worded - self.fresh and section_id in self.wordings


def mixed_view(history: History, version: Version, text: VersionText) -> Mixed | None:
    """The mixed view of a text that is not in the readers' language; None where there never was a translation before it."""
    if text.language == history.language:
        return None
    before = [each for each in history.standing if each.number <= version.number]
    last = last_translated(before, history.language)
    return Mixed(text, last) if last else None


def in_languages(sections: Iterable[dict[str, Any]], text: VersionText, mixed: Mixed | None) -> list[dict[str, Any]]:
    """The sections of a page, each saying its language; with a mixed view, each in the language in which it is right."""
    return [_in_language(section, text, mixed) for section in sections]


def _in_language(section: dict[str, Any], text: VersionText, mixed: Mixed | None) -> dict[str, Any]:
    if mixed is None or section["id"] not in mixed.worded:
        return section | _said_in(text)
    if section["id"] in mixed.fresh:
        return section | _said_in(mixed.last.text) | _wording(section["id"], mixed)
    outdated = _wording(section["id"], mixed) if mixed.is_stale(section["id"]) else None
    return section | _said_in(text) | {"outdated": outdated, "is_untranslated": True}


def _said_in(text: VersionText) -> dict[str, Any]:
    direction = "rtl" if get_language_info(text.language)["bidi"] else "ltr"
    return {"said_in": text, "language": text.language, "direction": direction}


def _wording(section_id: str, mixed: Mixed) -> dict[str, Any]:
    return {"heading": mixed.wordings[section_id]["heading"], "html": mixed.last.text.html[section_id]}
