"""Which announced version a published translation translates.

wagtail-localize knows the words that it was made from. Of a text written in the page editor nobody knows them, so it counts
by what can be seen: it has the sections and promised numbers of the original, and wherever the original changed since the
last translation, so did the translation. Where the original changed and the translation rightly stays as it is (a typing
mistake, say), the translator's tick says so.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ..document import Document
from ..drafts import Draft
from ..freezing import freeze
from ..models.versions import Version, Work
from ..rules import shape
from .basis import TITLE, Basis, basis_of
from .translated import Translated, last_translated
from .words import changed, same_words


def version_translated(work: Work, draft: Draft) -> Version | None:
    """The newest version that a published translation translates; None where that cannot be said of any."""
    standing = list(Version.objects.of(work.key).standing())
    basis = basis_of(draft.page, draft.page.live_revision_id)
    return _by_basis(work, basis, draft, standing) if basis else _by_sight(work, draft, standing)


def _by_basis(work: Work, basis: Basis, draft: Draft, standing: list[Version]) -> Version | None:
    wanted = shape(draft.document)
    for version, original in originals(work, standing):
        if basis.is_whole_translation_of(original) and shape(original) == wanted:
            return version
    return None


def _by_sight(work: Work, draft: Draft, standing: list[Version]) -> Version | None:
    is_ready = draft.page.translation_ready
    if is_ready and _has_another_draft(work, draft.page):
        return None
    wanted = shape(draft.document)
    for place, (version, original) in enumerate(originals(work, standing)):
        fits = shape(original) == wanted
        last = last_translated(standing[place:], draft.language)
        done, left = _done_and_left(draft.document, last, original)
        if fits and (is_ready or not left):
            return version
        if done:
            # Neither a whole translation of this version nor plainly one of an older: it waits until it is one.
            return None
    return None


def _has_another_draft(work: Work, page: Any) -> bool:
    """Whether the original has a draft with other words: then that is what a ready translation translates."""
    source = page.get_translations().filter(locale__language_code=work.source_language).select_related("locale").first()
    if source is None or not source.has_unpublished_changes:
        return False
    return not same_words(freeze(source), freeze(source.get_latest_revision_as_object()))


def _done_and_left(draft: Document, last: Translated | None, original: Document) -> tuple[set[str], set[str]]:
    """Of what the original changed since the last translation: what the draft changed too, and what it left or lacks."""
    if last is None:
        return set(), set()
    to_do = _to_do(last.source.content, original)
    touched = _to_do(last.text.content, draft)
    return to_do & touched, to_do - touched


def _to_do(old: Document, new: Document) -> set[str]:
    title = {TITLE} if old["title"] != new["title"] else set()
    return title | {section["id"] for section in changed(old, new)}


def originals(work: Work, versions: Iterable[Version]) -> Iterator[tuple[Version, Document]]:
    """Versions with their original text, one query each, as they are asked for."""
    for version in versions:
        texts = version.texts.filter(language=work.source_language).order_by("-sequence")
        yield version, texts.values_list("content", flat=True)[:1].get()
