from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.ledger import keys, rotating


class Command(BaseCommand):
    """Makes the first key where there is none; else a new one, which signs from now on."""

    help = "Make the key that signs checkpoints and receipts, or replace it by a new one."
    # The check that complains of a missing key would keep its own remedy from running.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not keys.published():
            keys.make_first()
            self.stdout.write(_("The first key signs from now on: %(kid)s") % {"kid": keys.current().kid})
            return
        try:
            entry = rotating.rotate()
        except keys.NoKey as missing:
            raise CommandError(str(missing)) from missing
        facts = {"kid": entry.facts["current"]["kid"], "retired": entry.facts["retired"]["kid"]}
        self.stdout.write(_("From now on %(kid)s signs; %(retired)s is retired.") % facts)
