"""All versions of one work, as one query, and the questions that pages and the API ask of them."""

from datetime import datetime
from typing import Any, Self

from django.utils.functional import cached_property

from common import clock

from .models.versions import Version, VersionText
from .states import Standing


class NoSuchVersion(LookupError):
    """There is no version by that name, or none at that moment."""


class History:
    """The versions of a work, newest first; bodies are loaded one at a time, when asked for."""

    def __init__(self, key: Any, *, language: str, at: datetime | None = None) -> None:
        self.at = at or clock.now()
        self.language = language
        self.versions = list(Version.objects.of(key).select_related("work"))

    @classmethod
    def of_page(cls, page: Any) -> Self:
        """The history that a page shows, in the language of the page."""
        return cls(page.translation_key, language=page.locale.language_code)

    @cached_property
    def in_force(self) -> Version | None:
        """The version in force at the moment of asking."""
        return self.in_force_at(self.at)

    def in_force_at(self, moment: datetime) -> Version | None:
        """The version in force at any moment, past or future; None before the first."""
        return next((version for version in self.versions if version.effective_at <= moment), None)

    @cached_property
    def coming(self) -> list[Version]:
        """Announced and not in force yet, the next one first."""
        return [version for version in reversed(self.versions) if version.effective_at > self.at]

    def named(self, permalink: str) -> Version:
        """The version with a permalink."""
        for version in self.versions:
            if version.permalink == permalink:
                return version
        raise NoSuchVersion(permalink)

    def predecessor(self, version: Version) -> Version | None:
        """The version announced before another one."""
        return next((each for each in self.versions if each.number < version.number), None)

    def standing(self, version: Version) -> Standing:
        """Where a version stands now."""
        return version.standing(self.in_force)

    def text(self, version: Version, *, language: str | None = None) -> VersionText:
        """The newest text of a version in the language asked for, or in that of the original."""
        wanted = [language or self.language, version.work.source_language]
        texts = version.texts.filter(language__in=wanted).select_related("redline").order_by("-sequence")
        found: dict[str, VersionText] = {}
        for text in texts:
            text.version = version
            found.setdefault(text.language, text)
        return found.get(wanted[0]) or found[wanted[1]]

    def texts(self, versions: list[Version]) -> list[VersionText]:
        """The texts of several versions without their bodies, in the order asked: one query."""
        wanted = (self.language, versions[0].work.source_language) if versions else ()
        rows = VersionText.objects.filter(version__in=versions, language__in=wanted).defer("content", "html")
        best: dict[int, VersionText] = {}
        for text in sorted(rows, key=lambda row: (row.language == self.language, row.sequence)):
            best[text.version_id] = text
        for version in versions:
            best[version.pk].version = version
        return [best[version.pk] for version in versions]
