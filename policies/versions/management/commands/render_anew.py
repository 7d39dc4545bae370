from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.versions.actions.rerendering import OtherWords, render_anew
from policies.versions.models import VersionText


class Command(BaseCommand):
    """Shows frozen texts in today's markup, where an operator wants that: it never happens by an upgrade alone."""

    help = "Render the texts of a version anew for a technical reason. The words stay; the first rendering is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("work", help="the slug of the document")
        parser.add_argument("permalink", help="the version, such as 2026-12-22")
        parser.add_argument("--because", required=True, help="the reason, which readers can see")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = VersionText.objects.filter(version__work__slug=options["work"], version__permalink=options["permalink"])
        if not texts.exists():
            raise CommandError(_("There is no such version."))
        for text in texts.select_related("version__work"):
            try:
                rendering = render_anew(text, because=options["because"])
            except OtherWords as error:
                words = _("%(text)s would show other words than were announced, so it stays as it is.")
                raise CommandError(words % {"text": text}) from error
            outcome = rendering.html_sha256 if rendering else _("nothing differs")
            self.stdout.write(f"{text} {text.sequence}: {outcome}")
