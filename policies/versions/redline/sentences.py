"""Sentences, where words alone leave a choice or are too many."""

from collections.abc import Sequence

from .alignment import Stretch
from .tokens import Token

ENDS = frozenset(".!?۔؟。")


def sentences(found: Sequence[Token]) -> list[tuple[Token, ...]]:
    made: list[tuple[Token, ...]] = []
    start = 0
    for end, token in enumerate(found, start=1):
        if token.text in ENDS and token.gap:
            made.append(tuple(found[start:end]))
            start = end
    return [*made, tuple(found[start:])] if start < len(found) else made


def from_sentence_starts(found: list[Stretch], old: Sequence[Token], new: Sequence[Token]) -> list[Stretch]:
    """Lets what came or went begin with its sentence where the words allow it; changes the list.

    Between "We ask. We go." and "We ask. We wait. We go." both "wait. We" and "We wait." may be said to have come.
    """
    for at in range(1, len(found)):
        equal, a, b = found[at]
        if not equal and (a.start == a.stop or b.start == b.stop):
            side, span = (new, b) if a.start == a.stop else (old, a)
            by = _way_to_sentence_start(side, span, room=found[at - 1][1].stop - found[at - 1][1].start)
            if by:
                _pull_back(found, at, by)
    return found


def _way_to_sentence_start(side: Sequence[Token], span: slice, *, room: int) -> int:
    """How far a stretch can slide back over equal words until a sentence begins, or 0."""
    for by in range(room + 1):
        start, stop = span.start - by, span.stop - by
        if by and side[start][:2] != side[stop][:2]:
            return 0
        if start == 0 or side[start - 1].text in ENDS:
            return by
    return 0


def _pull_back(found: list[Stretch], at: int, by: int) -> None:
    _, a, b = found[at]
    if at + 1 == len(found):
        found.append((True, slice(a.stop, a.stop), slice(b.stop, b.stop)))
    for index, first, last in ((at - 1, 0, by), (at, by, by), (at + 1, by, 0)):
        equal, a, b = found[index]
        found[index] = (equal, slice(a.start - first, a.stop - last), slice(b.start - first, b.stop - last))
