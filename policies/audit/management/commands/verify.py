from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.audit.verifying import problems
from policies.ledger.models import Entry
from policies.versions.models import VersionText


class Command(BaseCommand):
    """Works out every hash, proof and redline again, and says in a sentence what is wrong and where."""

    help = "Verify versions, texts, files, wordings and the ledger. Exit code 1 if anything is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for sentence in problems():
            found += 1
            self.stdout.write(self.style.ERROR(sentence))
        if found:
            raise CommandError(ngettext("%d thing is wrong.", "%d things are wrong.", found) % found)
        facts = {"texts": VersionText.objects.count(), "entries": Entry.objects.count()}
        self.stdout.write(_("All is well: %(texts)d texts and %(entries)d lines of the ledger.") % facts)
