"""Proofs over the stored tree, with a handful of reads however large it is."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from .models import Sealed, Tile
from .tiles import HEIGHT, WIDTH, Edge, cut, hash_in, tile_of
from .tree import (
    Coordinate,
    Span,
    consistency_proof,
    consistency_spans,
    coordinates,
    inclusion_proof,
    inclusion_spans,
    span_hash,
)


class StoredNodes:
    """The hashes of complete subtrees: from full tiles, in one read, and else from what lies below the edge."""

    def __init__(self, spans: Iterable[Span]) -> None:
        wanted = {tile_of(coordinate) for span in spans for coordinate in coordinates(span)}
        self.tiles = stored(wanted)
        for level, index in wanted - self.tiles.keys():
            self.tiles[level, index] = partial(level, index)

    def __call__(self, coordinate: Coordinate) -> bytes:
        return hash_in(coordinate, self.tiles[tile_of(coordinate)])


def stored(wanted: Iterable[Coordinate]) -> dict[Coordinate, list[bytes]]:
    """Those of the tiles that are full."""
    places = [Q(level=level, index=index) for level, index in wanted]
    if not places:
        return {}
    rows = Tile.objects.filter(reduce(or_, places)).values_list("level", "index", "hashes")
    return {(level, index): cut(bytes(hashes)) for level, index, hashes in rows}


def partial(level: int, index: int) -> list[bytes]:
    """The hashes of a tile that is not full yet."""
    first, end = index * WIDTH, (index + 1) * WIDTH
    if level == 0:
        rows = Sealed.objects.filter(index__gte=first, index__lt=end)
        return [bytes.fromhex(leaf) for leaf in rows.order_by("index").values_list("entry__leaf", flat=True)]
    below = Tile.objects.filter(level=level - 1, index__gte=first, index__lt=end)
    return [bytes(root) for root in below.order_by("index").values_list("root", flat=True)]


def edge(size: int) -> Edge:
    """The right edge of the tree of all `size` sealed lines, from which it grows on."""
    levels = (max(size, 1).bit_length() - 1) // HEIGHT + 1
    return Edge(size, [partial(level, size >> HEIGHT * (level + 1)) for level in range(levels)])


def inclusion(index: int, size: int) -> list[bytes]:
    """The proof that the line at `index` is among the first `size`."""
    return inclusion_proof(index, size, StoredNodes(inclusion_spans(index, size)))


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the first `new` lines begin with the first `old` ones."""
    return consistency_proof(old, new, StoredNodes(consistency_spans(old, new)))


def root_at(size: int) -> bytes:
    """The root over the first `size` lines."""
    return span_hash((0, size), StoredNodes([(0, size)]))
