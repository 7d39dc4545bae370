"""All families of rules over one text."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from ..document import Document
from . import changes, consent, deadlines, leftovers, missing, vague
from .finding import Finding
from .text import ControllerFacts, Text

_FAMILIES: tuple[Callable[[Text], Iterator[Finding]], ...] = (
    consent.look,
    changes.look,
    deadlines.look,
    vague.look,
    leftovers.look,
    missing.look,
)
_NOT_MEASURED: Mapping[str, timedelta] = {}


def findings(
    document: Document,
    *,
    language: str,
    controller: ControllerFacts | None,
    performance: Mapping[str, timedelta] = _NOT_MEASURED,
    effective_on: date | None = None,
) -> list[Finding]:
    """What is wrong, missing or doubtful: in the order of the sections, then what the whole text lacks.

    `performance` is how long each kind of promise really took, `effective_on` the day of this version where it is known.
    """
    text = Text(document, language, controller, performance, effective_on)
    found = dict.fromkeys(each for look in _FAMILIES for each in look(text))
    return sorted(found, key=partial(_place, {part.section["anchor"]: at for at, part in enumerate(text.parts)}))


def _place(places: Mapping[str, int], finding: Finding) -> int:
    return places[finding.anchor] if finding.sentence else len(places)
