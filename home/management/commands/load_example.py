from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.example.documents import announce_changes, make_policies, make_products, make_standard_pages
from home.example.services import make_services
from home.example.site import PASSWORD, STAFF, holds_other_content, make_frame
from home.example.subscribers import make_subscribers


class Command(BaseCommand):
    help = "Build the example site, Buy Inverter. Safe to run again: it adds what is missing and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--beside-other-content", action="store_true", help="run on a site that has pages of its own"
        )

    def handle(self, **options: Any) -> None:
        if holds_other_content() and not options["beside_other_content"]:
            raise CommandError(
                "This site holds pages that are not the example's. To add the example all the same, say "
                "--beside-other-content."
            )
        with transaction.atomic():
            frame = make_frame()
            make_services()
            make_standard_pages(frame)
            make_policies(frame)
            make_products(frame)
            make_subscribers()
            announce_changes(frame)
        self.stdout.write(f"The example is at {settings.SITE_URL}/ and {settings.SITE_URL}/ur/")
        if settings.DEBUG:
            names = ", ".join([*STAFF, "admin"])
            self.stdout.write(f"Staff sign in at {settings.SITE_URL}/admin/ as {names}; the password is {PASSWORD}")
