"""The sections of a redline as HTML, in one column."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from .format import LineChange, Redline, SectionChange
from .labels import Labels
from .markup import Marks
from .rows import Row, container, element, gathered
from .shifts import shifted
from .shown import Fold, Moves, folded, has_no_marks, lines_shown, numbered
from .wording import compared


class Page:
    """Every line once, with what came and what went in it."""

    def __init__(self, redline: Redline, labels: Labels, *, letter: bool = False) -> None:
        self.redline, self.labels, self.letter = redline, labels, letter
        self.moves = Moves(redline, labels)
        self.marks = Marks(labels, shifted(redline))
        self.numbers: dict[int, int] = {}

    def all_sections(self) -> str:
        """Unchanged ones wait in `<details>`."""
        html = [self.title()]
        for unchanged, group in groupby(self.redline["sections"], lambda each: each["change"] == "unchanged"):
            sections = list(group)
            text = "".join(map(self.section, sections))
            html.append(self.details(len(sections), text) if unchanged else text)
        return "".join(html)

    def details(self, count: int, html: str) -> str:
        summary = escape(self.labels.unchanged.format(count=count))
        return f'<details class="redline__unchanged"><summary>{summary}</summary>{html}</details>'

    def title(self) -> str:
        pieces = self.redline.get("title_pieces")
        return f'<p class="redline__title">{self.marks.pieces(pieces)}</p>' if pieces else ""

    def section(self, section: SectionChange) -> str:
        change = section["change"]
        id_ = "" if self.letter else f' id="{escape(section["anchor"])}"'
        html = self._heading(section) + self._notes(section) + self.body(section)
        names = f"redline__section redline__section--{change}"
        return f'<section class="{names}"{id_} data-change="{change}">{html}</section>'

    def body(self, section: SectionChange) -> str:
        lines = lines_shown(section)
        self.numbers = numbered(lines)
        return self.one_column(lines)

    def one_column(self, lines: Sequence[LineChange]) -> str:
        return gathered(self._rows(lines))

    def _heading(self, section: SectionChange) -> str:
        heading = escape(self.labels.heading(section["heading"]), quote=False)
        if "heading_pieces" in section:
            heading = self.marks.pieces(section["heading_pieces"])
        elif section["change"] in ("added", "removed"):
            heading = self.marks.whole("ins" if section["change"] == "added" else "del", heading)
        return f'<h2 class="redline__heading">{heading}{"".join(self._badges(section))}</h2>'

    def _badges(self, section: SectionChange) -> Iterator[str]:
        for name, said in self.labels.badges(section).items():
            yield f' <span class="redline__badge redline__badge--{name}">{escape(said)}</span>'

    def _notes(self, section: SectionChange) -> str:
        html = ""
        if "regimes" in section["was"]:
            was, now = (escape(self.labels.regimes_of(each["regimes"])) for each in (section["was"], section))
            html += self._paragraph(escape(self.labels.regimes) + self.marks.pieces(compared(was, now)))
        if has_no_marks(section):
            html += self._paragraph(escape(self.labels.layout))
        return html

    def _paragraph(self, html: str) -> str:
        return f'<p class="redline__note">{html}</p>'

    def _rows(self, lines: Sequence[LineChange]) -> Iterator[Row]:
        for line in folded(lines) if self.letter else lines:
            if isinstance(line, Fold):
                html = element(line.kind, [escape(self.labels.folded)], css="redline__folded")
                yield Row(html, container(line.kind))
            else:
                html = self._away(line) if line["op"] == "moved_away" else self._line(line)
                yield Row(html, container(line["kind"]), line.get("old"), line.get("new"))

    def _line(self, line: LineChange) -> str:
        cells = [self.marks.part(part, line["op"]) for part in line["parts"]]
        css = "" if line["op"] == "same" else f"redline__line--{line['op']}"
        return self._element(line, cells, note=self.notes(line), css=css)

    def _away(self, line: LineChange) -> str:
        said = self._link(line, self.moves.note(line)) + escape(self.moves.excerpt(line))
        return self._element(line, [], note=_note(said), css="redline__line--moved-away")

    def _element(self, line: LineChange, cells: Sequence[str], *, note: str, css: str) -> str:
        number = self.numbers.get(id(line))
        return element(line["kind"], cells, note=note, css=css, id_=self.id_of(line), number=number)

    def notes(self, line: LineChange) -> str:
        """Where a line came from or went to, and what it was before."""
        moved = _note(self._link(line, self.moves.note(line))) if "move" in line else ""
        was = _note(escape(self.labels.reshaped_from(line["was"], line["kind"]))) if "was" in line else ""
        return moved + was

    def _link(self, line: LineChange, text: str) -> str:
        """To the other end of the move."""
        if self.letter:
            return escape(text)
        return f'<a href="#{_end_id(line["move"], leaving=line["op"] == "moved")}">{escape(text)}</a>'

    def id_of(self, line: LineChange) -> str:
        if self.letter or "move" not in line:
            return ""
        return _end_id(line["move"], leaving=line["op"] == "moved_away")


def _note(html: str) -> str:
    return f'<span class="redline__note">{html}</span>'


def _end_id(move: int, *, leaving: bool) -> str:
    return f"redline-move-{move}{'-from' if leaving else ''}"
