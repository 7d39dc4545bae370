"""A redline as HTML: for a web page, and for a letter."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from .format import LineChange, Redline, SectionChange
from .labels import Labels
from .markup import marked, part_html, pieces_html
from .rows import Row, container, element, gathered
from .shown import Fold, Moves, folded, has_no_marks, lines_shown


def web(redline: Redline, labels: Labels) -> str:
    """Every section; unchanged ones wait in `<details>`, and both ends of a move are linked."""
    page = _Page(redline, labels, letter=False)
    html = [page.title()]
    for unchanged, group in groupby(redline["sections"], lambda each: each["change"] == "unchanged"):
        sections = list(group)
        text = "".join(page.section(section) for section in sections)
        html.append(_details(len(sections), text, labels) if unchanged else text)
    return "".join(html)


def mail(redline: Redline, labels: Labels) -> str:
    """Only what changed, long unchanged runs folded, without ids and inner links, which many mail readers drop."""
    page = _Page(redline, labels, letter=True)
    changed = [section for section in redline["sections"] if section["change"] != "unchanged"]
    return page.title() + "".join(page.section(section) for section in changed)


def _details(count: int, html: str, labels: Labels) -> str:
    summary = escape(labels.unchanged.format(count=count))
    return f'<details class="redline__unchanged"><summary>{summary}</summary>{html}</details>'


class _Page:
    def __init__(self, redline: Redline, labels: Labels, *, letter: bool) -> None:
        self.redline, self.labels, self.letter = redline, labels, letter
        self.moves = Moves(redline, labels)

    def title(self) -> str:
        pieces = self.redline.get("title_pieces")
        return f'<p class="redline__title">{pieces_html(pieces, self.labels)}</p>' if pieces else ""

    def section(self, section: SectionChange) -> str:
        change = section["change"]
        id_ = "" if self.letter else f' id="{escape(section["anchor"])}"'
        html = self._heading(section) + self._notes(section) + gathered(self._rows(section))
        names = f"redline__section redline__section--{change}"
        return f'<section class="{names}"{id_} data-change="{change}">{html}</section>'

    def _heading(self, section: SectionChange) -> str:
        heading = escape(self.labels.heading(section["heading"]), quote=False)
        if "heading_pieces" in section:
            heading = pieces_html(section["heading_pieces"], self.labels)
        elif section["change"] in ("added", "removed"):
            heading = marked("ins" if section["change"] == "added" else "del", heading, self.labels)
        return f'<h2 class="redline__heading">{heading}{"".join(self._badges(section))}</h2>'

    def _badges(self, section: SectionChange) -> Iterator[str]:
        for name, said in self.labels.badges(section).items():
            yield f' <span class="redline__badge redline__badge--{name}">{escape(said)}</span>'

    def _notes(self, section: SectionChange) -> str:
        html = ""
        if "regimes" in section["was"]:
            before = escape(self.labels.regimes_of(section["was"]["regimes"]))
            after = escape(self.labels.regimes_of(section["regimes"]))
            marks = marked("del", before, self.labels) + " " + marked("ins", after, self.labels)
            html += f'<p class="redline__note">{escape(self.labels.regimes)}{marks}</p>'
        if has_no_marks(section):
            html += f'<p class="redline__note">{escape(self.labels.layout)}</p>'
        return html

    def _rows(self, section: SectionChange) -> Iterator[Row]:
        lines = lines_shown(section)
        for line in folded(lines) if self.letter else lines:
            if isinstance(line, Fold):
                html = element(line.kind, [escape(self.labels.folded)], css="redline__folded")
                yield Row(html, container(line.kind))
            else:
                html = self._away(line) if line["op"] == "moved_away" else self._line(line)
                yield Row(html, container(line["kind"]), line.get("old"), line.get("new"))

    def _line(self, line: LineChange) -> str:
        op, note = line["op"], ""
        if op == "moved":
            note = self._note(self._link(line, self.moves.note(line)))
        if "was" in line:
            note += self._note(escape(self.labels.reshaped_from(line["was"], line["kind"])))
        cells = [part_html(part, op, self.labels) for part in line["parts"]]
        css = "" if op == "same" else f"redline__line--{op}"
        return element(line["kind"], cells, note=note, css=css, id_=self._id(line))

    def _away(self, line: LineChange) -> str:
        said = self._link(line, self.moves.note(line)) + escape(self.moves.excerpt(line))
        return element(line["kind"], [], note=self._note(said), css="redline__line--moved-away", id_=self._id(line))

    def _link(self, line: LineChange, text: str) -> str:
        """To the other end of the move."""
        if self.letter:
            return escape(text)
        return f'<a href="#{_end_id(line["move"], leaving=line["op"] == "moved")}">{escape(text)}</a>'

    def _id(self, line: LineChange) -> str:
        if self.letter or "move" not in line:
            return ""
        return _end_id(line["move"], leaving=line["op"] == "moved_away")

    def _note(self, html: str) -> str:
        return f'<span class="redline__note">{html}</span>'


def _end_id(move: int, *, leaving: bool) -> str:
    return f"redline-move-{move}{'-from' if leaving else ''}"
