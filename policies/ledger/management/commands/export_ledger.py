from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.ledger.exporting import export


class Command(BaseCommand):
    """Writes every sealed line, the checkpoints, the public keys and a verifier that needs nothing of ours."""

    help = "Export the ledger into a folder, so that it can be checked on another machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=_("where the files go"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = export(options["to"], site=settings.SITE_URL)
        except OSError as refused:
            raise CommandError(_("The export cannot be written: %(why)s.") % {"why": refused}) from refused
        self.stdout.write(_("%(count)d lines are in %(folder)s.") % {"count": count, "folder": options["to"]})
        self.stdout.write(_("Check them there: python verify_ledger.py ledger.jsonl --keys keys.json"))
