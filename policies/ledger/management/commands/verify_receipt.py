from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.ledger.models import Entry
from policies.ledger.receipts import LARGEST, BadReceipt, leaf_of, read_receipt


class Command(BaseCommand):
    """Says whether a receipt is one of ours, and whether its line stands in the ledger as it says."""

    help = "Check a receipt that somebody presents against this ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("the receipt, a file that ends in .jws"))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        said = _read(file)
        entry = Entry.objects.filter(leaf=said["leaf"]).select_related("sealed").first()
        if entry is None:
            raise CommandError(_("We signed this receipt, but its line is not in this ledger. Was a backup restored?"))
        self.stdout.write(
            _("It holds: %(kind)s, %(moment)s.") % {"kind": entry.kind, "moment": entry.happened_at.isoformat()}
        )
        sealed = getattr(entry, "sealed", None)
        if sealed:
            self.stdout.write(_("Its place in the ledger is %(place)d.") % {"place": sealed.index})
        else:
            self.stdout.write(_("Its line is in the ledger and not sealed yet."))


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            said = read_receipt(opened.read(LARGEST + 2).decode().strip())
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CommandError(_("The file cannot be read: %(why)s.") % {"why": unreadable}) from unreadable
    except BadReceipt as why:
        raise CommandError(_("This is no receipt of ours: %(why)s.") % {"why": why}) from why
    if not _fits(said):
        raise CommandError(_("Its words give another fingerprint than the one it names."))
    return said


def _fits(said: dict[str, Any]) -> bool:
    try:
        return leaf_of(said["entry"]) == said["leaf"]
    except (ValueError, RecursionError):
        return False
