from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from policies.consent.exchanging.checking import FIELDS, Terms
from policies.consent.exchanging.entering import Origin
from policies.consent.exchanging.gathering import Gathered, gather
from policies.consent.exchanging.importing import Imported, import_choices
from policies.consent.exchanging.reading import Source, Unreadable
from policies.consent.knowing import known, policy_history
from policies.versions.models import Version

SHOWN = 100
"""Wrong lines that are listed."""


class Command(BaseCommand):
    """Choices from another system. If anything is wrong with a line, nothing is imported, unless you say otherwise."""

    help = f"Import choices from another system: JSON lines or .csv with {', '.join(FIELDS)}. See docs/consent-api.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--system", required=True, metavar="NAME", help=_("where they come from"))
        parser.add_argument("--signed-by", required=True, metavar="WHO", help=_("who answers for the file, by office"))
        parser.add_argument(
            "--policy-version",
            default="",
            metavar="PERMALINK",
            help=_("the version of our policy they were made under"),
        )
        parser.add_argument("--check", action="store_true", help=_("look, and import nothing"))
        parser.add_argument("--skip-bad", action="store_true", help=_("leave wrong lines out and import the others"))

    def handle(self, *args: Any, **options: Any) -> None:
        versions = _versions()
        gathered = _gathered(options["file"], _terms(versions, options["policy_version"]))
        self._tell(gathered)
        if gathered.faults and not options["skip_bad"]:
            raise CommandError(_("Nothing was imported. Mend these lines, or leave them out with --skip-bad."))
        if options["check"]:
            return
        origin = Origin(_named(options, "system"), _named(options, "signed_by"), gathered.sha256)
        try:
            self._told(import_choices(gathered, origin=origin, versions=versions))
        except IntegrityError as clash:
            raise CommandError(_("Another import is running. Nothing was imported: try again.")) from clash

    def _tell(self, gathered: Gathered) -> None:
        for number, said in gathered.faults[:SHOWN]:
            self.stderr.write(_("Line %(number)d: %(said)s") % {"number": number, "said": said})
        if more := gathered.faults[SHOWN:]:
            words = ngettext("… and %(more)d more line.", "… and %(more)d more lines.", len(more))
            self.stderr.write(words % {"more": len(more)})
        counts = {"read": gathered.read, "good": len(gathered.choices), "bad": len(gathered.faults)}
        self.stdout.write(_("Lines: %(read)d read, %(good)d good, %(bad)d wrong.") % counts)

    def _told(self, done: Imported) -> None:
        words = _(
            "Entered %(entered)d. Left out: %(known)d imported before, %(same)d that say nothing new, "
            "%(older)d older than what is on record."
        )
        self.stdout.write(words % {name: done.counts[name] for name in ("entered", "known", "same", "older")})
        if done.entry:
            self.stdout.write(_("The run is line %(uid)s of the ledger.") % {"uid": done.entry.uid})


def _versions() -> dict[str, Version]:
    history = policy_history(settings.LANGUAGE_CODE)
    return {version.permalink: version for version in history.versions} if history else {}


def _terms(versions: dict[str, Version], named: str) -> Terms:
    if named and named not in versions:
        raise CommandError(_("There is no version “%(name)s” of the policy.") % {"name": named})
    now = known(settings.LANGUAGE_CODE)
    purposes = [code for code, purpose in now.purposes.items() if purpose.needs_consent]
    return Terms(purposes, [*versions], named, clock.now())


def _gathered(path: Path, terms: Terms) -> Gathered:
    try:
        return gather(Source(path), terms)
    except Unreadable as unreadable:
        raise CommandError(str(unreadable)) from unreadable
    except OSError as refused:
        raise CommandError(_("The file cannot be read: %(why)s.") % {"why": refused}) from refused


def _named(options: dict[str, Any], name: str) -> str:
    words: str = options[name].strip()
    if not words.isprintable() or not 1 <= len(words) <= 120:
        raise CommandError(_("--%(name)s must have 1 to 120 letters.") % {"name": name.replace("_", "-")})
    return words
