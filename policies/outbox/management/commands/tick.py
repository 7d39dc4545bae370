from typing import Any

from django.core.management.base import BaseCommand

from policies.outbox.rounds import run_rounds


class Command(BaseCommand):
    help = "Do all periodic work once: for cron, where no worker runs for ever. Safe to run twice at once."

    def handle(self, **options: Any) -> None:
        run_rounds()
