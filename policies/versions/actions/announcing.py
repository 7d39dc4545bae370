from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import get_active_log_context

from common import clock
from common.canonical import sha256
from policies.ledger.actions import append
from policies.ledger.models import Kind

from .completeness import NotPublishable, missing_in
from .drafts import Draft, ready_translations
from .models.versions import StoredRedline, Version, VersionText, Work
from .people import people_of
from .redline import compare, without_unchanged
from .rendering import section_html
from .rules import effective_moment, free_name, shape
from .signals import translation_added, version_announced
from .states import NEEDS_SUMMARY, Approval, ChangeClass
from .summaries import summary_of

_importing: ContextVar[bool] = ContextVar("importing", default=False)


@contextmanager
def importing() -> Iterator[None]:
    """Inside of it versions may take effect in the past and nobody is told: the text was published elsewhere before."""
    token = _importing.set(True)
    try:
        yield
    finally:
        _importing.reset(token)


@transaction.atomic
def record_publish(page: Any, *, revision: Any) -> Version | VersionText | None:
    """Freeze what a page has just been published with.

    The original makes a version, a translation adds its language to the version that it translates. Nothing new to record
    (the same text again, an alias, a translation of no announced text) makes nothing and returns None. Raises `NotPublishable`.
    """
    # Read anew: the instance that a signal carries may hold what is not in the database.
    page = type(page).objects.select_related("locale").get(pk=page.pk)
    if not page.live or page.alias_of_id:
        return None
    if missing := missing_in(page):
        raise NotPublishable(" ".join(missing))
    work = _locked_work(page)
    if page.locale.language_code == work.source_language:
        return announce_version(work, page, revision=revision)
    return add_translation(work, page)


def _locked_work(page: Any) -> Work:
    """The row that numbers are given out under: two publishes of one work wait for each other here."""
    if not Work.objects.filter(key=page.translation_key).exists():
        taken = Work.objects.filter(kind=page.work_kind).values_list("slug", flat=True)
        defaults = {
            "kind": page.work_kind,
            "slug": free_name(page.slug, set(taken)),
            "source_language": page.locale.language_code,
        }
        Work.objects.get_or_create(key=page.translation_key, defaults=defaults)
    return Work.objects.select_for_update().get(key=page.translation_key)


def announce_version(work: Work, page: Any, *, revision: Any) -> Version | None:
    """Freeze the original and every translation that is ready, enter it in the ledger, and say so."""
    source = Draft.of(page)
    newest = Version.objects.of(work.key).first()
    if newest and _text_of(newest, source.language).sha256 == sha256(source.document):
        return None
    translations = ready_translations(source)
    version = _new_version(work, source, newest, revision=revision, drafts=[source, *translations])
    for translation in translations:
        # Its own publish signal finds this very text in the version and adds nothing.
        translation.page.get_latest_revision().publish(user=get_active_log_context().user)
    _clear_publishing_fields(page)
    version_announced.send(sender=Version, version=version)
    return version


def _new_version(work: Work, source: Draft, newest: Version | None, *, revision: Any, drafts: list[Draft]) -> Version:
    announced_at = clock.now()
    change_class, effective_at, completed = _class_and_moment(source.page, newest, announced_at)
    texts = [_unsaved_text(draft, newest, change_class, completed) for draft in drafts]
    taken = work.versions.values_list("permalink", flat=True)
    version = Version.objects.create(
        work=work,
        number=newest.number + 1 if newest else 1,
        permalink=free_name(clock.day_of(effective_at).isoformat(), set(taken)),
        change_class=change_class,
        announced_at=announced_at,
        effective_at=effective_at,
        completed=completed,
        revision_id=revision.pk if revision else None,
        sha256=sha256({text.language: text.sha256 for text in texts}),
        **_people(source.page, revision),
    )
    for text in texts:
        _save_text(text, version, newest)
    append(kind=Kind.VERSION_ANNOUNCED, facts=_facts(version, texts))
    return version


def _class_and_moment(page: Any, newest: Version | None, announced_at: Any) -> tuple[str, Any, list[str]]:
    """What the editor chose; where nothing was chosen, the strict reading: material, after the full notice period."""
    chosen = getattr(page, "change_class", ChangeClass.EDITORIAL)
    chosen_day = getattr(page, "effective_on", None)
    completed = [] if chosen or newest is None else ["change_class"]
    change_class = chosen or ChangeClass.MATERIAL
    if (newest is None or _importing.get()) and chosen_day:
        start = clock.start_of(chosen_day) if chosen_day != clock.day_of(announced_at) else announced_at
        return change_class, max(start, newest.effective_at) if newest else start, completed
    effective_at = effective_moment(
        ChangeClass.EDITORIAL if newest is None else change_class,
        announced_at=announced_at,
        chosen_day=chosen_day,
        notice_period=settings.NOTICE_PERIOD,
        predecessor_at=newest.effective_at if newest else None,
    )
    if chosen_day and newest and clock.day_of(effective_at) != chosen_day and change_class != ChangeClass.EDITORIAL:
        completed.append("effective_on")
    return change_class, effective_at, completed


def _unsaved_text(draft: Draft, newest: Version | None, change_class: str, completed: list[str]) -> VersionText:
    summary = draft.summary
    if not summary and newest and change_class in NEEDS_SUMMARY:
        summary = summary_of(_text_of(newest, draft.language).content, draft.document, language=draft.language)
        completed.append(f"summary.{draft.language}")
    return VersionText(
        language=draft.language,
        title=draft.document["title"],
        summary=summary,
        content=draft.document,
        html={section["id"]: section_html(section) for section in draft.document["sections"]},
        sha256=sha256(draft.document),
    )


def _save_text(text: VersionText, version: Version, newest: Version | None) -> None:
    text.version = version
    text.save()
    before = newest and newest.texts.filter(language=text.language).order_by("-sequence").first()
    if before:
        changes = without_unchanged(compare(before.content, text.content))
        StoredRedline.objects.create(text=text, since=before, changes=changes)


def _text_of(version: Version, language: str) -> VersionText:
    """A version's text in a language, or in that of the original."""
    texts = {text.language: text for text in version.texts.order_by("sequence")}
    return texts.get(language) or texts[version.work.source_language]


def _clear_publishing_fields(page: Any) -> None:
    """The next change starts with an empty form; the revision keeps what was chosen for this one."""
    fields = {"summary": "", "translation_ready": False}
    if hasattr(page, "change_class"):
        fields |= {"change_class": "", "effective_on": None}
    type(page).objects.filter(translation_key=page.translation_key).update(**fields)


def _people(page: Any, revision: Any) -> dict[str, Any]:
    people = people_of(page, revision)
    return people | {"approval": Approval.IMPORT} if _importing.get() else people


def _facts(version: Version, texts: list[VersionText]) -> dict[str, Any]:
    return {
        "work": str(version.work.key),
        "number": version.number,
        "permalink": version.permalink,
        "change_class": version.change_class,
        "announced_at": version.announced_at.isoformat(),
        "effective_at": version.effective_at.isoformat(),
        "sha256": version.sha256,
        "texts": {text.language: text.sha256 for text in texts},
        "summaries": {text.language: sha256(text.summary) for text in texts},
    }


def add_translation(work: Work, page: Any) -> VersionText | None:
    """Add a language to the newest version that the page translates, or correct it there.

    A translation has the same sections and the same promised numbers as its original; one that fits no announced version
    is not shown to anybody.
    """
    draft = Draft.of(page)
    known = VersionText.objects.filter(version__work=work, language=draft.language, sha256=sha256(draft.document))
    version = None if known.exists() else _version_translated(work, draft)
    if version is None:
        return None
    before = version.texts.filter(language=draft.language).order_by("-sequence").first()
    predecessor = work.versions.filter(number=version.number - 1).first()
    text = _unsaved_text(draft, None, version.change_class, [])
    text.sequence, text.added_late = (before.sequence + 1 if before else 1), True
    text.summary = text.summary or (before.summary if before else "")
    _save_text(text, version, predecessor)
    facts = {"work": str(work.key), "number": version.number, "language": text.language, "sha256": text.sha256}
    append(kind=Kind.TRANSLATION_ADDED, facts=facts | {"sequence": text.sequence})
    translation_added.send(sender=VersionText, text=text)
    return text


def _version_translated(work: Work, draft: Draft) -> Version | None:
    wanted = shape(draft.document)
    for version in Version.objects.of(work.key):
        if shape(_text_of(version, work.source_language).content) == wanted:
            return version
    return None
