"""Which line became which: the equal ones first, then those that moved, then those that were edited."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel, Postfix, Prefix

from .alignment import aligned, in_order
from .lines import Line
from .sections import Place

EDITED_IN_PLACE = 0.5
"""Share of words that two lines at the same spot must have in common to be one line that was edited."""

EDITED_ELSEWHERE = 0.7
"""The same for lines at different spots, where chance is more often to blame."""

PLAINLY_EDITED = 0.75
"""Share of the longer line's letters that two lone lines at one spot begin and end with, to need no further proof."""

WORDS_TO_TRAVEL = 4
"""A shorter line that turns up in another section is not taken for the same one: "Yes" is everywhere."""

PAIRS_TO_TRY = 256
"""Up to so many pairs all are tried; beyond it only lines that share a rare word, or the work would grow squared."""

_RARE = 4
_NAMED = ("definition", "row")

Gap = tuple[Sequence[Line], Sequence[Line]]


def match_lines(places: Sequence[Place]) -> None:
    """Gives lines their twins, and a number to each pair that changed places."""
    gaps = [gap for place in places for gap in _match_equal(place)]
    old = [line for place in places for line in place.old_lines]
    new = [line for place in places for line in place.new_lines]
    _match_again(old, new, lambda line: (line.place, *line.key))
    _match_again(old, new, lambda line: line.key, least_words=WORDS_TO_TRAVEL)
    for gap in gaps:
        _match_in_place(*gap)
    _match_similar(_travellers(old), _travellers(new), at_least=EDITED_ELSEWHERE, names_count=False)
    _number_moves(places)


def _match_equal(place: Place) -> Iterator[Gap]:
    """Pairs the equal lines that kept their order, and yields what lies between them."""
    old, new = _after_equal(place.old_lines, place.new_lines)
    old, new = _after_equal(old[::-1], new[::-1])
    old, new = old[::-1], new[::-1]
    if not old or not new:
        return
    if len(old) == len(new) == 1:
        yield old, new
        return
    for equal, before, after in aligned([line.key for line in old], [line.key for line in new]):
        if not equal:
            yield old[before], new[after]
            continue
        for pair in zip(old[before], new[after], strict=True):
            _join(*pair)


def _after_equal(old: Sequence[Line], new: Sequence[Line]) -> Gap:
    """Pairs what both begin with, and gives the rest."""
    alike = 0
    for before, after in zip(old, new, strict=False):
        if before.key != after.key:
            break
        _join(before, after)
        alike += 1
    return old[alike:], new[alike:]


def _match_again(
    old: Iterable[Line], new: Iterable[Line], key: Callable[[Line], Hashable], *, least_words: int = 0
) -> None:
    waiting: defaultdict[Hashable, list[Line]] = defaultdict(list)
    for line in _single(old):
        waiting[key(line)].append(line)
    for line in _single(new):
        candidates = waiting.get(key(line))
        if candidates and len(line.words) >= least_words:
            _join(candidates.pop(0), line)


def _match_in_place(old: Iterable[Line], new: Iterable[Line]) -> None:
    old, new = _single(old), _single(new)
    if len(old) == len(new) == 1 and _is_plainly_edited(old[0], new[0]):
        _join(old[0], new[0])
    else:
        _match_similar(old, new, at_least=EDITED_IN_PLACE, names_count=True)


def _match_similar(old: Iterable[Line], new: Iterable[Line], *, at_least: float, names_count: bool) -> None:
    """The most similar pairs first; among equals the ones nearest to each other in order."""
    old, new = _single(old), _single(new)
    scored = []
    for i, j in _worth_trying(old, new):
        score = _similarity(old[i], new[j], at_least=at_least, names_count=names_count)
        if score >= at_least:
            scored.append((-score, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if old[i].twin is None and new[j].twin is None:
            _join(old[i], new[j])


def _is_plainly_edited(old: Line, new: Line) -> bool:
    """Whether two lone lines at one spot begin and end so much alike that there is no need to count their words."""
    before, after = "\n".join(old.parts), "\n".join(new.parts)
    alike = Prefix.similarity(before, after) + Postfix.similarity(before, after)
    return alike >= PLAINLY_EDITED * max(len(before), len(after))


def _worth_trying(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= PAIRS_TO_TRY:
        yield from ((i, j) for i in range(len(old)) for j in range(len(new)))
        return
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(old):
        for word in set(line.words):
            holders[word].append(i)
    for j, line in enumerate(new):
        shared: Counter[int] = Counter()
        for word in set(line.words):
            if len(holders.get(word, ())) <= _RARE:
                shared.update(holders.get(word, ()))
        yield from ((i, j) for i, _ in shared.most_common(_RARE))


def _similarity(old: Line, new: Line, *, at_least: float, names_count: bool) -> float:
    if names_count and old.kind == new.kind and old.kind in _NAMED and old.parts[:1] == new.parts[:1] != ("",):
        return 1.0
    fewer, more = sorted((len(old.words), len(new.words)))
    if 2 * fewer < at_least * (fewer + more):
        return 0.0
    return Indel.normalized_similarity(old.words, new.words, score_cutoff=at_least)


def _number_moves(places: Sequence[Place]) -> None:
    """Of the lines that stayed in their section, those outside the longest common order moved within it."""
    move = 0
    for number, place in enumerate(places):
        paired = [(line, line.twin) for line in place.new_lines if line.twin]
        staying = in_order([twin.at for _, twin in paired if twin.place == number])
        if len(staying) == len(paired):
            continue
        for line, twin in paired:
            if twin.place != number or twin.at not in staying:
                move += 1
                line.move = twin.move = move


def _travellers(lines: Iterable[Line]) -> list[Line]:
    return [line for line in _single(lines) if len(line.words) >= WORDS_TO_TRAVEL]


def _single(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.twin is None]


def _join(old: Line, new: Line) -> None:
    old.twin, new.twin = new, old
