"""A redline as plain text for letters: `We answer within [-72-] {+48+} hours.`"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from .format import LineChange, Part, Piece, Redline, SectionChange
from .labels import Labels
from .markup import link_target
from .shifts import shifted, wording
from .shown import Fold, Moves, folded, has_no_marks, lines_shown
from .tokens import plain
from .wording import compared

_CLOSE = {"bullet": "- ", "number": "- ", "row": "", "definition": ""}
"""Lines that stand close to each other, and what each begins with."""

_BETWEEN = {"row": " | ", "head": " | ", "definition": ": "}
_WIDEST_RULE = 72


def text(redline: Redline, labels: Labels) -> str:
    """Only what changed, long unchanged runs folded; complete by itself."""
    letter = _Letter(labels, Moves(redline, labels), shifted(redline))
    changed = [section for section in redline["sections"] if section["change"] != "unchanged"]
    title = [letter.pieces(redline["title_pieces"])] if "title_pieces" in redline else []
    return "\n\n\n".join([*title, *map(letter.section, changed)])


class _Letter:
    def __init__(self, labels: Labels, moves: Moves, shifted: frozenset[str]) -> None:
        self.labels, self.moves, self.shifted = labels, moves, shifted

    def section(self, section: SectionChange) -> str:
        said = [self.heading(section), *self.notes(section)]
        for kind, group in groupby(folded(lines_shown(section)), _closeness):
            lines = map(self.line, group)
            said += ["\n".join(lines)] if kind in _CLOSE else lines
        return "\n\n".join(said)

    def heading(self, section: SectionChange) -> str:
        changed = section.get("heading_pieces")
        words = self.pieces(changed) if changed else self.labels.heading(section["heading"])
        heading = f"{words} ({', '.join(self.labels.badges(section).values())})"
        return f"{heading}\n{'-' * min(len(heading), _WIDEST_RULE)}"

    def notes(self, section: SectionChange) -> Iterator[str]:
        if "regimes" in section["was"]:
            was, now = (escape(self.labels.regimes_of(each["regimes"])) for each in (section["was"], section))
            yield self.labels.regimes + self.pieces(compared(was, now))
        if has_no_marks(section):
            yield self.labels.layout

    def line(self, line: LineChange | Fold) -> str:
        bullet = _CLOSE.get(_closeness(line), "")
        if isinstance(line, Fold):
            return bullet + self.labels.folded
        if line["op"] == "moved_away":
            return f"{bullet}({self.moves.note(line)}{self.moves.excerpt(line)})"
        note = self.moves.note(line) if line["op"] == "moved" else ""
        if "was" in line:
            note += self.labels.reshaped_from(line["was"], line["kind"])
        said = _BETWEEN.get(line["kind"], " ").join(map(self.part, line["parts"]))
        return bullet + note + self.wrapped(line["op"], said.strip())

    def part(self, part: Part) -> str:
        if isinstance(part, str):
            return plain(part)
        if "pieces" in part:
            return self.pieces(part["pieces"])
        op, html = ("added", part["new"]) if "new" in part else ("removed", part["old"])
        return self.wrapped(op, plain(html))

    def pieces(self, pieces: Sequence[Piece]) -> str:
        said = ""
        for (op, why), group in groupby(pieces, lambda piece: (piece["op"], piece.get("why", ""))):
            marked = self.wrapped({"ins": "added", "del": "removed"}.get(op, ""), self.words(op, why, list(group)))
            said += (" " if op == "ins" and said.endswith("-]") else "") + marked
        return said.replace("  ", " ")

    def words(self, op: str, why: str, run: Sequence[Piece]) -> str:
        """The words of a run; with the target of a changed link, and once if only their formatting changed."""
        words = plain("".join(piece["html"] for piece in run))
        if why == "format":
            return self.labels.format_after + words if op == "ins" else ""
        target = plain(link_target(run)) if why == "link" else ""
        return f"{words.strip()} ({target})" if target else words

    def wrapped(self, op: str, said: str) -> str:
        """Marks stand close to the words, spaces outside them; a space alone that went is not missed."""
        words = said.strip()
        if op not in ("added", "removed") or not words:
            return "" if op == "removed" else said
        start, end = ("{+", "+}") if op == "added" else ("[-", "-]")
        if wording(said) in self.shifted:
            start += self.labels.shifted_here if op == "added" else self.labels.shifted_away
        before, _, after = said.partition(words)
        return f"{before}{start}{words}{end}{after}"


def _closeness(line: LineChange | Fold) -> str:
    kind = line.kind if isinstance(line, Fold) else line["kind"]
    return "row" if kind == "head" else kind
