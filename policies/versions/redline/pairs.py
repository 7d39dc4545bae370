"""Lines as they stand beside each other."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from .format import LineChange
from .recover import kind_on
from .rows import container


class Pair(NamedTuple):
    """A line on the older side and one on the newer; twice the same if it is on both, None where nothing stands."""

    old: LineChange | None
    new: LineChange | None

    @property
    def is_same(self) -> bool:
        return self.old is self.new and self.old is not None and self.old["op"] == "same"

    @property
    def container(self) -> str:
        """The list or table that both belong in, or ""."""
        needed = set()
        if self.old is not None:
            needed.add(container(kind_on(self.old, "old")))
        if self.new is not None:
            needed.add(container(kind_on(self.new, "new")))
        return needed.pop() if len(needed) == 1 else ""

    @property
    def shape(self) -> str:
        """Equal for pairs that form one block; "" for one that stands alone."""
        return self.container or ("old" if self.new is None else "new" if self.old is None else "")


def pairs(lines: Iterable[LineChange]) -> Iterator[Pair]:
    """Between two lines that are on both sides, what left stands beside what came."""
    left: list[LineChange] = []
    came: list[LineChange] = []
    for line in lines:
        if "old" in line and "new" in line:
            yield from _side_by_side(left, came)
            left, came = [], []
            yield Pair(line, line)
        else:
            (left if "old" in line else came).append(line)
    yield from _side_by_side(left, came)


def _side_by_side(left: Iterable[LineChange], came: Iterable[LineChange]) -> Iterator[Pair]:
    yield from (Pair(*both) for both in zip_longest(left, came))
