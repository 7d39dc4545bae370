"""Everything that the redline suggests, in the order of reading."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..document import Document
from . import figures, links, purposes, recipients, responsible, scope, turns, wording
from .comparison import Changed, Comparison, compared
from .suggestion import Suggestion

Family = Callable[[Changed, Comparison], Iterator[Suggestion]]

_TELLING: tuple[Family, ...] = (
    scope.suggest,
    figures.suggest,
    recipients.suggest,
    purposes.suggest,
    responsible.suggest,
    turns.suggest,
    links.suggest,
)
_NO_TAGS: Mapping[str, Sequence[str]] = {}


def suggestions(old: Document, new: Document, *, tags: Mapping[str, Sequence[str]] = _NO_TAGS) -> list[Suggestion]:
    """What may make the change material, and why; `tags` are topic codes by section id.

    Reasons are in the active language, evidence is in that of the documents.
    """
    if old == new:
        return []
    whole = compared(old, new, tags)
    return [each for section in whole.changed for each in _of_section(section, whole)]


def _of_section(section: Changed, whole: Comparison) -> list[Suggestion]:
    """New wording is mentioned only where nothing more telling speaks for the same trigger."""
    telling = _once(each for family in _TELLING for each in family(section, whole))
    said = {each.trigger for each in telling}
    found = telling
    for each in wording.suggest(section, whole):
        if each.trigger not in said:
            said.add(each.trigger)
            found.append(each)
    return found


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    return list(dict.fromkeys(found))
