from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.ledger.restoring import NothingLost, accept_restored


class Command(BaseCommand):
    """After a restore: says in the ledger itself which signed lines were lost, and lets the sealer go on."""

    help = "Enter in the ledger that signed lines were lost with a restored backup, and seal again from here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--because", required=True, help="what happened, for everybody to read")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entry = accept_restored(because=options["because"])
        except NothingLost as error:
            raise CommandError(_("Nothing that was signed is missing.")) from error
        self.stdout.write(str(entry.uid))
