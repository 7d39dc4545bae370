from django.conf import settings
from django.urls import reverse

from ..addresses import page_url
from ..models import Version, Work
from . import schemas


class Links:
    """The addresses of a policy for people and for programs, in one language; the page is looked up once."""

    def __init__(self, work: Work, *, language: str) -> None:
        self.slug = work.slug
        self.query = "" if language == work.source_language else f"?language={language}"
        self.page = page_url(work, language=language)

    def policy(self) -> schemas.PolicyLinks:
        return schemas.PolicyLinks(api=self._api("policy"), versions=self._api("versions"), page=self.page)

    def version(self, version: Version, predecessor: Version | None) -> schemas.VersionLinks:
        return schemas.VersionLinks(
            api=self._api("version", permalink=version.permalink),
            page=f"{self.page}versions/{version.permalink}/",
            changes=self.comparison(predecessor, version).api if predecessor else None,
        )

    def comparison(self, older: Version, newer: Version) -> schemas.ComparisonLinks:
        return schemas.ComparisonLinks(
            api=self._api("comparison", older=older.permalink, newer=newer.permalink),
            page=f"{self.page}compare/{older.permalink}...{newer.permalink}/",
        )

    def section(self, anchor: str) -> schemas.SectionLinks:
        page = f"{self.page}sections/{anchor}/"
        return schemas.SectionLinks(
            api=self._api("section", anchor=anchor), page=page, atom=f"{page}feed.atom", json_feed=f"{page}feed.json"
        )

    def _api(self, name: str, **parts: str) -> str:
        return settings.SITE_URL + reverse(f"api_v1:{name}", kwargs={"slug": self.slug, **parts}) + self.query
