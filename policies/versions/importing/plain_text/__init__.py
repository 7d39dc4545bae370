"""Plain text, whose structure has to be inferred: rules are tried in order at each line until one finds something."""

import re
from collections.abc import Callable

from policies.versions.document import Block

from ..parts import Draft, Unplaced
from ..titles import same_title, title_from_name
from .found import Candidate, Found, doubtful_paragraphs, paragraph
from .headings import capital_heading, colon_heading, numbered_heading, shaped_heading, underlined_heading
from .labels import definitions, labelled_paragraph
from .levels import settle
from .lines import Line, lines_of
from .lists import bulleted_list, numbered_list, unmarked_list
from .marks import number_of
from .title import title_line
from .wrapping import unwrap

NUMBERED_REFERENCE = re.compile(r"\b(section|clause|article|paragraph|part)s? \d", re.IGNORECASE)


def table_row(lines: list[Line], at: int) -> Found | None:
    """Columns drawn with bars or tabs: a text file does not say where its cells end."""
    if lines[at].text.count("|") < 2 and "\t" not in lines[at].text:
        return None
    return doubtful_paragraphs([lines[at]], "Looks like a row of a table. Kept as a paragraph.")


def plain_paragraph(lines: list[Line], at: int) -> Found:
    return Found([paragraph(lines[at].text)])


Rule = Callable[[list[Line], int], Found | None]
RULES: tuple[Rule, ...] = (
    underlined_heading,
    bulleted_list,
    numbered_list,
    numbered_heading,
    table_row,
    definitions,
    labelled_paragraph,
    unmarked_list,
    capital_heading,
    colon_heading,
    shaped_heading,
    plain_paragraph,
)


def read_text(text: str, name: str, title: str | None = None) -> Draft:
    lines = unwrap(lines_of(text))
    draft = Draft(title or "", "", text)
    if lines:
        lines = _take_title(draft, lines, name)
    found, doubts = _apply_rules(lines)
    draft.parts, guesses = settle(found)
    draft.unplaced += doubts + guesses + _lost_references(lines, found)
    return draft


def _take_title(draft: Draft, lines: list[Line], name: str) -> list[Line]:
    line = title_line(lines, draft.title or None)
    if not line:
        _name_after_the_file(draft, name)
        return lines
    draft.file_title = line.text
    draft.title = draft.title or line.text
    if not same_title(draft.title, line.text):
        draft.unplaced.append(Unplaced(line.number, line.text, "The file's own title gave way to the one you chose."))
    return lines[1:]


def _name_after_the_file(draft: Draft, name: str) -> None:
    if not draft.title:
        draft.title = title_from_name(name)
        draft.unplaced.append(Unplaced(1, draft.title, "The file has no title; this one is made from its name."))


def _apply_rules(lines: list[Line]) -> tuple[list[Block | Candidate], list[Unplaced]]:
    parts: list[Block | Candidate] = []
    unplaced: list[Unplaced] = []
    at = 0
    while at < len(lines):
        found = next(found for rule in RULES if (found := rule(lines, at)))
        parts += found.parts
        unplaced += found.unplaced
        at += found.length
    return parts, unplaced


def _lost_references(lines: list[Line], parts: list[Block | Candidate]) -> list[Unplaced]:
    """Numbers leave the headings, since the place of a section tells its number; so "see section 4" loses its hold."""
    if not any(isinstance(part, Candidate) and part.mark == "number" for part in parts):
        return []
    why = "Refers to a section by its number, and headings no longer carry numbers."
    return [
        Unplaced(line.number, line.text, why)
        for line in lines
        if NUMBERED_REFERENCE.search(line.text) and not number_of(line.text)
    ]


__all__ = ["read_text"]
