"""The Merkle tree of RFC 9162, sections 2.1.1 to 2.1.5: roots, proofs and how a stranger checks them. Pure functions.

A *coordinate* (level, index) names a complete subtree: that of the 2^level leaves from leaf index * 2^level on. Proofs
are put together from hashes of complete subtrees only, so `nodes` is asked for nothing else.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

LEAF_PREFIX, NODE_PREFIX = b"\x00", b"\x01"
EMPTY_ROOT = hashlib.sha256().digest()

Coordinate = tuple[int, int]
Span = tuple[int, int]
"""Leaves from the first number up to, and without, the second."""
Nodes = Callable[[Coordinate], bytes]


def leaf(line: bytes) -> bytes:
    """The hash of a leaf (2.1.1)."""
    return hashlib.sha256(LEAF_PREFIX + line).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (2.1.1)."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, level by level; what has no neighbour moves up as it is (2.1.1)."""
    level = list(hashes) or [EMPTY_ROOT]
    while len(level) > 1:
        odd = level[len(level) & ~1 :]
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node(left, right) for left, right in pairs] + odd
    return level[0]


@dataclass(slots=True)
class Frontier:
    """The complete subtrees that cover the first `size` leaves, the largest first: all that further leaves need."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def add(self, leaf_hash: bytes) -> None:
        """One more leaf; over n leaves, n hashes and no more."""
        size, growing = self.size, leaf_hash
        while size & 1:
            growing = node(self.hashes.pop(), growing)
            size >>= 1
        self.hashes.append(growing)
        self.size += 1

    def root(self) -> bytes:
        """The root over the leaves so far."""
        return _joined(self.hashes)


def coordinates(span: Span) -> list[Coordinate]:
    """The complete subtrees that a span consists of, from left to right."""
    start, end = span
    found = []
    while start < end:
        fits = (end - start).bit_length() - 1
        level = min(fits, (start & -start).bit_length() - 1) if start else fits
        found.append((level, start >> level))
        start += 1 << level
    return found


def inclusion_spans(index: int, size: int) -> list[Span]:
    """What the proof of a leaf consists of, from the leaf to the root (2.1.3.1)."""
    start, end, spans = 0, size, list[Span]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """What the proof that the tree of `old` leaves is the beginning of that of `new` consists of (2.1.4.1)."""
    if not 0 < old < new:
        return []
    start, end, spans = 0, new, list[Span]()
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    # The old root is known to who asks, so it is left out where it is a node of its own.
    return ([(start, end)] if start else []) + spans[::-1]


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The proof that a leaf is in the tree; `nodes` gives the hash of a complete subtree."""
    return [span_hash(span, nodes) for span in inclusion_spans(index, size)]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The proof that a tree only grew."""
    return [span_hash(span, nodes) for span in consistency_spans(old, new)]


def span_hash(span: Span, nodes: Nodes) -> bytes:
    """The hash of a subtree that may be incomplete; of (0, size) it is the root."""
    return _joined([nodes(coordinate) for coordinate in coordinates(span)])


def verify_inclusion(*, leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether the leaf stands at that place of the tree with that root (2.1.3.2)."""
    if not _are_hashes(leaf_hash, *proof):
        return False
    return root_of_inclusion(leaf_hash=leaf_hash, index=index, size=size, proof=proof) == root_hash


def root_of_inclusion(*, leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root to which a proof leads; nothing if it is too short or too long for the place (2.1.3.2)."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf_hash
    for part in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node(part, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, part)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def verify_consistency(*, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the tree with the new root begins with all of the tree with the old root (2.1.4.2)."""
    if not _are_hashes(*proof) or not 0 <= old <= new:
        return False
    if old == 0 or old == new:
        return not proof and (old_root == new_root or (old == 0 < new))
    is_complete = old & (old - 1) == 0
    return _roots_of_consistency(old, new, [old_root, *proof] if is_complete else [*proof]) == (old_root, new_root)


def _roots_of_consistency(old: int, new: int, proof: list[bytes]) -> tuple[bytes, bytes] | None:
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not proof:
        return None
    old_found = new_found = proof[0]
    for part in proof[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old_found, new_found = node(part, old_found), node(part, new_found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_found = node(new_found, part)
        place, last = place >> 1, last >> 1
    return (old_found, new_found) if last == 0 else None


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(each) == hashlib.sha256().digest_size for each in hashes)


def _split(size: int) -> int:
    """The largest power of two below a size of two or more: where a tree parts (2.1.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _joined(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring subtrees, the smallest at the right."""
    if not hashes:
        return EMPTY_ROOT
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node(left, found)
    return found
