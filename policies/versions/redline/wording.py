"""What changed between two texts, word by word; in very long ones sentence by sentence first."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from .alignment import aligned
from .ends import shared_ends
from .format import ChangedPart, Part, Piece
from .islands import without_islands
from .pieces import Pieces, spelled
from .sentences import from_sentence_starts, sentences
from .tokens import Token, tokens

MOST_WORDS = 2000
"""Tokens of a pair of texts up to which words are compared at once; beyond it the work would grow squared."""


_COMPARED = itemgetter(slice(0, 2))
"""A token without the space behind it."""


def compared(old: str, new: str) -> list[Piece]:
    """The words of two inline texts, marked as the same, deleted or inserted."""
    start, end = shared_ends(old, new)
    found = Pieces()
    found.put("same", old[:start], ())
    _compare(found, tokens(old[start : len(old) - end]), tokens(new[start : len(new) - end]))
    found.put("same", old[len(old) - end :], ())
    return found.settled()


def changed_part(old: str, new: str) -> ChangedPart:
    found = compared(old, new)
    part: ChangedPart = {"pieces": found}
    if spelled(found, without="ins") != old:
        part["old"] = old
    if spelled(found, without="del") != new:
        part["new"] = new
    return part


def changed_parts(old: Sequence[str], new: Sequence[str]) -> list[Part]:
    """The parts of two lines side by side; a row that won or lost cells is aligned by the cells that stayed."""
    if len(old) == len(new):
        return [_part(before, after) for before, after in zip(old, new, strict=True)]
    parts: list[Part] = []
    for _, before_at, after_at in aligned(old, new):
        before, after = old[before_at], new[after_at]
        shared = min(len(before), len(after))
        parts += [_part(*pair) for pair in zip(before, after, strict=False)]
        parts += [ChangedPart(old=html) for html in before[shared:]]
        parts += [ChangedPart(new=html) for html in after[shared:]]
    return parts


def _part(old: str, new: str) -> Part:
    return old if old == new else changed_part(old, new)


def _compare(found: Pieces, old: Sequence[Token], new: Sequence[Token]) -> None:
    if len(old) + len(new) > MOST_WORDS:
        _compare_sentences(found, old, new)
    else:
        _compare_words(found, old, new)


def _compare_words(found: Pieces, old: Sequence[Token], new: Sequence[Token]) -> None:
    stretches = from_sentence_starts([*aligned([*map(_COMPARED, old)], [*map(_COMPARED, new)])], old, new)
    for equal, before, after in without_islands(stretches, old, new):
        if equal:
            found.put_equal(old[before], new[after])
        else:
            _compare_replaced(found, old[before], new[after])


def _compare_replaced(found: Pieces, old: Sequence[Token], new: Sequence[Token]) -> None:
    """Tells words that only got another link or format from other words."""
    if not any(token.within for token in (*old, *new)):
        found.put_other(old, new)
    elif _read(old) == _read(new):
        found.put_restyled(old, new)
    else:
        stretches = aligned([token.text for token in old], [token.text for token in new])
        for equal, before, after in without_islands(stretches, old, new):
            if equal:
                _put_same_words(found, old[before], new[after])
            else:
                found.put_other(old[before], new[after])


def _put_same_words(found: Pieces, old: Sequence[Token], new: Sequence[Token]) -> None:
    pairs = zip(old, new, strict=True)
    for same_style, group in groupby(pairs, lambda pair: pair[0].within == pair[1].within):
        before, after = zip(*group, strict=True)
        if same_style:
            found.put_equal(before, after)
        else:
            found.put_restyled(before, after)


def _compare_sentences(found: Pieces, old: Sequence[Token], new: Sequence[Token]) -> None:
    old_sentences, new_sentences = sentences(old), sentences(new)
    for equal, before_at, after_at in aligned(old_sentences, new_sentences):
        before = [token for sentence in old_sentences[before_at] for token in sentence]
        after = [token for sentence in new_sentences[after_at] for token in sentence]
        if not equal and len(before) + len(after) > MOST_WORDS:
            found.put_other(before, after)
        else:
            _compare_words(found, before, after)


def _read(found: Iterable[Token]) -> str:
    """The words with one space after each, so that space alone makes no difference."""
    return " ".join(token.text for token in found)
