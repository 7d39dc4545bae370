"""All choices of a file, with everything that is wrong with it, before anything is entered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from .checking import Faulty, ForeignChoice, Terms, choice_of
from .reading import Source


class Fault(NamedTuple):
    """What is wrong with a line."""

    number: int
    said: str


@dataclass
class Gathered:
    """A file that was read to its end: the choices by time, and its faults by line."""

    choices: list[ForeignChoice] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    sha256: str = ""
    read: int = 0


def gather(source: Source, terms: Terms) -> Gathered:
    """Read a file; raises Unreadable and OSError."""
    found = Gathered()
    found.choices = sorted(_accepted(source, terms, found), key=lambda choice: choice.chosen_at)
    found.sha256 = source.sha256
    return found


def _accepted(source: Source, terms: Terms, found: Gathered) -> Iterator[ForeignChoice]:
    seen: dict[tuple[object, ...], ForeignChoice] = {}
    for number, values, fault in source.rows():
        found.read += 1
        try:
            if fault:
                raise Faulty(fault)
            choice = choice_of(number, values, terms)
            _must_be_new(seen, choice)
        except Faulty as faulty:
            found.faults.append(Fault(number, str(faulty)))
        else:
            yield choice


def _must_be_new(seen: dict[tuple[object, ...], ForeignChoice], choice: ForeignChoice) -> None:
    """One person says one thing about a purpose at a moment."""
    before = seen.setdefault((choice.person, choice.purpose, choice.chosen_at), choice)
    if before is not choice:
        said = _("It repeats line %(number)d.") if before.granted == choice.granted else _contradicts()
        raise Faulty(said % {"number": before.number})


def _contradicts() -> str:
    return _("It contradicts line %(number)d, at the same moment.")
