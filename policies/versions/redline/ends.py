"""What two texts begin and end with alike, found without taking them apart: most edits touch one sentence of many."""

import re

from rapidfuzz.distance import Postfix, Prefix

from .numerals import ANY_MONTH

_SENTENCES = re.compile(r".*[.!?۔؟。]\s+(?=\S)", re.DOTALL)
# Not a year or month, which may belong to a date: that is compared as one word.
_WORD_START = re.compile(rf"\s+(?![\s\d]|{ANY_MONTH})(?=\S)")


def shared_ends(old: str, new: str) -> tuple[int, int]:
    """How many letters at the start and at the end need no comparing.

    The start ends with a sentence and the end begins with a word, both outside of any tag. What the texts begin with
    alike never counts for their end as well, so that of "30 days" and "30 days and 60 days" the words "and 60 days" came.
    """
    alike = Prefix.similarity(old, new)
    return _whole_sentences(old[:alike]), _whole_words(old, Postfix.similarity(old[alike:], new[alike:]))


def _whole_sentences(start: str) -> int:
    found = _SENTENCES.match(start.partition("<")[0])
    return found.end() if found else 0


def _whole_words(text: str, length: int) -> int:
    outside = max(len(text) - length, text.rfind(">") + 1)
    found = _WORD_START.search(text, outside)
    return len(text) - found.end() if found else 0
