"""One language of a version, frozen: its words, its rendering, and what became of each section."""

from collections.abc import Iterable
from typing import Any

from common.canonical import sha256

from ..document import Document
from ..models.versions import SectionChange, StoredRedline, Version, VersionText
from ..redline import Redline, changed_figures, compare, without_unchanged
from ..rendering import section_html


def unsaved_text(document: Document, *, language: str, summary: str, source_sha256: str = "") -> VersionText:
    """A text as it will be frozen; `source_sha256` is that of the original, unless it is the original."""
    html = {section["id"]: section_html(section) for section in document["sections"]}
    digest = sha256(document)
    return VersionText(
        language=language,
        title=document["title"],
        summary=summary,
        content=document,
        html=html,
        sha256=digest,
        html_sha256=sha256(html),
        source_sha256=source_sha256 or digest,
    )


def save_text(text: VersionText, version: Version, predecessor: Version | None) -> None:
    """Freeze a text as part of a version, with what it changed since the version before."""
    text.version = version
    text.save()
    before = newest_text(predecessor, text.language) if predecessor else None
    if before is None and predecessor:
        # The language is new, the sections are not: they changed where the original did.
        _save_changes_as_in(text, newest_text(version, version.work.source_language))
        return
    if before is None:
        _save_changes(text, compare({"title": "", "sections": []}, text.content))
        return
    redline = compare(before.content, text.content)
    StoredRedline.objects.create(text=text, since=before, changes=without_unchanged(redline))
    _save_changes(text, redline)


def newest_text(version: Version, language: str) -> VersionText | None:
    """The latest wording of a version in exactly that language."""
    return version.texts.filter(language=language).order_by("-sequence").first()


def text_of(version: Version, language: str) -> VersionText:
    """A version's text in a language, or in that of the original."""
    text = newest_text(version, language) or newest_text(version, version.work.source_language)
    assert text, "no version is without its original"
    return text


def _save_changes(text: VersionText, redline: Redline) -> None:
    SectionChange.objects.bulk_create(_changes(text, redline))


def _save_changes_as_in(text: VersionText, original: VersionText | None) -> None:
    headings = {section["id"]: section["heading"] for section in text.content["sections"]}
    rows = original.section_changes.all() if original else []
    SectionChange.objects.bulk_create(
        SectionChange(
            text=text,
            section_id=row.section_id,
            anchor=row.anchor,
            heading=headings.get(row.section_id, row.heading)[:255],
            change=row.change,
            position=row.position,
        )
        for row in rows
    )


def _changes(text: VersionText, redline: Redline) -> Iterable[SectionChange]:
    figures: dict[str, list[Any]] = {}
    for figure in changed_figures(redline):
        figures.setdefault(figure["anchor"], []).append(figure)
    for position, section in enumerate(redline["sections"]):
        if section["change"] != "unchanged":
            yield SectionChange(
                text=text,
                section_id=section["id"],
                anchor=section["anchor"],
                heading=section["heading"][:255],
                change=section["change"],
                position=position,
                figures=figures.get(section["anchor"], []),
            )
