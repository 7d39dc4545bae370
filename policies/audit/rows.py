"""Versions with what is told of them elsewhere; a few queries for any number."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from common import clock
from policies.versions.history import Deeds as PublicDeeds
from policies.versions.materiality import Trigger
from policies.versions.models import Act, Version
from policies.versions.states import State

from .people import Deeds, deeds_of
from .places import pages_of, permanent_url
from .words import filled_in, short_class


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what has to be looked up elsewhere."""

    version: Version
    standing: State
    deeds: Deeds
    filled_in: list[str]
    languages: list[str]
    url: str

    @property
    def name(self) -> str:
        """The document and the number of the version in it."""
        return f"{self.version.work.slug} {self.version.number}"

    @property
    def triggers(self) -> list[str]:
        """Why it is material, in words; a code that is no longer used stands for itself."""
        return [str(dict(Trigger.choices).get(code, code)) for code in self.version.triggers]

    @property
    def short_class(self) -> str:
        """The kind of change in one word."""
        return short_class(self.version.change_class)


def rows_of(versions: Sequence[Version]) -> list[VersionRow]:
    """Rows of versions that carry their work and texts; the number of queries does not depend on theirs."""
    works = {version.work_id: version.work for version in versions}
    pages = pages_of(works.values())
    standings = standings_of(versions)
    deeds = deeds_of(versions, pages={work: page.pk for work, page in pages.items()})
    return [_row(version, standings[version.pk], deeds[version.pk], pages.get(version.work_id)) for version in versions]


def _row(version: Version, standing: State, deeds: Deeds, page: Page | None) -> VersionRow:
    languages = sorted({text.language for text in version.texts.all()})
    return VersionRow(version, standing, deeds, filled_in(version), languages, permanent_url(version, page))


def standings_of(versions: Sequence[Version]) -> dict[int, State]:
    """Where versions stand now."""
    works, now = {version.work_id for version in versions}, clock.now()
    effective = Version.objects.standing().effective(now).filter(work__in=works).order_by("number")
    newest = {version.work_id: version for version in effective}
    deeds = PublicDeeds(Act.objects.filter(version__work__in=works))
    return {
        version.pk: deeds.state(version, newest_effective=newest.get(version.work_id), at=now) for version in versions
    }
