"""Lines that head what follows them."""

from itertools import takewhile

from .found import Candidate, Found, doubtful_paragraphs
from .lines import Line, lines_from
from .marks import bullet_of, number_of
from .shapes import (
    QUESTION,
    could_be_colon_heading,
    could_be_heading,
    ends_a_sentence,
    is_all_caps,
    is_title_case,
)
from .topics import topic_of

CROWD = 3
"""That many short lines in a row are an address or a list: nobody nests headings so deep without a word between."""

SURELY_TEXT = 60
"""Characters from which on a line without a full stop is still text rather than another short line."""


def underlined_heading(lines: list[Line], at: int) -> Found | None:
    line = lines[at]
    if not line.underline:
        return None
    return Found([Candidate(line.text, line.number, "underline", 1 if line.underline == "=" else 2)])


def numbered_heading(lines: list[Line], at: int) -> Found | None:
    line, number = lines[at], number_of(lines[at].text)
    if not number:
        return None
    name = line.text[number.length :]
    if at + 1 < len(lines) and could_be_heading(name.removesuffix(":")):
        return Found([Candidate(name, line.number, "number", number.depth)])
    if number.depth > 1 or line.text[0].isalpha():
        return None
    return doubtful_paragraphs([line], "A number on its own: neither a list nor a heading. Kept as a paragraph.")


def capital_heading(lines: list[Line], at: int) -> Found | None:
    line = lines[at]
    is_last = at + 1 == len(lines)
    if is_last or not is_all_caps(line.text) or not could_be_heading(line.text.removesuffix(":")):
        return None
    return Found([Candidate(line.text, line.number, "caps")])


def colon_heading(lines: list[Line], at: int) -> Found | None:
    line = lines[at]
    if at + 1 == len(lines) or not could_be_colon_heading(line.text):
        return None
    return Found([Candidate(line.text, line.number, "colon")])


def shaped_heading(lines: list[Line], at: int) -> Found | None:
    """A short line that looks like a heading, if it heads anything."""
    line = lines[at]
    if not could_be_heading(line.text):
        return None
    run = _run_of_short_lines(lines, at)
    after = at + len(run)
    if after == len(lines):
        return doubtful_paragraphs(run, "Looks like a heading, but no text follows. Kept as a paragraph.")
    if len(run) >= CROWD:
        return doubtful_paragraphs(run[:-1], "One of several short lines in a row. Kept as a paragraph.")
    if not _is_believable(line, lines[at + 1]):
        return doubtful_paragraphs([line], "A heading, or a sentence without its full stop. Kept as a paragraph.")
    return Found([Candidate(line.text, line.number, "shape")])


def _run_of_short_lines(lines: list[Line], at: int) -> list[Line]:
    following = takewhile(lambda line: not line.after_blank and _is_unmarked_heading(line), lines_from(lines, at + 1))
    return [lines[at], *following]


def _is_unmarked_heading(line: Line) -> bool:
    return could_be_heading(line.text) and not (
        line.underline or is_all_caps(line.text) or number_of(line.text) or bullet_of(line.text)
    )


def _is_believable(line: Line, following: Line) -> bool:
    """Title case and a gap above speak for a heading; otherwise its wording has to, or text that clearly follows."""
    if is_title_case(line.text) or line.after_blank or QUESTION.match(line.text) or topic_of(line.text):
        return True
    if bullet_of(following.text) or number_of(following.text):
        return False
    return len(following.text) >= SURELY_TEXT or ends_a_sentence(following.text)
