"""Which pages are translations; the last wording of a work in a language, and the text of the original that it translates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..models.versions import Version, VersionText, Work


@dataclass(frozen=True, slots=True)
class Translated:
    """A frozen translation beside exactly that text of the original which it translates."""

    text: VersionText
    source: VersionText


def is_translation(page: Any) -> bool:
    """Whether a page is in another language than the original of its work. It is added to versions, and announces none."""
    works = Work.objects.filter(key=page.translation_key)
    return works.exclude(source_language=page.locale.language_code).exists()


def last_translated(versions: Iterable[Version], language: str) -> Translated | None:
    """The newest wording in a language among some versions of one work; None where it was never translated. Two queries."""
    rows = VersionText.objects.filter(version__in=[version.pk for version in versions], language=language)
    text = rows.select_related("version__work").order_by("-version__number", "-sequence").first()
    return Translated(text, _source_of(text)) if text else None


def _source_of(text: VersionText) -> VersionText:
    work = text.version.work
    rows = VersionText.objects.filter(version__work=work, language=work.source_language, sha256=text.source_sha256)
    return rows.defer("html").order_by("version__number")[:1].get()
