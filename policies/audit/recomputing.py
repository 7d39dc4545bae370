"""What is on record, worked out again from what it should follow from. Nothing here trusts a stored hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rfc8785 import CanonicalizationError

from common.canonical import sha256
from policies.ledger.models import Entry
from policies.ledger.rules import leaf_hash
from policies.versions.models import Version, VersionText
from policies.versions.rendering import section_html, words_of


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of what is recorded with what was found just now."""

    about: str
    recorded: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the two are the same; nothing at all is not the same as nothing."""
        return bool(self.recorded) and self.recorded == self.found


def hash_of(value: Any) -> str:
    """The hash of a value, or a word where it has none: no document that we froze is like that."""
    try:
        return sha256(value)
    except (CanonicalizationError, RecursionError):
        return _("cannot be hashed")


def checks_of(version: Version, texts: Sequence[VersionText], entries: Sequence[Entry]) -> list[Check]:
    """Everything that can be worked out again about a version, its texts and its lines in the ledger."""
    return [
        *(check for text in texts for check in text_checks(text)),
        version_check(version, texts),
        *(leaf_check(entry) for entry in entries),
        *(facts_check(entry, version, texts) for entry in entries if "permalink" in entry.facts),
    ]


def text_checks(text: VersionText) -> list[Check]:
    """The hash of a text; and that visitors read those very words, which are kept as HTML beside it."""
    names = {"language": text.language, "sequence": text.sequence}
    return [
        Check(_("SHA-256 of the text (%(language)s, %(sequence)s)") % names, text.sha256, hash_of(text.content)),
        Check(_("SHA-256 of what is shown (%(language)s, %(sequence)s)") % names, text.html_sha256, hash_of(text.html)),
        Check(_("What visitors read (%(language)s, %(sequence)s)") % names, shown_words(text), hashed_words(text)),
    ]


def version_check(version: Version, texts: Sequence[VersionText]) -> Check:
    """The hash of a version covers the languages that were frozen with it, not those added later."""
    found = {text.language: hash_of(text.content) for text in texts if not text.added_late}
    return Check(_("SHA-256 of the version"), version.sha256, hash_of(found))


def leaf_check(entry: Entry) -> Check:
    """The leaf of a ledger line (RFC 9162, section 2.1.1)."""
    return Check(_("Leaf of the ledger line %(kind)s") % {"kind": entry.kind}, entry.leaf, leaf_of(entry))


def leaf_of(entry: Entry) -> str:
    """The leaf that the line has by its own words."""
    try:
        return leaf_hash(
            uid=entry.uid,
            kind=entry.kind,
            subject=entry.subject,
            happened_at=entry.happened_at,
            facts=entry.facts,
        )
    except (CanonicalizationError, RecursionError):
        return _("cannot be hashed")


def facts_check(entry: Entry, version: Version, texts: Sequence[VersionText]) -> Check:
    """Whether the ledger tells of the version what the record tells: who rewrote both tables alike is found here."""
    told = entry.facts
    # Lines written before a fact was entered at all say nothing of it; that they were not shortened, their leaf shows.
    expected = {name: value for name, value in facts_of(version, texts).items() if name in told or name in FIRST_FACTS}
    differing = [name for name, value in expected.items() if not _same(told.get(name), value)]
    agreed = _("the same")
    found = _("differs in: %(names)s") % {"names": ", ".join(differing)} if differing else agreed
    return Check(_("What the ledger says of the version"), agreed, found)


FIRST_FACTS = frozenset(
    ["work", "number", "permalink", "change_class", "announced_at", "effective_at", "sha256", "texts", "summaries"]
)
"""What every line about a version tells; the others came later."""


def facts_of(version: Version, texts: Sequence[VersionText]) -> dict[str, Any]:
    """What the ledger should say, with the hashes worked out again."""
    frozen = [text for text in texts if not text.added_late]
    return {
        "work": str(version.work.key),
        "number": version.number,
        "permalink": version.permalink,
        "change_class": version.change_class,
        "triggers": version.triggers,
        "renews": version.renews,
        "announced_at": version.announced_at,
        "effective_at": version.effective_at,
        "sha256": version.sha256,
        "texts": {text.language: hash_of(text.content) for text in frozen},
        "html": {text.language: hash_of(text.html) for text in frozen},
        "summaries": {text.language: hash_of(text.summary) for text in frozen},
        "reasons": hash_of([version.class_reason, version.alone_because, version.early_because]),
        "replaces": version.replaces.permalink if version.replaces else None,
    }


def _same(told: Any, value: Any) -> bool:
    if not isinstance(value, datetime):
        return bool(told == value)
    try:
        return parse_datetime(str(told)) == value
    except ValueError:
        return False


def shown_words(text: VersionText) -> str:
    """The hash of the title and of the words of the frozen HTML: tags may be written otherwise, words may not."""
    bodies = text.html if isinstance(text.html, dict) else {}
    return hash_of([text.title, {str(section): words_of(str(body)) for section, body in bodies.items()}])


def hashed_words(text: VersionText) -> str:
    """The same of the hashed content."""
    try:
        bodies = {section["id"]: words_of(section_html(section)) for section in text.content["sections"]}
        return hash_of([text.content["title"], bodies])
    except (KeyError, TypeError, AttributeError):
        return _("cannot be read")
