"""All versions of one work with what was done to them, in two queries, and the questions that pages and the API ask."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.utils.functional import cached_property

from common import clock

from .models.versions import Act, Version, VersionText
from .states import ActKind, State


class NoSuchVersion(LookupError):
    """There is no version by that name, or none at that moment."""


class Deeds:
    """What was done to versions in public, by version."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.of: dict[int, list[Act]] = defaultdict(list)
        for act in acts:
            self.of[act.version_id].append(act)

    def the(self, kind: ActKind, version: Version) -> Act | None:
        """The act of a kind that happens once, or None."""
        return next((act for act in self.of[version.pk] if act.kind == kind), None)

    def is_withdrawn(self, version: Version, moment: datetime) -> bool:
        """Whether a version had been taken out of force by a moment."""
        act = self.the(ActKind.WITHDRAWN, version)
        return act is not None and act.happened_at <= moment

    def state(self, version: Version, *, newest_effective: Version | None, at: datetime) -> State:
        """Where a version stands at a moment, beside the newest one of its work that had taken effect by then."""
        if self.the(ActKind.CANCELLED, version):
            return State.CANCELLED
        if newest_effective is None or version.number > newest_effective.number:
            return State.ANNOUNCED
        if version.pk != newest_effective.pk:
            return State.SUPERSEDED
        return State.WITHDRAWN if self.is_withdrawn(version, at) else State.IN_FORCE


class History:
    """The versions of a work, newest first; bodies are loaded one at a time, when asked for."""

    def __init__(self, key: Any, *, language: str, at: datetime | None = None) -> None:
        self.at = at or clock.now()
        self.language = language
        self.versions = list(Version.objects.of(key).select_related("work"))
        self.deeds = Deeds(Act.objects.filter(version__work__key=key))

    @classmethod
    def of_page(cls, page: Any) -> Self:
        """The history that a page shows, in the language of the page."""
        return cls(page.translation_key, language=page.locale.language_code)

    @cached_property
    def standing(self) -> list[Version]:
        """All that were not cancelled, newest first."""
        return [version for version in self.versions if not self.deeds.the(ActKind.CANCELLED, version)]

    @cached_property
    def in_force(self) -> Version | None:
        """The version in force at the moment of asking."""
        return self.in_force_at(self.at)

    def in_force_at(self, moment: datetime) -> Version | None:
        """The version in force at any moment, past or future; None before the first and after a withdrawal."""
        newest = self.newest_effective(moment)
        return None if newest and self.deeds.is_withdrawn(newest, moment) else newest

    def newest_effective(self, moment: datetime) -> Version | None:
        """The newest version that had taken effect by a moment, even if it was withdrawn since."""
        return next((version for version in self.standing if version.effective_at <= moment), None)

    @cached_property
    def coming(self) -> list[Version]:
        """Announced and not in force yet, the next one first."""
        return [version for version in reversed(self.standing) if version.effective_at > self.at]

    def named(self, permalink: str) -> Version:
        """The version with a permalink."""
        for version in self.versions:
            if version.permalink == permalink:
                return version
        raise NoSuchVersion(permalink)

    def predecessor(self, version: Version) -> Version | None:
        """The version that another one follows: the newest announced before it that was not cancelled."""
        return next((each for each in self.standing if each.number < version.number), None)

    def state(self, version: Version) -> State:
        """Where a version stands at the moment of asking."""
        return self.deeds.state(version, newest_effective=self.newest_effective(self.at), at=self.at)

    def text(self, version: Version, *, language: str | None = None) -> VersionText:
        """The newest text of a version in the language asked for, or in that of the original."""
        wanted = [language or self.language, version.work.source_language]
        texts = version.texts.filter(language__in=wanted).select_related("redline").prefetch_related("renderings")
        found: dict[str, VersionText] = {}
        for text in texts.order_by("-sequence"):
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
