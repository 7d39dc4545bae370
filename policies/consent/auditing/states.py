"""The states of consent that a visitor can be in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

UNDECIDED, REFUSED, GRANTED, WITHDRAWN = "undecided", "refused", "granted", "withdrawn"
ONLY = "only:"
"""Before the code of the purpose that alone was granted."""
SIGNAL = "+gpc"
"""After the name of a state in which the browser sends Global Privacy Control."""


@dataclass(frozen=True, slots=True)
class State:
    """What a visitor answered, and whether their browser sends Global Privacy Control."""

    name: str
    granted: frozenset[str] = frozenset()
    signal: bool = False
    everywhere: bool = False
    """Whether every page of the site is looked at, and not one of each kind."""

    @property
    def answers(self) -> bool:
        """Whether anything was answered at all."""
        return self.base != UNDECIDED

    @property
    def base(self) -> str:
        """The state without the signal."""
        return self.name.removesuffix(SIGNAL)

    @property
    def is_withdrawn(self) -> bool:
        """Whether everything was granted first and then taken back."""
        return self.base == WITHDRAWN

    @property
    def only(self) -> str:
        """The one purpose that was granted; nothing where it was all or none."""
        return self.base.removeprefix(ONLY) if self.base.startswith(ONLY) else ""


def states_of(asked: Collection[str]) -> Iterator[State]:
    """Every state that is tried; the first looks at more pages than any other."""
    everything = frozenset(asked)
    yield State(UNDECIDED, everywhere=True)
    yield State(UNDECIDED + SIGNAL, signal=True, everywhere=True)
    if not asked:
        return
    yield State(REFUSED)
    for code in asked if len(asked) > 1 else ():
        yield State(ONLY + code, frozenset({code}))
    yield State(GRANTED, everything, everywhere=True)
    yield State(GRANTED + SIGNAL, everything, signal=True, everywhere=True)
    yield State(WITHDRAWN)
