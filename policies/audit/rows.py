"""Versions with what is told of them elsewhere; a few queries for any number."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from policies.versions.models import Version
from policies.versions.states import Standing

from .people import Deeds, deeds_of
from .places import pages_of, permanent_url
from .words import filled_in, short_class


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what has to be looked up elsewhere."""

    version: Version
    standing: Standing
    deeds: Deeds
    filled_in: list[str]
    languages: list[str]
    url: str

    @property
    def name(self) -> str:
        """The document and the number of the version in it."""
        return f"{self.version.work.slug} {self.version.number}"

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


def _row(version: Version, standing: Standing, deeds: Deeds, page: Page | None) -> VersionRow:
    languages = sorted({text.language for text in version.texts.all()})
    return VersionRow(version, standing, deeds, filled_in(version), languages, permanent_url(version, page))


def standings_of(versions: Sequence[Version]) -> dict[int, Standing]:
    """Where versions stand now."""
    works = {version.work_id for version in versions}
    effective = Version.objects.effective().filter(work__in=works).order_by("number")
    in_force = {version.work_id: version for version in effective}
    return {version.pk: version.standing(in_force.get(version.work_id)) for version in versions}
