from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from common import clock
from common.canonical import sha256
from policies.versions.actions import importing
from policies.versions.filling import fill
from policies.versions.freezing import freeze
from policies.versions.importing import UnclearPromise, UnreadableFile, lost_text, outline, read_policy
from policies.versions.models import PolicyPage, Version
from policies.versions.promises import amount_words
from policies.versions.states import ChangeClass


class Command(BaseCommand):
    help = "Read a policy from a text, Markdown, HTML or Word file and publish it as a version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", help="else the title that the file has")
        parser.add_argument("--effective-on", type=_day, help="like 2026-03-01; may be in the past; else today")
        parser.add_argument("--summary", default="", help="what changed, for readers")
        parser.add_argument("--language", default="en")
        parser.add_argument("--encoding", help="of a file that is not UTF-8, like cp1252")
        parser.add_argument("--outline", action="store_true", help="only print what was found in the file")

    def handle(self, *, file: Path, **options: Any) -> None:
        words = partial(amount_words, language=options["language"])
        try:
            found = read_policy(file, title=options["title"], encoding=options["encoding"], amount_words=words)
        except (UnreadableFile, UnclearPromise) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(outline(found.document))
        self._say_unplaced(found)
        self._prove_lossless(found)
        if not options["outline"]:
            self.stdout.write(self._publish(found.document, options))

    def _say_unplaced(self, found: Any) -> None:
        for line in found.unplaced:
            where = f"line {line.line_number}" if line.line_number else "in the file"
            self.stdout.write(self.style.WARNING(f"{where}: {line.why} {line.text!r}"))

    def _prove_lossless(self, found: Any) -> None:
        lost = lost_text(found.visible_text, found.document, file_title=found.file_title)
        if lost:
            raise CommandError(
                "Some text did not land where it should, so nothing is published: " + " / ".join(lost[:5])
            )
        self.stdout.write("Every sentence of the file is there, once and in order.")

    @transaction.atomic
    def _publish(self, document: Any, options: dict[str, Any]) -> str:
        page = _page_for(document["title"], options["language"])
        newest: Any = Version.objects.of(page.translation_key).first()
        fill(page, document)
        text = newest and newest.texts.filter(language=options["language"]).order_by("-sequence").first()
        if text and text.sha256 == sha256(freeze(page)):
            return f"Nothing changed: {page.url} already says this since {newest.permalink}."
        day = options["effective_on"] or clock.today()
        if newest and day < newest.effective_on:
            raise CommandError(f"The version before takes effect on {newest.effective_on}; this one cannot be earlier.")
        page.summary = options["summary"]
        page.change_class = ChangeClass.MATERIAL
        page.effective_on = day
        with importing():
            page.save_revision(log_action=True).publish()
        version: Any = Version.objects.of(page.translation_key).first()
        return self.style.SUCCESS(f"Published: {page.url}versions/{version.permalink}/")


def _day(words: str) -> date:
    return date.fromisoformat(words)


def _page_for(title: str, language: str) -> PolicyPage:
    """The page under the slug of a title below the home page of a language; a new draft where there is none."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    locale = Locale.objects.filter(language_code=language).first()
    home = site and locale and site.root_page.get_translation_or_none(locale)
    if home is None:
        raise CommandError(f"There is no home page in “{language}” to put the policy under; run load_example first.")
    slug = slugify(title) or "policy"
    existing = PolicyPage.objects.child_of(home).filter(slug=slug).first()
    if existing:
        return existing
    if Page.objects.child_of(home).filter(slug=slug).exists():
        raise CommandError(f"A page that is no policy has the address /{slug}/; choose another title.")
    return home.add_child(instance=PolicyPage(title=title, slug=slug, locale=locale, live=False))
