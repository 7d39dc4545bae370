"""Which section became which, and which of them moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..document import Section
from .alignment import in_order
from .lines import Line, lines_of


@dataclass(eq=False)
class Place:
    """A section on both sides, or on the one side that has it, with its lines if their text differs."""

    old_at: int | None
    new_at: int | None
    old: Section | None
    new: Section | None
    moved: bool = False
    old_lines: list[Line] = field(default_factory=list)
    new_lines: list[Line] = field(default_factory=list)

    @property
    def section(self) -> Section:
        section = self.new or self.old
        assert section is not None
        return section

    def __post_init__(self) -> None:
        self.is_rewritten = self.old is None or self.new is None or self.old["blocks"] != self.new["blocks"]


def places(old: Sequence[Section], new: Sequence[Section]) -> list[Place]:
    """Every section once: in the new order, a removed one behind the section it used to follow."""
    origins = _origins(old, new)
    staying = in_order([origin for origin in origins if origin is not None])
    found: list[Place] = []
    gone = _Removed(old, set(origins))
    for new_at, origin in enumerate(origins):
        if origin is None:
            found.append(Place(None, new_at, None, new[new_at]))
            continue
        if origin in staying:
            found += gone.before(origin)
        found.append(Place(origin, new_at, old[origin], new[new_at], moved=origin not in staying))
    found += gone.before(len(old))
    _read_lines(found)
    return found


class _Removed:
    """The sections that are gone, handed out in their old order."""

    def __init__(self, old: Sequence[Section], kept: set[int | None]) -> None:
        self.places = [Place(at, None, section, None) for at, section in enumerate(old) if at not in kept]

    def before(self, old_at: int) -> Iterator[Place]:
        while self.places and (self.places[0].old_at or 0) < old_at:
            yield self.places.pop(0)


def _origins(old: Sequence[Section], new: Sequence[Section]) -> list[int | None]:
    """For each new section the position of the old one: the one of the same id, else of the same anchor."""
    origins: list[int | None] = [None] * len(new)
    taken: set[int] = set()
    names: tuple[Literal["id", "anchor"], ...] = ("id", "anchor")
    for name in names:
        free = {section[name]: at for at, section in reversed([*enumerate(old)]) if at not in taken}
        for new_at, section in enumerate(new):
            if origins[new_at] is None and section[name] in free:
                origins[new_at] = free.pop(section[name])
        taken = {origin for origin in origins if origin is not None}
    return origins


def _read_lines(found: Sequence[Place]) -> None:
    for number, place in enumerate(found):
        if place.is_rewritten:
            place.old_lines = lines_of(place.old["blocks"], place=number) if place.old else []
            place.new_lines = lines_of(place.new["blocks"], place=number) if place.new else []
