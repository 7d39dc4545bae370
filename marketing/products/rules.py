"""What became of a product's facts from one version to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .facts import Fact


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that a version changed; None before is a new fact, None after one that is gone."""

    name: str
    before: Fact
    after: Fact
    record: Any


def changes(records: Sequence[tuple[Any, dict[str, Fact]]]) -> list[FactChange]:
    """Every change between records that follow each other, oldest first. The first record changes nothing: it begins."""
    return [
        FactChange(name, before[name], value, record)
        for (_, before), (record, after) in pairwise(records)
        for name, value in after.items()
        if value != before[name]
    ]


def latest(found: Sequence[FactChange]) -> dict[str, FactChange]:
    """The newest change of each fact that ever changed."""
    return {change.name: change for change in found}
