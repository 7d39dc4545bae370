"""An audit, from the first page to the row that stays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from ..knowing import known
from ..models import SelfAudit
from .crawl import Crawl, Crawled
from .declared import Declarations, origin_of
from .judging import Judge, findings_of, refusals_of
from .places import first_places, models_by_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_PAGES = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the database knows beforehand: a browser and a database do not share a thread gladly."""

    site: str
    declared: Declarations
    first: tuple[str, ...]
    models: dict[str, str]
    most: int = MOST_PAGES

    def crawl(self, browser: "Browser") -> Crawled:
        """Look at all of it. Raises NothingAnswers, CannotChoose."""
        return Crawl(browser, self.site, self.declared, self.models, self.most).run(self.first)


@dataclass(frozen=True, slots=True)
class Result:
    """What an audit found, not recorded yet."""

    crawled: Crawled
    findings: list[dict[str, Any]]
    refusals: list[dict[str, Any]]
    """What the browser refused to load, as it was told to."""


def plan_audit(site: str, *, most: int = MOST_PAGES) -> Plan:
    """What is to be looked at, at an address without a path."""
    site = origin_of(site)
    declared = Declarations.of(known(settings.LANGUAGE_CODE), site=site)
    return Plan(site, declared, tuple(first_places()), models_by_path(), most)


def judge_crawl(crawled: Crawled, plan: Plan) -> Result:
    """What of it should not have been there."""
    judge = Judge(plan.declared, plan.site)
    seen = crawled.seen.items()
    findings = [finding for state, sights in seen for finding in findings_of(sights, state, judge)]
    refusals = [refusal for state, sights in seen for refusal in refusals_of(sights, state, judge)]
    return Result(crawled, findings, refusals)


def record_audit(result: Result) -> SelfAudit:
    """Keep the result; it passed where nothing was found."""
    return SelfAudit.objects.create(
        pages=len(result.crawled.pages),
        states=[state.name for state in result.crawled.seen],
        findings=result.findings,
        passed=not result.findings,
    )
