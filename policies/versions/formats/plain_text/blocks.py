"""Sections and blocks as lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...document import Block, Document, Section
from ..regimes import places
from .lines import Lines, underlined, width
from .notes import Notes
from .tables import table

INDENT = "    "
SUBHEADING_MARKS = {3: "~", 4: ""}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the blocks of a document in one language; an empty line follows each."""

    language: str
    lines: Lines
    notes: Notes

    def document(self, document: Document) -> Iterator[str]:
        for section in document["sections"]:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[str]:
        heading = " ".join(section["heading"].split())
        if heading:
            yield from ["", *underlined(self.lines.wrapped(heading), "-"), ""]
        if section["regimes"]:
            yield from [*self.lines.wrapped(f"[{places(section, self.language)}]"), ""]
        for block in section["blocks"]:
            yield from [*self._block(block), ""]

    def _block(self, block: Block) -> list[str]:
        kind = block["type"]
        if kind == "list":
            return self._list(block)
        if kind == "definitions":
            return self._definitions(block)
        if kind == "table":
            return table(self._rows(block), has_head=bool(block.get("head")), lines=self.lines)
        if kind == "subheading":
            return self._subheading(block)
        return self.lines.wrapped(self._promise(block) if kind == "promise" else self.notes.read(block["html"]))

    def _subheading(self, block: Block) -> list[str]:
        lines, mark = self.lines.wrapped(self.notes.read(block["html"])), SUBHEADING_MARKS[block["level"]]
        return underlined(lines, mark) if mark else lines

    def _promise(self, block: Block) -> str:
        label = self.notes.read(block.get("label", ""))
        said = f"{label}: " if label else ""
        return f"[{_('Promise')}] {said}{self.notes.read(block['html'])}"

    def _list(self, block: Block) -> list[str]:
        found: list[str] = []
        for number, item in enumerate(block["items"], start=1):
            mark = f"{number}. " if block["ordered"] else "- "
            found += self.lines.wrapped(self.notes.read(item), f"  {mark}", " " * (width(mark) + 2))
        return found

    def _definitions(self, block: Block) -> list[str]:
        found: list[str] = []
        for each in block["definitions"]:
            found += self.lines.wrapped(self.notes.read(each["term"]) + ":")
            found += self.lines.wrapped(self.notes.read(each["html"]), INDENT)
        return found

    def _rows(self, block: Block) -> list[list[str]]:
        rows = [block["head"], *block["rows"]] if block.get("head") else block["rows"]
        return [[self.notes.read(cell) for cell in row] for row in rows]
