from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.roles import set_up_roles


class Command(BaseCommand):
    help = "Make the groups of staff, their permissions and the review. Safe to run again."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        set_up_roles()
        self.stdout.write("Roles are set up: editors, reviewers, privacy officers, auditors.")
