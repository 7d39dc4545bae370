"""A version before it is frozen: one draft for each language that goes out with it."""

from dataclasses import dataclass
from typing import Any

from .completeness import missing_in
from .document import Document
from .freezing import anchors_of, freeze
from .rules import shape


@dataclass(frozen=True, slots=True)
class Draft:
    """One language of a version before it is frozen."""

    page: Any
    language: str
    summary: str
    document: Document

    @classmethod
    def of(cls, page: Any, *, original: Document | None = None) -> "Draft":
        """A page as it would be frozen; a translation shares the anchors of its original."""
        document = freeze(page, anchors=anchors_of(original) if original else None)
        return cls(page, page.locale.language_code, page.summary.strip(), document)


def ready_translations(source: Draft) -> list[Draft]:
    """Drafts in other languages that say they translate this text, and do; they go live with it."""
    ready = []
    for page in source.page.get_translations().filter(alias_of=None).select_related("locale"):
        latest = page.get_latest_revision()
        if latest is None:
            continue
        translation = latest.as_object()
        if not translation.translation_ready or missing_in(translation):
            continue
        draft = Draft.of(translation, original=source.document)
        if shape(draft.document) == shape(source.document):
            ready.append(draft)
    return ready
