"""Joining lines that were broken at a column.

A program that wraps text breaks only where the next word does not fit. So a break after which the next word would have
fitted was meant, and this holds without knowing the column: the widest line shows it.
"""

from dataclasses import replace
from itertools import pairwise

from .lines import Line
from .marks import bullet_of, number_of
from .shapes import could_be_heading, ends_a_sentence, is_title_case, label_of

NARROWEST_COLUMN = 40
WIDEST_COLUMN = 100
"""Columns people and programs wrap at; beyond that a line is a paragraph of its own."""


def unwrap(lines: list[Line]) -> list[Line]:
    column = _column(lines)
    joined: list[Line] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before and _continues(joined[-1], before, line, column):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}", underline=line.underline)
        else:
            joined.append(line)
    return joined


def _column(lines: list[Line]) -> int:
    """0 where the text is not wrapped: no line breaks in mid-sentence at the edge."""
    widest = max((line.width for line in lines if " " in line.text), default=0)
    if not NARROWEST_COLUMN <= widest <= WIDEST_COLUMN:
        return 0
    return widest if any(_breaks_mid_sentence(before, line, widest) for before, line in pairwise(lines)) else 0


def _breaks_mid_sentence(before: Line, line: Line, column: int) -> bool:
    if line.after_blank or ends_a_sentence(before.text) or _has_mark(line):
        return False
    return _is_full(before, line, column) and not line.text[0].isupper()


def _continues(whole: Line, before: Line, line: Line, column: int) -> bool:
    if line.after_blank or before.underline or _has_mark(line):
        return False
    if _has_mark(whole) and line.indent > whole.indent:
        return True
    if not column:
        return False
    if ends_a_sentence(before.text):
        return _is_full(before, line, column) and not before.text.endswith(":") and not label_of(line.text)
    if whole.number == before.number and _heads(before, line):
        return False
    is_ragged = line.text[0].islower() and before.width >= column / 2
    return is_ragged or _is_full(before, line, column)


def _heads(before: Line, line: Line) -> bool:
    """A long heading may reach the edge as well; in title case it is believed."""
    return line.text[0].isupper() and is_title_case(before.text) and could_be_heading(before.text)


def _is_full(before: Line, line: Line, column: int) -> bool:
    return before.width + 1 + len(line.text.split()[0]) > column


def _has_mark(line: Line) -> bool:
    return bool(bullet_of(line.text) or number_of(line.text))
