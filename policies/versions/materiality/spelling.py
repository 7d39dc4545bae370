"""Whether an edit only mends spelling. What is in doubt counts as more than spelling."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from ..redline.alignment import aligned
from ..redline.numerals import figures_in
from .letters import key_of, straight, words_of
from .weight import SAME_WORD, WEIGHTY, is_marker

_ARTICLES = frozenset({"a", "an", "the"})
_LONG_WORD = 8
"""From so many letters on, two of them may be wrong."""

_ADDRESS_MARKS = frozenset("@./:0123456789")


class Vocabulary(NamedTuple):
    """The words of both documents. A typing error is a word that the other text does not know."""

    old: frozenset[str]
    new: frozenset[str]

    @classmethod
    def of(cls, old: Iterable[str], new: Iterable[str]) -> "Vocabulary":
        return cls(_all_words(old), _all_words(new))


def is_spelling(old: str, new: str, vocabulary: Vocabulary) -> bool:
    """True of other layout, case, punctuation, articles, doubled words, and of words that are all but the same."""
    if _figures(old) != _figures(new):
        return False
    if key_of(old) == key_of(new):
        return True
    before, after = _undoubled(words_of(old)), _undoubled(words_of(new))
    return _are_same(before, after, vocabulary) or _are_same(_bare(before), _bare(after), vocabulary)


def _are_same(old: list[str], new: list[str], vocabulary: Vocabulary) -> bool:
    stretches = aligned([word.casefold() for word in old], [word.casefold() for word in new])
    return all(_is_same(old[i], new[j], vocabulary) for equal, i, j in stretches if not equal)


def _figures(text: str) -> list[str]:
    return [figure.key for figure in figures_in(straight(text))]


def _undoubled(words: list[str]) -> list[str]:
    """Without the second word of "the the"."""
    return [word for at, word in enumerate(words) if not at or words[at - 1].casefold() != word.casefold()]


def _bare(words: list[str]) -> list[str]:
    return [word for word in words if word.casefold() not in _ARTICLES]


def _is_same(old: list[str], new: list[str], vocabulary: Vocabulary) -> bool:
    if key_of("".join(old)) == key_of("".join(new)):
        return True
    return len(old) == len(new) and all(_is_typo(*pair, vocabulary) for pair in zip(old, new, strict=True))


def _is_typo(old: str, new: str, vocabulary: Vocabulary) -> bool:
    before, after = old.casefold(), new.casefold()
    if any(before in group and after in group for group in SAME_WORD):
        return True
    if _stands_for_itself(old, new) or before in WEIGHTY or is_marker(before) or is_marker(after):
        return False
    if before + "s" == after or after + "s" == before:
        return True
    if after in vocabulary.old and before in vocabulary.new:
        return False
    longest = max(len(before), len(after))
    return OSA.distance(before, after) <= (2 if longest >= _LONG_WORD else 1) and longest > 2


def _stands_for_itself(old: str, new: str) -> bool:
    """An abbreviation, an address or a number has no spelling of its own to mend."""
    return bool(_ADDRESS_MARKS & {*old, *new}) or (old.isupper() and len(old) > 1) or (new.isupper() and len(new) > 1)


def _all_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in words_of(text))
