"""The sections of a redline as HTML in two columns: the older text on one side, the newer one on the other.

Lines that are on both sides stand beside each other. A screen reader meets each line once: what did not change is inert
on the older side, and what did begins with "before" and "now". What is folded away stands in one column.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from .format import LineChange, Part, SectionChange
from .page import Page
from .pairs import Pair, pairs
from .recover import Side, kind_on
from .rows import Row, container, element, filler, gathered
from .shown import Fold, folded, lines_shown, numbered

_LISTS = ("ul", "ol", "dl")
_MARKS: dict[Side, str] = {"old": "del", "new": "ins"}


class TwoColumns(Page):
    def body(self, section: SectionChange) -> str:
        if section["change"] == "unchanged":
            return super().body(section)
        lines = lines_shown(section)
        self.numbers = numbered(lines)
        self.numbers_on = {side: numbered(lines, side=side) for side in _MARKS}
        if section["old"] is None or section["new"] is None:
            return self._columns() + self._pair([*pairs(lines)])
        html = "".join(self._stretches(lines))
        return (self._columns() if "redline__pair" in html else "") + html

    def _columns(self) -> str:
        older, newer = escape(self.labels.older), escape(self.labels.newer)
        return f'<div class="redline__columns" aria-hidden="true"><span>{older}</span><span>{newer}</span></div>'

    def _stretches(self, lines: Sequence[LineChange]) -> Iterator[str]:
        for is_fold, group in groupby(folded(lines), lambda line: isinstance(line, Fold)):
            if is_fold:
                yield from (self._unfolding(fold) for fold in group if isinstance(fold, Fold))
            else:
                yield from map(self._pair, _blocks(line for line in group if not isinstance(line, Fold)))

    def _unfolding(self, fold: Fold) -> str:
        return self.details(len(fold.lines), self.one_column(fold.lines))

    def _pair(self, block: Sequence[Pair]) -> str:
        same = all(pair.is_same for pair in block)
        sides = "".join(self._side(block, side, same=same) for side in _MARKS)
        css = " redline__pair--list" if _is_list(block) else ""
        return f'<div class="redline__pair{css}">{sides}</div>'

    def _side(self, block: Sequence[Pair], side: Side, *, same: bool) -> str:
        inert = " inert" if same and side == "old" else ""
        if all(getattr(pair, side) is None for pair in block):
            html = self._missing(block, side)
        else:
            said = "" if same else self._when(side)
            html = said + gathered(self._side_rows(block, side))
        return f'<div class="redline__side redline__side--{side}"{inert}>{html}</div>'

    def _when(self, side: Side) -> str:
        said = self.labels.before if side == "old" else self.labels.now
        return f'<span class="redline__when">{escape(said)}</span>'

    def _missing(self, block: Sequence[Pair], side: Side) -> str:
        """Says so, unless all that is missing stands elsewhere."""
        if all("move" in line for pair in block for line in pair if line):
            return ""
        said = self.labels.not_yet if side == "old" else self.labels.no_longer
        return f'<p class="redline__note">{escape(said)}</p>'

    def _side_rows(self, block: Sequence[Pair], side: Side) -> Iterator[Row]:
        for pair in block:
            line = pair.old if side == "old" else pair.new
            if line is not None:
                kind = kind_on(line, side)
                yield Row(self._on_side(line, kind, side), container(kind), line.get("old"), line.get("new"))
            elif pair.container:
                yield Row(filler(pair.container), pair.container)

    def _on_side(self, line: LineChange, kind: str, side: Side) -> str:
        note = self.notes(line) if side == "new" or line["op"] == "moved_away" else ""
        css = "" if line["op"] == "same" else f"redline__line--{line['op'].replace('_', '-')}"
        number = self.numbers_on[side].get(id(line))
        return element(kind, [*self._cells(line, side)], note=note, css=css, id_=self.id_of(line), number=number)

    def _cells(self, line: LineChange, side: Side) -> Iterator[str]:
        source = self.moves.arrivals[line["move"]] if line["op"] == "moved_away" else line
        for part in source["parts"]:
            if isinstance(part, str) or "pieces" in part or side in part:
                yield self.marks.part(_of(part, side), line["op"])


def _blocks(lines: Iterable[LineChange]) -> Iterator[list[Pair]]:
    """A list or table is one block, so that it stays whole; so are lines in a row that have nothing beside them."""
    for shape, group in groupby(pairs(lines), lambda pair: pair.shape):
        if shape:
            yield list(group)
        else:
            yield from ([pair] for pair in group)


def _is_list(block: Sequence[Pair]) -> bool:
    return len({pair.container for pair in block}) == 1 and block[0].container in _LISTS


def _of(part: Part, side: Side) -> Part:
    """What one side has of a part; space that is only there is no change to mark."""
    if isinstance(part, str) or "pieces" not in part:
        return part
    own = [piece for piece in part["pieces"] if piece["op"] in ("same", _MARKS[side])]
    return {"pieces": [{**piece, "op": "same"} if piece["html"].isspace() else piece for piece in own]}
