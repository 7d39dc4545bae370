"""Which drafts of translations go out with the version that is announced."""

from typing import Any

from ..completeness import missing_in
from ..document import Document
from ..drafts import Draft
from ..rules import shape
from .basis import basis_of


def ready_translations(source: Draft) -> list[Draft]:
    """Drafts in other languages that translate this text; they go live with it."""
    pages = source.page.get_translations().filter(alias_of=None).select_related("locale")
    drafts = [_ready(page, source.document) for page in pages if page.latest_revision_id]
    return [draft for draft in drafts if draft]


def _ready(page: Any, original: Document) -> Draft | None:
    # Of a page that is live as it is, its row: there the tick for an earlier version is gone.
    translation = page.get_latest_revision_as_object()
    if missing_in(translation):
        return None
    draft = Draft.of(translation, original=original)
    return draft if shape(draft.document) == shape(original) and _is_meant(page, draft, original) else None


def _is_meant(page: Any, draft: Draft, original: Document) -> bool:
    """By the words that wagtail-localize made it from; of a text written in the page editor, the tick says so."""
    basis = basis_of(page, page.latest_revision_id)
    return basis.is_whole_translation_of(original) if basis else draft.page.translation_ready
