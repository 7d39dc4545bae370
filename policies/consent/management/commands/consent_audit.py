import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.consent.auditing.actions import MOST_PAGES, Result, judge_crawl, plan_audit, record_audit
from policies.consent.auditing.browser import NoBrowser, opened_browser
from policies.consent.auditing.choosing import CannotChoose
from policies.consent.auditing.tab import NothingAnswers
from policies.consent.auditing.words import finding_words, state_words

NOTHING_RECORDED = 2
"""The exit code where nothing could be looked at; 1 is for findings."""


def _number(words: str) -> int:
    if not words.isdecimal() or not 0 < int(words) <= 10_000:
        raise ArgumentTypeError(_("a number from 1 to 10000"))
    return int(words)


def _site(words: str) -> str:
    parts = urlsplit(words)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArgumentTypeError(_("an address such as https://www.example.com"))
    return words


class Command(BaseCommand):
    """Opens every public page in Chromium, in every state of consent."""

    help = (
        "Look for cookies, stored keys and requests that nobody agreed to. Exit code 1 if there are any; 2 if nothing "
        "could be looked at."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--base-url", type=_site, default=settings.SITE_URL, help="the site, as visitors reach it (SITE_URL)"
        )
        parser.add_argument("--pages", type=_number, default=MOST_PAGES, help="no more pages than this (%(default)s)")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the result to a file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = plan_audit(options["base_url"], most=options["pages"])
        try:
            with opened_browser() as browser:
                crawled = plan.crawl(browser)
        except (NoBrowser, NothingAnswers, CannotChoose) as trouble:
            raise CommandError(
                _("%(trouble)s Nothing was recorded.") % {"trouble": trouble}, returncode=NOTHING_RECORDED
            ) from trouble
        result = judge_crawl(crawled, plan)
        record_audit(result)
        if options["json"]:
            options["json"].write_text(json.dumps(_told(result), ensure_ascii=False, indent=2) + "\n")
        for line in _lines(result):
            self.stdout.write(line)
        if result.findings:
            number = len(result.findings)
            raise CommandError(
                ngettext("%d thing should not have been there.", "%d things should not have been there.", number)
                % number
            )


def _told(result: Result) -> dict[str, Any]:
    """The result as JSON."""
    return {
        "passed": not result.findings,
        "pages": result.crawled.pages,
        "left_out": result.crawled.left_out,
        "states": [state.name for state in result.crawled.seen],
        "findings": [finding | {"words": finding_words(finding)} for finding in result.findings],
        "refused_by_the_browser": result.refusals,
    }


def _lines(result: Result) -> Iterator[str]:
    crawled = result.crawled
    facts = {"pages": len(crawled.pages), "states": "; ".join(state_words(state.name) for state in crawled.seen)}
    yield _("%(pages)d pages, as visitors who: %(states)s.") % facts
    if crawled.left_out:
        number = len(crawled.left_out)
        yield (
            ngettext(
                "%d page more is linked to and was left out: see --pages.",
                "%d pages more are linked to and were left out: see --pages.",
                number,
            )
            % number
        )
    for refusal in result.refusals:
        facts = {"state": state_words(refusal["state"]), "name": refusal["name"], "page": refusal["page"]}
        yield (
            _("For your information: %(state)s – the browser refused %(name)s on %(page)s, as it was told to.") % facts
        )
    yield from (finding_words(finding) for finding in result.findings)
    if not result.findings:
        yield _("All is well: nothing was there that should not have been.")
