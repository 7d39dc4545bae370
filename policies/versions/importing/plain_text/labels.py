"""Label-lines: "Transaction Records: Kept for 7 years"."""

from itertools import takewhile

from policies.versions.document import Block

from ..inline import inline
from .found import Found
from .lines import Line, lines_from
from .marks import bullet_of, number_of
from .shapes import is_sure_label, label_of, words

MOST_WORDS_IN_AN_UNSURE_LABEL = 4


def definitions(lines: list[Line], at: int) -> Found | None:
    """Two label-lines or more are terms with what is said of them; one alone is a paragraph."""
    run = list(takewhile(_is_label_line, lines_from(lines, at)))
    labels = [label for line in run if (label := label_of(line.text))]
    if len(labels) < 2:
        return None
    block: Block = {
        "type": "definitions",
        "definitions": [{"term": inline(term), "html": inline(text)} for term, text in labels],
    }
    return Found([block], len(run))


def labelled_paragraph(lines: list[Line], at: int) -> Found | None:
    label = label_of(lines[at].text)
    if not label or not is_sure_label(label[0]):
        return None
    return Found([{"type": "paragraph", "html": f"<b>{inline(label[0])}:</b> {inline(label[1])}"}])


def _is_label_line(line: Line) -> bool:
    if bullet_of(line.text) or number_of(line.text):
        return False
    label = label_of(line.text)
    return bool(label and (is_sure_label(label[0]) or len(words(label[0])) <= MOST_WORDS_IN_AN_UNSURE_LABEL))
