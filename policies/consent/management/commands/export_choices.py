from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policies.consent.exchanging.exporting import FORMATS, records


class Command(BaseCommand):
    """Every choice on record, for auditors. It holds no personal value: random ids, facts and hashes."""

    help = "Export every choice on record as JSON lines or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("where it goes; - is the screen"))
        parser.add_argument("--format", choices=[*FORMATS], default="jsonl", help=_("how it is written"))
        parser.add_argument("--since", type=_day, metavar="DATE", help=_("only what happened from this day on"))

    def handle(self, *args: Any, **options: Any) -> None:
        write, found = FORMATS[options["format"]], records(options["since"])
        if options["file"] == "-":
            write(self.stdout, found)
            return
        try:
            count = _write_whole(Path(options["file"]), write, found)
        except OSError as refused:
            raise CommandError(_("The export cannot be written: %(why)s.") % {"why": refused}) from refused
        self.stdout.write(_("%(count)d lines are in %(file)s.") % {"count": count, "file": options["file"]})


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as unreadable:
        raise ArgumentTypeError(_("write a day like 2026-12-22")) from unreadable


def _write_whole(path: Path, write: Any, found: Any) -> int:
    """Whole or not at all: half an export would look like all there is."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as opened:
        count: int = write(opened, found)
    draft.replace(path)
    return count
