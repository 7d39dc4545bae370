"""Joining lines that were broken at a column.

A program that wraps text breaks only where the next word does not fit. So a break after which the next word would have
fitted was meant, and this holds without knowing the column: the widest line shows it.
"""

from dataclasses import replace
from itertools import pairwise

from .lines import Line
from .marks import bullet_of, number_of
from .shapes import (
    could_be_colon_heading,
    could_be_heading,
    ends_a_sentence,
    is_sure_label,
    is_title_case,
    label_of,
)

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
    if line.after_blank or before.underline or _begins_an_item(whole, before, line, column):
        return False
    if _has_mark(whole) and line.indent > whole.indent:
        return True
    if not column or _begins_anew(line) or before.text.endswith(":"):
        return False
    if ends_a_sentence(before.text):
        return _is_full(before, line, column) and not label_of(line.text)
    if whole.number == before.number and _heads(before, line):
        return False
    is_ragged = line.text[0].islower() and before.width >= column / 2
    return is_ragged or _is_full(before, line, column)


def _begins_an_item(whole: Line, before: Line, line: Line, column: int) -> bool:
    """Wrapped text may break before "18." or a dash too: in mid-sentence a mark counts where it goes on with a list."""
    if not column or ends_a_sentence(before.text) or not _is_full(before, line, column):
        return _has_mark(line)
    number, previous = number_of(line.text), number_of(whole.text)
    if number:
        return number.value == 1 or bool(previous and previous.value + 1 == number.value)
    bullet = bullet_of(line.text)
    return bool(bullet) and bullet == bullet_of(whole.text)


def _begins_anew(line: Line) -> bool:
    """A line in title case, or with a label in title case, is not the rest of a sentence."""
    if could_be_colon_heading(line.text) or (is_title_case(line.text) and could_be_heading(line.text)):
        return True
    label = label_of(line.text)
    return bool(label and is_sure_label(label[0]))


def _heads(before: Line, line: Line) -> bool:
    """A long heading may reach the edge as well; in title case it is believed."""
    return line.text[0].isupper() and is_title_case(before.text) and could_be_heading(before.text)


def _is_full(before: Line, line: Line, column: int) -> bool:
    return before.width + 1 + len(line.text.split()[0]) > column


def _has_mark(line: Line) -> bool:
    return bool(bullet_of(line.text) or number_of(line.text))
