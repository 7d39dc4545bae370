"""Equal words that stand alone among others: nobody reads a sentence of which only "to" and "the" stayed."""

from collections.abc import Iterable, Sequence

from .alignment import Stretch
from .sentences import ENDS
from .tokens import Token

TIMES_LONGER = 2
"""How many times longer than an island the differing words must be on each side of it for it to be given up."""


def without_islands(found: Iterable[Stretch], old: Sequence[Token], new: Sequence[Token]) -> list[Stretch]:
    """The stretches, where short equal ones between two long differing ones count as different too."""
    kept: list[Stretch] = []
    for stretch in found:
        while len(kept) > 1 and not stretch[0] and _is_island(kept[-1], kept[-2], stretch, old, new):
            kept.pop()
            _, before_old, before_new = kept.pop()
            stretch = False, slice(before_old.start, stretch[1].stop), slice(before_new.start, stretch[2].stop)
        kept.append(stretch)
    return kept


def _is_island(equal: Stretch, before: Stretch, after: Stretch, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Not the end of a sentence: two rewritten sentences are read one after the other."""
    around = min(max(_letters(old[a]), _letters(new[b])) for _, a, b in (before, after))
    island = old[equal[1]]
    if TIMES_LONGER * len(island) > around or TIMES_LONGER * _letters(island) > around:
        return False
    return not any(token.text in ENDS for token in island)


def _letters(found: Sequence[Token]) -> int:
    return sum([len(token.text) for token in found])
