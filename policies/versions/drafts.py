"""A version before it is frozen: one draft for each language that goes out with it (`languages.ready`, `.carrying`)."""

from dataclasses import dataclass
from typing import Any

from .document import Document
from .freezing import anchors_of, freeze


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
