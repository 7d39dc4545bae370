"""Changed numbers and dates, the first thing readers want to know."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypedDict

from .format import Frame, LineChange, Part, Redline, SectionChange
from .numerals import figure_of, replaced_figures
from .pieces import spelled
from .recover import Side, moves, parts_on
from .tokens import plain


class ChangedFigure(TypedDict):
    """ "72 hours" that became "48 hours", in the words of the text.

    `promise` is the kind of the promise, or "" for a number in running text. A promise made for the first time has ""
    for `old`, one given up "" for `new`. `anchor` and `heading` are those of the section that holds it now.
    """

    anchor: str
    heading: str
    old: str
    new: str
    promise: str


class _Promise(NamedTuple):
    section: SectionChange
    frame: Frame
    text: str

    @property
    def words(self) -> str:
        amount, unit = self.frame.get("amount", 0), self.frame.get("unit", "")
        return figure_of(self.text, amount) or f"{amount} {unit}".strip()


def changed_figures(redline: Redline) -> list[ChangedFigure]:
    """Promises first, then sentences in reading order; each pair once in a section."""
    found: dict[tuple[str, str, str], ChangedFigure] = {}
    for figure in (*_in_promises(redline), *_in_sentences(redline)):
        found.setdefault((figure["anchor"], figure["old"], figure["new"]), figure)
    return list(found.values())


def _in_sentences(redline: Redline) -> Iterator[ChangedFigure]:
    for section in redline["sections"]:
        for line in section.get("lines", ()):
            for old, new in _rewritten(line.get("parts", ())):
                for before, after in replaced_figures(old, new):
                    yield _changed(section, before, after)


def _rewritten(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if not isinstance(part, str) and "pieces" in part:
            pieces = part["pieces"]
            yield plain(spelled(pieces, without="ins")), plain(spelled(pieces, without="del"))


def _in_promises(redline: Redline) -> Iterator[ChangedFigure]:
    for old, new in _promise_pairs(redline):
        one = new or old
        assert one is not None
        before, after = old.words if old else "", new.words if new else ""
        if old is None or new is None or _amount(old) != _amount(new):
            yield _changed(one.section, before, after, promise=one.frame.get("kind", ""))


def _amount(promise: _Promise) -> tuple[object, object]:
    return promise.frame.get("amount"), promise.frame.get("unit")


def _promise_pairs(redline: Redline) -> Iterator[tuple[_Promise | None, _Promise | None]]:
    """Promises whose sentences match; the rest by their kind, wherever they stand."""
    old, new = _promises(redline, "old"), _promises(redline, "new")
    for line in sorted(old.keys() & new.keys()):
        yield old.pop(line), new.pop(line)
    for promise in new.values():
        former = next((line for line, other in old.items() if other.frame["kind"] == promise.frame["kind"]), None)
        yield (None if former is None else old.pop(former)), promise
    yield from ((promise, None) for promise in old.values())


def _promises(redline: Redline, side: Side) -> dict[tuple[int, int], _Promise]:
    """The promises of one side, by section and line or, for those that moved, by the number of the move."""
    moved = moves(redline)
    found: dict[tuple[int, int], _Promise] = {}
    for number, section in enumerate(redline["sections"]):
        frames = section.get("old_blocks", []) if side == "old" else section.get("new_blocks", [])
        for at, line in enumerate(section.get("lines", ())):
            block = line.get(side)
            if block is not None and frames[block]["type"] == "promise":
                place = (-1, line["move"]) if "move" in line else (number, at)
                found[place] = _Promise(section, frames[block], _text(moved, line, side))
    return found


def _text(moved: dict[int, LineChange], line: LineChange, side: Side) -> str:
    source = moved[line["move"]] if line["op"] == "moved_away" else line
    return plain(" ".join(parts_on(source, side)))


def _changed(section: SectionChange, old: str, new: str, promise: str = "") -> ChangedFigure:
    return {"anchor": section["anchor"], "heading": section["heading"], "old": old, "new": new, "promise": promise}
