"""The first line, if it is the title."""

from ..titles import names_a_document, same_title
from .lines import Line
from .marks import number_of
from .shapes import could_be_heading, is_all_caps
from .topics import topic_of


def title_line(lines: list[Line], given: str | None) -> Line | None:
    """With a title given, a first line that only might be one is left to be a heading."""
    first = lines[0]
    if given and same_title(first.text, given):
        return first
    if not could_be_heading(first.text) or number_of(first.text):
        return None
    if names_a_document(first.text):
        return first
    if is_all_caps(first.text):
        return first if not any(is_all_caps(line.text) for line in lines[1:]) else _unless_a_topic(first)
    return None if given else _unless_a_topic(first)


def _unless_a_topic(line: Line) -> Line | None:
    return None if topic_of(line.text) else line
