from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies.consent.projecting import differences


class Command(BaseCommand):
    help = (
        "Work out from the ledger what holds for whom, and put the choices right; with --check only say what differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if anything differs")

    def handle(self, *, check: bool, **options: Any) -> None:
        count = 0
        for difference in differences(mend=not check):
            count += 1
            self.stdout.write(str(difference))
        if check and count:
            raise CommandError(f"{count} choices are not what the ledger says; consent_rebuild puts them right.")
        self.stdout.write(f"{count} choices put right." if count else "Every choice is what the ledger says.")
