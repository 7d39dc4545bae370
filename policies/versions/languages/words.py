"""What of a section has to be translated: its heading and its blocks. Anchors, regimes and the order are carried over."""

from collections.abc import Collection, Iterable

from ..document import Document, Section
from ..rules import has_words


def says_the_same(section: Section, other: Section) -> bool:
    """Whether two sections are equal in everything that a translator translates, numbers included."""
    return section["heading"] == other["heading"] and section["blocks"] == other["blocks"]


def unchanged(old: Document, new: Document) -> set[str]:
    """The ids of the sections that say in both documents the same, wherever and for whomever."""
    before = by_id(old["sections"])
    return {each["id"] for each in new["sections"] if _is_unchanged(before.get(each["id"]), each)}


def _is_unchanged(before: Section | None, section: Section) -> bool:
    return not has_words(section) or (before is not None and says_the_same(before, section))


def changed(old: Document, new: Document) -> list[Section]:
    """The sections of the new document that are new or say something else, in its order."""
    same = unchanged(old, new)
    return [section for section in new["sections"] if section["id"] not in same]


def same_words(old: Document, new: Document) -> bool:
    """Whether a translation of the one is a translation of the other: no word, number or section differs."""
    ids = [{section["id"] for section in document["sections"] if has_words(section)} for document in (old, new)]
    return old["title"] == new["title"] and ids[0] == ids[1] and not changed(old, new)


def composed(translation: Document, source: Document, *, made: Collection[Section] = ()) -> Document | None:
    """A translation in the order of a source, with its anchors and regimes; None where a section is missing.

    The sections that were `made` by the software in the language of the translation replace those of the same id.
    """
    wordless = [section for section in source["sections"] if not has_words(section)]
    words = by_id(translation["sections"]) | by_id(made) | by_id(wordless)
    if any(section["id"] not in words for section in source["sections"]):
        return None
    sections = [_carried_over(words[section["id"]], section) for section in source["sections"]]
    return {"title": translation["title"], "sections": sections}


def by_id(sections: Iterable[Section]) -> dict[str, Section]:
    """Sections by their id."""
    return {section["id"]: section for section in sections}


def _carried_over(words: Section, section: Section) -> Section:
    return {**words, "anchor": section["anchor"], "regimes": section["regimes"]}
