"""Which section an anchor means, whatever it was called in between."""

from collections.abc import Iterable

from ..models.versions import SectionChange, Work

Named = tuple[str, str]
"""The id and the anchor of a section."""


class NoSuchSection(LookupError):
    """No version of the work ever had a section by that anchor."""


def ids_of(work: Work, anchor: str) -> frozenset[str]:
    """Every id that the section ever had. Raises `NoSuchSection`."""
    rows = SectionChange.objects.filter(text__version__work=work).order_by()
    found = same_section(anchor, rows.values_list("section_id", "anchor").distinct())
    if not found:
        raise NoSuchSection(anchor)
    return found


def same_section(anchor: str, names: Iterable[Named]) -> frozenset[str]:
    """The ids that an anchor leads to, and those that share an anchor with one of them: a comparison takes a section whose
    id changed for the same if its anchor stayed, and one whose anchor changed if its id did."""
    known = set(names)
    ids: set[str] = set()
    anchors = {anchor}
    while more := {each for each in known if each[0] in ids or each[1] in anchors}:
        ids |= {section_id for section_id, _ in more}
        anchors |= {name for _, name in more}
        known -= more
    return frozenset(ids)
