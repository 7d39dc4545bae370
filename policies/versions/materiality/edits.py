"""What was written anew, sentence by sentence; what only moved, or was only spelled in another way, is left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from .letters import key_of, words_of
from .sentences import Sentence
from .spelling import Vocabulary, is_spelling

SAME_SENTENCE = 0.5
"""Share of words that two sentences must have in common to be one that was edited."""

WORDS_TO_TRAVEL = 4
"""A shorter sentence that turns up in another section says something else there."""

_PAIRS_TO_TRY = 2500
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence before and after; `None` on the side that does not have it."""

    old: Sentence | None
    new: Sentence | None

    @property
    def before(self) -> str:
        return self.old.text if self.old else ""

    @property
    def after(self) -> str:
        return self.new.text if self.new else ""


@dataclass
class Sides:
    """The sentences of one section that the other document does not have."""

    gone: list[Sentence] = field(default_factory=list)
    come: list[Sentence] = field(default_factory=list)


def differing(pairs: Sequence[tuple[list[Sentence], list[Sentence]]]) -> list[Sides]:
    """Per section; sentences that moved to another section are on neither side."""
    found = [Sides(_missing(old, new), _missing(new, old)) for old, new in pairs]
    gone, come = _travellers(each.gone for each in found), _travellers(each.come for each in found)
    moved = gone & come
    return [Sides(_without(each.gone, moved.copy()), _without(each.come, moved.copy())) for each in found]


def edits_of(sides: Sides, vocabulary: Vocabulary) -> list[Edit]:
    """Pairs first in the order of the new text, then what is gone for good."""
    twins = _twins(sides)
    taken = set(twins.values())
    edits = [Edit(sides.gone[twins[j]] if j in twins else None, new) for j, new in enumerate(sides.come)]
    edits += [Edit(old, None) for i, old in enumerate(sides.gone) if i not in taken]
    return [each for each in edits if not (each.old and each.new and is_spelling(each.before, each.after, vocabulary))]


def _missing(here: Sequence[Sentence], there: Sequence[Sentence]) -> list[Sentence]:
    """Most sections of most changes are the same on both sides."""
    return [] if here == there else _without(here, Counter(key_of(each.text) for each in there))


def _without(sentences: Iterable[Sentence], left: Counter[str]) -> list[Sentence]:
    kept = []
    for sentence in sentences:
        key = key_of(sentence.text)
        if left[key] > 0:
            left[key] -= 1
        elif key:
            kept.append(sentence)
    return kept


def _travellers(lists: Iterable[Sequence[Sentence]]) -> Counter[str]:
    return Counter(
        key_of(each.text) for sentences in lists for each in sentences if len(words_of(each.text)) >= WORDS_TO_TRAVEL
    )


def _twins(sides: Sides) -> dict[int, int]:
    """For a new sentence the old one it was made from; the most similar pairs first."""
    old = [_folded(each) for each in sides.gone]
    new = [_folded(each) for each in sides.come]
    scored = [
        (-score, abs(i - j), i, j)
        for i, j in _worth_trying(len(old), len(new))
        if (score := Indel.normalized_similarity(old[i], new[j], score_cutoff=SAME_SENTENCE)) >= SAME_SENTENCE
    ]
    twins: dict[int, int] = {}
    for _, _, i, j in sorted(scored):
        if j not in twins and i not in twins.values():
            twins[j] = i
    return twins


def _folded(sentence: Sentence) -> list[str]:
    return [word.casefold() for word in words_of(sentence.text)]


def _worth_trying(old: int, new: int) -> Iterator[tuple[int, int]]:
    close = old * new > _PAIRS_TO_TRY
    yield from ((i, j) for i in range(old) for j in range(new) if not close or abs(i - j) <= _WINDOW)
