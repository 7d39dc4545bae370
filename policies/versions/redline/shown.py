"""What of a redline is shown, whatever it is shown in: lines, folded runs, where moved lines came from and went to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from .format import LineChange, Piece, Redline, SectionChange
from .labels import Labels
from .lines import lines_of
from .recover import Side, moves, parts_on
from .tokens import plain

FOLDED_FROM = 4
"""Unchanged lines in a row from which on a letter shows only those next to a change."""

_EXCERPT_WORDS = 8
_TEXT = 9


class Fold(NamedTuple):
    """Stands for unchanged lines; in a letter, of a list it is an item, of a table a row."""

    kind: str
    lines: Sequence[LineChange]


class Moves:
    """Both ends of every move, for the notes at each of them."""

    def __init__(self, redline: Redline, labels: Labels) -> None:
        self.labels = labels
        self.arrivals = moves(redline)
        self.ends: dict[tuple[str, int], SectionChange] = {}
        for section in redline["sections"]:
            for line in section.get("lines", ()):
                if "move" in line:
                    self.ends[line["op"], line["move"]] = section

    def note(self, line: LineChange) -> str:
        """ "Moved here from …", in plain text."""
        coming, leaving = self.ends["moved", line["move"]], self.ends["moved_away", line["move"]]
        if coming is leaving:
            return self.labels.moved_within if line["op"] == "moved" else self.labels.moved_off
        if line["op"] == "moved":
            return self.labels.moved_from.format(heading=self.labels.heading(leaving["heading"]))
        return self.labels.moved_to.format(heading=self.labels.heading(coming["heading"]))

    def excerpt(self, line: LineChange) -> str:
        """The first words of a line that left, in plain text."""
        words = plain(" ".join(parts_on(self.arrivals[line["move"]], "old"))).split()
        return " ".join(words[:_EXCERPT_WORDS]) + (" …" if len(words) > _EXCERPT_WORDS else "")


def lines_shown(section: SectionChange) -> list[LineChange]:
    """The lines of a section; the blocks of an unchanged one are read as lines too."""
    if "lines" in section:
        return section["lines"]
    lines = lines_of(section.get("blocks", []), place=0)
    return [{"op": "same", "kind": o.kind, "old": o.block, "new": o.block, "parts": [*o.parts]} for o in lines]


def numbered(lines: Iterable[LineChange], *, side: Side | None = None) -> dict[int, int]:
    """The number of each line in its block, by the `id` of the line: on one side, or where it now is or last was."""
    found: dict[int, int] = {}
    counts: Counter[tuple[Side, int]] = Counter()
    sides: tuple[Side, ...] = ("old", "new")
    for line in lines:
        for each in sides:
            if each in line:
                place = each, line[each]
                counts[place] += 1
                if side in (each, None):
                    found[id(line)] = counts[place]
    return found


def folded(lines: Sequence[LineChange]) -> Iterator[LineChange | Fold]:
    """The lines with long unchanged runs cut down to what stands next to a change, and the headings it stands under."""
    at = 0
    for same, group in groupby(lines, lambda line: line["op"] == "same"):
        run = list(group)
        first, last = at == 0, at + len(run) == len(lines)
        at += len(run)
        if same and len(run) >= FOLDED_FROM:
            start, stop = 0 if first else 1, len(run) if last else len(run) - 1
            yield from run[:start]
            yield from _folds(run[start:stop], following=run[stop:])
            yield from run[stop:]
        else:
            yield from run


def _folds(left_out: Sequence[LineChange], *, following: Sequence[LineChange]) -> Iterator[LineChange | Fold]:
    over = _headings_over(left_out, following)
    for folds, group in groupby(left_out, lambda line: id(line) not in over):
        lines = list(group)
        if folds and len(lines) > 1:
            yield _fold(lines)
        else:
            yield from lines


def _headings_over(left_out: Sequence[LineChange], following: Sequence[LineChange]) -> set[int]:
    """The `id` of the headings under which the lines that follow stand; none if nothing follows."""
    if not following:
        return set()
    found: set[int] = set()
    highest = _level(following[0])
    for line in reversed(left_out):
        if _level(line) < highest:
            highest = _level(line)
            found.add(id(line))
    return found


def _level(line: LineChange) -> int:
    """Text stands under all headings."""
    return int(line["kind"].removeprefix("heading")) if line["kind"].startswith("heading") else _TEXT


def _fold(left_out: Sequence[LineChange]) -> Fold:
    kinds = {line["kind"] for line in left_out}
    return Fold(kinds.pop() if len(kinds) == 1 else "paragraph", left_out)


def has_no_marks(section: SectionChange) -> bool:
    """True of a changed section whose words all stayed: blocks were split, joined or spelled in another way."""
    if section["change"] != "changed" or section["was"].keys() & {"heading", "regimes"}:
        return False
    return not any(_is_marked(line) for line in section.get("lines", ()))


def _is_marked(line: LineChange) -> bool:
    if line["op"] not in ("same", "changed") or "was" in line:
        return True
    parts = [part for part in line["parts"] if not isinstance(part, str)]
    return any("pieces" not in part or any(_is_seen(piece) for piece in part["pieces"]) for part in parts)


def _is_seen(piece: Piece) -> bool:
    """Space alone makes no difference to a reader."""
    return piece["op"] != "same" and not piece["html"].isspace()
