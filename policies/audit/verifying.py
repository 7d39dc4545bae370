"""Everything on record worked out again, and a sentence for each thing that is wrong; nothing is trusted that is stored."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from common.immutable import Frozen, missing_triggers
from policies.consent.models import Wording
from policies.consent.projecting import differences
from policies.ledger.models import Entry, Kind
from policies.ledger.verifying import problems as ledger_problems
from policies.versions.actions.acts import KINDS
from policies.versions.models import Act, Rendering, StoredRedline, Version, VersionFile, VersionText, Work
from policies.versions.redline import new_of, old_of, with_unchanged
from policies.versions.states import ActKind

from .recomputing import Check, checks_of, hash_of, shown_words

ABOUT_VERSIONS = [Kind.VERSION_ANNOUNCED, Kind.TRANSLATION_ADDED]


def problems() -> Iterator[str]:
    """What is wrong, the broadest first. An empty answer means that every hash, line and proof holds."""
    yield from _open_tables()
    for work in Work.objects.order_by("pk"):
        yield from _problems_of_work(work)
    yield from _lines_without_rows()
    yield from _redlines()
    yield from _files()
    yield from _renderings()
    yield from _wordings()
    yield from _choices()
    yield from ledger_problems(triggers=False)


def _open_tables() -> Iterator[str]:
    """Tables that the database would let somebody change."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Frozen)]
    for name in missing_triggers(tables):
        yield _("The table %(table)s can be changed: its trigger %(trigger)s is missing.") % {
            "table": name.rpartition(".")[0] or name,
            "trigger": name.rpartition(".")[2],
        }


def _problems_of_work(work: Work) -> Iterator[str]:
    entries = list(Entry.objects.filter(facts__work=str(work.key)))
    versions = list(work.versions.select_related("work", "replaces").order_by("number"))
    numbers = [version.number for version in versions]
    if numbers != list(range(1, len(numbers) + 1)):
        yield _("%(work)s: versions are missing; their numbers are %(numbers)s.") % {"work": work, "numbers": numbers}
    yield from _dates(work, versions)
    for version in versions:
        yield from _problems_of_version(version, [each for each in entries if _is_about(each, version)])


def _dates(work: Work, versions: list[Version]) -> Iterator[str]:
    """Versions that were not cancelled take effect in the order of their numbers."""
    cancelled = set(Act.objects.filter(version__work=work, kind=ActKind.CANCELLED).values_list("version", flat=True))
    standing = [version for version in versions if version.pk not in cancelled]
    for before, after in pairwise(standing):
        if after.effective_at < before.effective_at:
            words = _("%(after)s takes effect before %(before)s, which it follows.")
            yield words % {"after": after, "before": before}


def _problems_of_version(version: Version, entries: list[Entry]) -> Iterator[str]:
    texts = list(version.texts.order_by("language", "sequence"))
    told = [entry for entry in entries if entry.kind in ABOUT_VERSIONS]
    announced = [entry for entry in told if entry.kind == Kind.VERSION_ANNOUNCED]
    if len(announced) != 1:
        words = _("%(version)s: the ledger announces it %(count)d times instead of once.")
        yield words % {"version": version, "count": len(announced)}
    for check in checks_of(version, texts, told):
        if not check.holds:
            yield _sentence(str(version), check)
    yield from _late_texts(version, texts, told)
    yield from _acts(version, entries)


def _late_texts(version: Version, texts: list[VersionText], told: list[Entry]) -> Iterator[str]:
    late = {(text.language, text.sequence): text.sha256 for text in texts if text.added_late}
    added = [entry.facts for entry in told if entry.kind == Kind.TRANSLATION_ADDED]
    entered = {(facts["language"], facts["sequence"]): facts["sha256"] for facts in added}
    for language, sequence in late.keys() ^ entered.keys():
        words = _("%(version)s: the translation %(language)s %(sequence)s is not in the record and the ledger alike.")
        yield words % {"version": version, "language": language, "sequence": sequence}


def _acts(version: Version, entries: list[Entry]) -> Iterator[str]:
    """Each public act has its line, and each line its act."""
    acts = [act for act in version.acts.all() if act.kind in KINDS]
    found = Counter((KINDS[ActKind(act.kind)].value, hash_of(act.words)) for act in acts)
    told = Counter((entry.kind, entry.facts["words"]) for entry in entries if entry.kind in KINDS.values())
    for kind, _words in (found - told) + (told - found):
        words = _("%(version)s: %(kind)s is not in the record and the ledger alike.")
        yield words % {"version": version, "kind": kind}


def _is_about(entry: Entry, version: Version) -> bool:
    facts = entry.facts
    return bool(facts.get("permalink") == version.permalink or facts.get("number") == version.number)


def _lines_without_rows() -> Iterator[str]:
    """Announcements in the ledger whose version is gone."""
    there = {(str(key), number) for key, number in Version.objects.values_list("work__key", "number")}
    for entry in Entry.objects.filter(Q(kind=Kind.VERSION_ANNOUNCED)).iterator():
        name = (entry.facts.get("work"), entry.facts.get("number"))
        if name not in there:
            words = _("The ledger announces version %(number)s of %(work)s, which is not on record.")
            yield words % {"number": name[1], "work": name[0]}


def _redlines() -> Iterator[str]:
    """Leaving out what a stored redline inserted gives the text before, leaving out what it deleted the text after."""
    for stored in StoredRedline.objects.select_related("text__version__work", "since").iterator(chunk_size=20):
        redline = with_unchanged(stored.changes, stored.text.content)
        try:
            exact = old_of(redline) == stored.since.content and new_of(redline) == stored.text.content
        except (KeyError, TypeError, IndexError, ValueError):
            exact = False
        if not exact:
            yield _("%(text)s: the stored redline does not lead from the text before to this one.") % {
                "text": stored.text
            }


def _files() -> Iterator[str]:
    for file in VersionFile.objects.select_related("text__version__work").iterator(chunk_size=5):
        if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256:
            yield _("%(text)s: the stored %(format)s file is not the one that was made.") % {
                "text": file.text,
                "format": file.format,
            }


def _renderings() -> Iterator[str]:
    """A technical rendering has other tags, never other words."""
    for rendering in Rendering.objects.select_related("text__version__work").iterator(chunk_size=20):
        text = rendering.text
        again = VersionText(title=text.title, html=rendering.html)
        if hash_of(rendering.html) != rendering.html_sha256 or shown_words(again) != shown_words(text):
            yield _("%(text)s: the rendering of %(day)s says something else than the text.") % {
                "text": text,
                "day": rendering.made_at.date(),
            }


def _wordings() -> Iterator[str]:
    for wording in Wording.objects.iterator(chunk_size=100):
        if hash_of(wording.content) != wording.sha256:
            yield _("The wording %(hash)s is not what was shown when people were asked.") % {
                "hash": wording.sha256[:12]
            }


def _choices() -> Iterator[str]:
    """What holds for people is what their lines say."""
    for difference in differences():
        yield _("Consent: %(difference)s.") % {"difference": difference}


def _sentence(where: str, check: Check) -> str:
    facts: dict[str, Any] = {"where": where, "about": check.about, "recorded": check.recorded, "found": check.found}
    return _("%(where)s: %(about)s: recorded is %(recorded)s, worked out again it is %(found)s.") % facts
