"""The longest common order of two sequences."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import count

from rapidfuzz.distance import Indel

Stretch = tuple[bool, slice, slice]
"""Whether equal, where in the old, where in the new."""


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """Equal and differing stretches by turns."""
    at_old = at_new = 0
    for block in Indel.opcodes(*_spelled(old, new)).as_matching_blocks():
        if at_old < block.a or at_new < block.b:
            yield False, slice(at_old, block.a), slice(at_new, block.b)
        at_old, at_new = block.a + block.size, block.b + block.size
        if block.size:
            yield True, slice(block.a, at_old), slice(block.b, at_new)


def _spelled(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[str, str]:
    """A letter for each distinct item: rapidfuzz is quickest on strings, and on other values compares only hashes."""
    letter = dict(zip(dict.fromkeys((*old, *new)), map(chr, count()), strict=False))
    return "".join([letter[item] for item in old]), "".join([letter[item] for item in new])


def in_order(numbers: Sequence[int]) -> set[int]:
    """The numbers, each different, that form the longest increasing subsequence."""
    if list(numbers) == sorted(numbers):
        return set(numbers)
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
