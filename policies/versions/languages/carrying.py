"""Languages that a new version carries although nobody touched them: not one word of theirs changed."""

from collections.abc import Collection
from copy import copy
from typing import Any

from ..document import Section
from ..drafts import Draft
from ..models.versions import Version
from .translated import Translated, last_translated
from .words import by_id, changed, composed


def carried_translations(source: Draft, *, besides: Collection[str]) -> list[Draft]:
    """Live translations whose words are all still right, in the order and for the regimes of the new original.

    A section that the software writes itself in every language, such as the facts of a product, is written anew.
    """
    pages = source.page.get_translations().live().filter(alias_of=None).select_related("locale")
    standing = list(Version.objects.of(source.page.translation_key).standing())
    drafts = [_carried(source, page.locale, standing) for page in pages if page.locale.language_code not in besides]
    return [draft for draft in drafts if draft]


def _carried(source: Draft, locale: Any, standing: list[Version]) -> Draft | None:
    last = last_translated(standing, locale.language_code)
    if last is None or last.source.content["title"] != source.document["title"]:
        return None
    facts = by_id(facts_in(source.page, locale))
    made = [facts.get(section["id"]) for section in changed(last.source.content, source.document)]
    return _draft(source, last, [section for section in made if section]) if all(made) else None


def _draft(source: Draft, last: Translated, made: list[Section]) -> Draft | None:
    document = composed(last.text.content, source.document, made=made)
    return Draft(None, last.text.language, "", document) if document else None


def facts_in(page: Any, locale: Any) -> list[Section]:
    """The sections that come from a page's fields, as that page would write them in another language."""
    twin = copy(page)
    twin.locale = locale
    facts: list[Section] = twin.frozen_facts()
    return facts
