"""A language that comes after the announcement, or is corrected."""

from typing import Any

from policies.ledger.actions import append
from policies.ledger.models import Kind

from ..drafts import Draft
from ..languages import version_translated
from ..models.versions import Version, VersionText, Work
from ..signals import translation_added
from ..states import NEEDS_SUMMARY
from ..summaries import summary_of
from .texts import newest_text, save_text, text_of, unsaved_text


def add_translation(work: Work, page: Any) -> VersionText | None:
    """Add a language to the newest version that the page translates, or correct it there.

    A translation that is not known to translate an announced version is shown to nobody; the very text again is no news.
    """
    draft = Draft.of(page)
    version = version_translated(work, draft)
    if version is None:
        return None
    _use_up_the_tick(page)
    before = newest_text(version, draft.language)
    text = _text(work, draft, version, before)
    if before and before.sha256 == text.sha256:
        return None
    text.sequence, text.added_late = (before.sequence + 1 if before else 1), True
    save_text(text, version, _predecessor(version))
    facts = {"work": str(work.key), "number": version.number, "language": text.language, "sha256": text.sha256}
    append(kind=Kind.TRANSLATION_ADDED, facts=facts | {"html": text.html_sha256, "sequence": text.sequence})
    translation_added.send(sender=VersionText, text=text)
    return text


def _text(work: Work, draft: Draft, version: Version, before: VersionText | None) -> VersionText:
    original = text_of(version, work.source_language)
    summary = _own_summary(draft, original) or (before.summary if before else _made_summary(draft, original, version))
    return unsaved_text(draft.document, language=draft.language, summary=summary, source_sha256=original.sha256)


def _own_summary(draft: Draft, original: VersionText) -> str:
    """The translator's words. wagtail-localize puts the original's where there are none, and those are no translation."""
    return draft.summary if draft.summary != original.summary else ""


def _made_summary(draft: Draft, original: VersionText, version: Version) -> str:
    predecessor = _predecessor(version)
    if predecessor is None or version.change_class not in NEEDS_SUMMARY:
        return ""
    old = text_of(predecessor, original.language).content
    return summary_of(old, original.content, language=draft.language, named_as_in=draft.document)


def _predecessor(version: Version) -> Version | None:
    return Version.objects.of(version.work.key).standing().filter(number__lt=version.number).first()


def _use_up_the_tick(page: Any) -> None:
    """It was for this version; the next one asks again."""
    type(page).objects.filter(pk=page.pk).update(translation_ready=False)
