"""From a published page to an announced version."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from wagtail.log_actions import get_active_log_context

from common import clock
from common.canonical import sha256
from policies.ledger.actions import append
from policies.ledger.models import Kind

from ..approving import approval_of
from ..drafts import Draft
from ..judging import judged
from ..languages import carried_translations, ready_translations
from ..models.versions import Version, VersionText, Work
from ..modes import is_importing
from ..rules import effective_moment, free_name
from ..signals import version_announced
from ..states import NEEDS_SUMMARY, Approval, ChangeClass
from ..summaries import summary_of
from .texts import save_text, text_of, unsaved_text

SECOND_PERSON = (Approval.WORKFLOW, Approval.SECOND)
"""Approvals by somebody who wrote none of it."""


@dataclass
class Announcement:
    """A version while it is being made: where it follows, and what the strict rule had to fill in."""

    work: Work
    source: Draft
    predecessor: Version | None
    at: datetime
    completed: list[str] = field(default_factory=list)


def announce_version(work: Work, page: Any, *, revision: Any) -> Version | None:
    """Freeze the original with every translation that is ready or still right, enter it in the ledger, and say so."""
    source = Draft.of(page)
    if is_recorded(work, source):
        return None
    predecessor = Version.objects.of(work.key).standing().first()
    announcement = Announcement(work, source, predecessor, clock.now())
    translations = ready_translations(source)
    carried = carried_translations(source, besides=[draft.language for draft in translations])
    version = _announce(announcement, revision=revision, drafts=[source, *translations, *carried])
    for translation in translations:
        # Its own publish signal finds this very text in the version and adds nothing.
        translation.page.get_latest_revision().publish(user=get_active_log_context().user)
    _clear_publishing_fields(page)
    version_announced.send(sender=Version, version=version)
    return version


def is_recorded(work: Work, source: Draft) -> bool:
    """Whether the newest version says this already, be it cancelled or not.

    A cancelled text comes back by its own action only (`postpone_version`), never because somebody saved the page again.
    """
    versions = Version.objects.of(work.key)
    newest = filter(None, (versions.first(), versions.standing().first()))
    return any(text_of(version, source.language).sha256 == sha256(source.document) for version in newest)


def _announce(announcement: Announcement, *, revision: Any, drafts: list[Draft]) -> Version:
    page = announcement.source.page
    facts = approval_of(page, revision)
    change_class, effective_at = _class_and_moment(announcement, may_be_early=facts["approval"] in SECOND_PERSON)
    facts |= judged(page, announcement.predecessor, announcement.source.document, announcement.completed)
    texts = [_text(announcement, draft, change_class) for draft in drafts]
    return freeze_version(
        announcement.work,
        texts,
        predecessor=announcement.predecessor,
        change_class=change_class,
        announced_at=announcement.at,
        effective_at=effective_at,
        early_because=_early_words(announcement, drafts, effective_at, change_class),
        completed=announcement.completed,
        revision_id=revision.pk if revision else None,
        **facts,
    )


def freeze_version(work: Work, texts: list[VersionText], *, predecessor: Version | None, **facts: Any) -> Version:
    """Write a version, its texts and its line in the ledger."""
    newest = Version.objects.of(work.key).first()
    taken = work.versions.values_list("permalink", flat=True)
    version = Version.objects.create(
        work=work,
        number=newest.number + 1 if newest else 1,
        permalink=free_name(clock.day_of(facts["effective_at"]).isoformat(), set(taken)),
        sha256=sha256({text.language: text.sha256 for text in texts}),
        **facts,
    )
    for text in texts:
        save_text(text, version, predecessor)
    append(kind=Kind.VERSION_ANNOUNCED, facts=_facts(version, texts))
    return version


def _class_and_moment(announcement: Announcement, *, may_be_early: bool) -> tuple[str, datetime]:
    """What the editor chose; where nothing was chosen, the strict reading: material, after the full notice period."""
    page, predecessor = announcement.source.page, announcement.predecessor
    chosen = getattr(page, "change_class", ChangeClass.EDITORIAL)
    chosen_day = getattr(page, "effective_on", None)
    change_class = chosen or ChangeClass.MATERIAL
    if not chosen and predecessor:
        announcement.completed.append("change_class")
    if (predecessor is None or is_importing()) and chosen_day:
        start = clock.start_of(chosen_day) if chosen_day != clock.day_of(announcement.at) else announcement.at
        return change_class, max(start, predecessor.effective_at) if predecessor else start
    is_early = may_be_early and bool(getattr(page, "early_because", ""))
    effective_at = effective_moment(
        ChangeClass.EDITORIAL if predecessor is None else change_class,
        announced_at=announcement.at,
        chosen_day=chosen_day or (clock.day_of(announcement.at + settings.NOTICE_PERIOD) if is_early else None),
        notice_period=settings.NOTICE_PERIOD if not is_early else settings.NOTICE_PERIOD * 0,
        predecessor_at=predecessor.effective_at if predecessor else None,
    )
    moved = bool(chosen_day) and clock.day_of(effective_at) != chosen_day
    if moved and predecessor and change_class != ChangeClass.EDITORIAL:
        announcement.completed.append("effective_on")
    return change_class, effective_at


def _early_words(
    announcement: Announcement, drafts: list[Draft], effective_at: datetime, change_class: str
) -> dict[str, str]:
    """Why it waits less than the notice period, for everybody to read; nothing where it waits long enough."""
    waits = effective_at - clock.start_of(clock.day_of(announcement.at))
    if not announcement.predecessor or change_class != ChangeClass.MATERIAL or waits >= settings.NOTICE_PERIOD:
        return {}
    words = {draft.language: getattr(draft.page, "early_because", "").strip() for draft in drafts}
    return {language: said for language, said in words.items() if said}


def _text(announcement: Announcement, draft: Draft, change_class: str) -> VersionText:
    summary, predecessor = draft.summary, announcement.predecessor
    if not summary and predecessor and change_class in NEEDS_SUMMARY:
        source, before = announcement.source, text_of(predecessor, announcement.work.source_language).content
        summary = summary_of(before, source.document, language=draft.language, named_as_in=draft.document)
        announcement.completed.append(f"summary.{draft.language}")
    source_sha256 = "" if draft is announcement.source else sha256(announcement.source.document)
    return unsaved_text(draft.document, language=draft.language, summary=summary, source_sha256=source_sha256)


def _clear_publishing_fields(page: Any) -> None:
    """The next change starts with an empty form; the revision keeps what was chosen for this one."""
    fields = {"summary": "", "translation_ready": False}
    if hasattr(page, "change_class"):
        fields |= {"change_class": "", "effective_on": None, "triggers": [], "renews": []}
        fields |= {"class_reason": "", "early_because": "", "alone_because": ""}
    type(page).objects.filter(translation_key=page.translation_key).update(**fields)


def _facts(version: Version, texts: list[VersionText]) -> dict[str, Any]:
    return {
        "work": str(version.work.key),
        "number": version.number,
        "permalink": version.permalink,
        "change_class": version.change_class,
        "triggers": version.triggers,
        "renews": version.renews,
        "announced_at": version.announced_at.isoformat(),
        "effective_at": version.effective_at.isoformat(),
        "sha256": version.sha256,
        "texts": {text.language: text.sha256 for text in texts},
        "html": {text.language: text.html_sha256 for text in texts},
        "summaries": {text.language: sha256(text.summary) for text in texts},
        "reasons": sha256([version.class_reason, version.alone_because, version.early_because]),
        "replaces": version.replaces.permalink if version.replaces else None,
    }
