"""What of a redline is shown, whatever it is shown in: lines, folded runs, where moved lines came from and went to."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from .format import LineChange, Redline, SectionChange
from .labels import Labels
from .lines import lines_of
from .recover import moves, parts_on
from .tokens import plain

FOLDED_FROM = 4
"""Unchanged lines in a row from which on a letter shows only those next to a change."""

_EXCERPT_WORDS = 8


class Fold(NamedTuple):
    """Stands for unchanged lines that are left out; of a list it is an item, of a table a row."""

    kind: str


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
            return self.labels.moved_within
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


def folded(lines: Sequence[LineChange]) -> Iterator[LineChange | Fold]:
    """The lines with long unchanged runs cut down to what stands next to a change."""
    at = 0
    for same, group in groupby(lines, lambda line: line["op"] == "same"):
        run = list(group)
        first, last = at == 0, at + len(run) == len(lines)
        at += len(run)
        if same and len(run) >= FOLDED_FROM:
            start, stop = 0 if first else 1, len(run) if last else len(run) - 1
            yield from run[:start]
            yield _fold(run[start:stop])
            yield from run[stop:]
        else:
            yield from run


def _fold(left_out: Sequence[LineChange]) -> Fold:
    kinds = {line["kind"] for line in left_out}
    return Fold(kinds.pop() if len(kinds) == 1 else "paragraph")


def has_no_marks(section: SectionChange) -> bool:
    """True of a changed section whose words all stayed: blocks were split, joined or spelled in another way."""
    if section["change"] != "changed" or section["was"].keys() & {"heading", "regimes"}:
        return False
    return not any(_is_marked(line) for line in section.get("lines", ()))


def _is_marked(line: LineChange) -> bool:
    if line["op"] not in ("same", "changed") or "was" in line:
        return True
    parts = [part for part in line["parts"] if not isinstance(part, str)]
    return any("pieces" not in part or any(p["op"] != "same" for p in part["pieces"]) for part in parts)
