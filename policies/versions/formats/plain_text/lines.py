"""Lines of at most 80 columns, in logical order: what is read first stands first, also from right to left."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS = 80

_RIGHT_TO_LEFT_MARK = "\u200f"
_STRONG = {"L": False, "R": True, "AL": True}


def width(words: str) -> int:
    """Columns of a terminal: marks above and below a letter take none, letters of East Asia two."""
    return sum(map(_columns, words))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def underlined(lines: list[str], mark: str) -> list[str]:
    """A heading: a rule of marks beneath, as long as its longest line."""
    return [*lines, mark * max(map(width, lines), default=0)] if any(lines) else []


@dataclass(frozen=True, slots=True)
class Lines:
    """Wraps between words; a word that is too long gets a line of its own and stays whole."""

    is_right_to_left: bool

    def wrapped(self, words: str, first: str = "", rest: str | None = None) -> list[str]:
        """`first` opens the first line, `rest` every other one; each newline in the words starts a line too."""
        rest = first if rest is None else rest
        lines = [line for said in words.split("\n") for line in _filled(said, COLUMNS - width(rest))]
        return [self._turned(f"{rest if number else first}{line}".rstrip(" ")) for number, line in enumerate(lines)]

    def _turned(self, line: str) -> str:
        """Readers' devices take a line's direction from its first letter: say so where that is a Latin one."""
        starts = next((_STRONG[kind] for kind in map(unicodedata.bidirectional, line) if kind in _STRONG), True)
        return line if starts or not self.is_right_to_left else _RIGHT_TO_LEFT_MARK + line


def _filled(words: str, columns: int) -> Iterator[str]:
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            yield line
            longer = word
        line = longer
    yield line
