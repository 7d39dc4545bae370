"""Which text of the original the translations of wagtail-localize translate: it keeps the source that they were made from."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from wagtail_localize.models import StringSegment, Translation, TranslationLog, TranslationSource

from ..document import INTRODUCTION, Document
from ..freezing import freeze
from .words import same_words

TITLE = "title"
FROZEN = frozenset({TITLE, INTRODUCTION, "sections"})
"""The fields that go into the frozen text. Words for search engines may lack a translation for ever."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a translation was made from; None where the source has been synchronised since and nobody can tell any more.

    `missing` counts the strings without a translation by section: the title and the introduction go by their own names.
    """

    document: Document | None
    missing: Counter[str]

    def is_whole_translation_of(self, document: Document) -> bool:
        """Whether every string was translated, and from exactly these words. The sections' places and regimes are no words."""
        return self.document is not None and not self.missing and same_words(self.document, document)


def basis_of(page: Any, revision_id: int | None) -> Basis | None:
    """The basis of a revision that wagtail-localize made; None for one that somebody wrote in the page editor."""
    log = TranslationLog.objects.filter(revision=revision_id, locale=page.locale).select_related("source").last()
    if revision_id is None or log is None:
        return None
    is_known = log.source.last_updated_at <= log.created_at
    return Basis(freeze(log.source.as_instance()) if is_known else None, missing_strings(log.source, page.locale))


def missing_strings(source: TranslationSource, locale: Any) -> Counter[str]:
    """How many strings of each section lack a translation into a language, or have one that was refused."""
    segments = StringSegment.objects.filter(source=source).annotate_translation(locale)
    paths = segments.filter(translation=None).values_list("context__path", flat=True)
    return Counter(_place(path) for path in paths if path.split(".")[0] in FROZEN)


def running_translation(page: Any) -> Translation | None:
    """The translation in wagtail-localize through which a page is edited at present."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale)
    return translations.filter(enabled=True).select_related("source").first()


def _place(path: str) -> str:
    field, *rest = path.split(".")
    return rest[0] if field == "sections" else field
