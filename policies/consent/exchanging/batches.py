from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 500
"""Rows of one statement: SQLite takes 32,766 values in all."""


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """A few at a time."""
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield some
