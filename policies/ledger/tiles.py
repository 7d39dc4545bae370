"""The tree in pieces of 256 hashes, after C2SP's tlog-tiles: what is full is stored once and never touched again.

A tile of level 0 holds leaf hashes, one of level 1 the roots of 256 tiles of level 0, and so on. What is not full yet is
the *edge*; it follows from the tiles below it and is not stored.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .tree import EMPTY_ROOT, Coordinate, root

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH_LENGTH = 32  # bytes


@dataclass(frozen=True, slots=True)
class FullTile:
    """256 hashes that stand for ever, and the hash over them."""

    level: int
    index: int
    hashes: list[bytes]

    @property
    def root(self) -> bytes:
        return root(self.hashes)


@dataclass(slots=True)
class Edge:
    """The right edge of a tree of `size` leaves: at each level the hashes that fill no tile yet."""

    size: int = 0
    levels: list[list[bytes]] = field(default_factory=list)

    def extend(self, leaf_hashes: Iterable[bytes]) -> Iterator[FullTile]:
        """Grow by these leaves, and give every tile that becomes full, the lower before the higher."""
        for leaf_hash in leaf_hashes:
            self.size += 1
            yield from self._put(0, leaf_hash)

    def _put(self, level: int, hashed: bytes) -> Iterator[FullTile]:
        if level == len(self.levels):
            self.levels.append([])
        self.levels[level].append(hashed)
        if len(self.levels[level]) == WIDTH:
            tile = FullTile(level, (self.size >> HEIGHT * (level + 1)) - 1, self.levels[level])
            self.levels[level] = []
            yield tile
            yield from self._put(level + 1, tile.root)

    def root(self) -> bytes:
        """The root over all leaves, from the edge alone."""
        found: list[bytes] = []
        for level in self.levels:
            hashes = [*level, *found]
            found = [root(hashes)] if hashes else []
        return found[0] if found else EMPTY_ROOT


def tile_of(coordinate: Coordinate) -> Coordinate:
    """The tile in which a complete subtree is found, as level and index."""
    level, index = coordinate
    return level // HEIGHT, index >> (HEIGHT - level % HEIGHT)


def hash_in(coordinate: Coordinate, hashes: list[bytes]) -> bytes:
    """The hash of a complete subtree, from the hashes of its tile."""
    level, index = coordinate
    inner = level % HEIGHT
    first = (index << inner) % WIDTH
    return root(hashes[first : first + (1 << inner)])


def cut(packed: bytes) -> list[bytes]:
    """The hashes of a stored tile."""
    return [packed[at : at + HASH_LENGTH] for at in range(0, len(packed), HASH_LENGTH)]
