"""The Merkle tree of RFC 9162, with the vectors of the certificate transparency project and against a plain oracle."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.ledger.tiles import WIDTH, Edge, hash_in, tile_of
from policies.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    coordinates,
    inclusion_proof,
    leaf,
    node,
    root,
    verify_consistency,
    verify_inclusion,
)

# The reference vectors: github.com/transparency-dev/merkle, proof/verify_test.go, the same as in
# github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc. Its leaves are counted from 1, ours from 0.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
HASHES = [leaf(bytes.fromhex(words)) for words in LEAVES]
STRANGER = hashlib.sha256(b"a stranger").digest()


def plain_root(hashes):
    """Section 2.1.1, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    k = largest_power_below(len(hashes))
    return node(plain_root(hashes[:k]), plain_root(hashes[k:]))


def plain_path(m, hashes):
    """Section 2.1.3.1, word for word."""
    if len(hashes) == 1:
        return []
    k = largest_power_below(len(hashes))
    if m < k:
        return [*plain_path(m, hashes[:k]), plain_root(hashes[k:])]
    return [*plain_path(m - k, hashes[k:]), plain_root(hashes[:k])]


def plain_subproof(m, hashes, is_known):
    """Section 2.1.4.1, word for word."""
    if m == len(hashes):
        return [] if is_known else [plain_root(hashes)]
    k = largest_power_below(len(hashes))
    if m <= k:
        return [*plain_subproof(m, hashes[:k], is_known), plain_root(hashes[k:])]
    return [*plain_subproof(m - k, hashes[k:], False), plain_root(hashes[:k])]


def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def nodes_of(hashes):
    """The hash of any complete subtree, which must be complete."""

    def nodes(coordinate):
        level, index = coordinate
        part = hashes[index << level : (index + 1) << level]
        assert len(part) == 1 << level
        return plain_root(part)

    return nodes


def leaves(n):
    return [leaf(str(number).encode()) for number in range(n)]


def hexadecimal(hashes):
    return [each.hex() for each in hashes]


def test_an_empty_tree_has_the_hash_of_nothing():
    assert root([]) == EMPTY_ROOT == Frontier().root() == Edge().root()
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size):
    assert root(HASHES[:size]).hex() == ROOTS[size - 1]


def test_a_frontier_passes_through_every_published_root():
    frontier = Frontier()
    for hashed, expected in zip(HASHES, ROOTS, strict=True):
        frontier.add(hashed)
        assert frontier.root().hex() == expected


@pytest.mark.parametrize(("place", "expected"), INCLUSION.items())
def test_inclusion_proofs_are_the_published_ones(place, expected):
    index, size = place
    proof = inclusion_proof(index, size, nodes_of(HASHES))
    assert hexadecimal(proof) == expected
    assert is_included(HASHES[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("sizes", "expected"), CONSISTENCY.items())
def test_consistency_proofs_are_the_published_ones(sizes, expected):
    proof = consistency_proof(*sizes, nodes_of(HASHES))
    assert hexadecimal(proof) == expected
    assert is_consistent(*sizes, proof, *(bytes.fromhex(ROOTS[size - 1]) for size in sizes))


def test_leaves_and_nodes_are_never_taken_for_each_other():
    left, right = HASHES[:2]
    assert leaf(left + right) != node(left, right)


@given(size=st.integers(1, 600))
def test_roots_are_those_of_the_plain_definition(size):
    hashes, frontier, edge = leaves(size), Frontier(), Edge()
    for hashed in hashes:
        frontier.add(hashed)
    list(edge.extend(hashes))
    assert root(hashes) == frontier.root() == edge.root() == plain_root(hashes)


@given(st.data())
def test_inclusion_proofs_are_those_of_the_plain_definition(data):
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    proof = inclusion_proof(index, size, nodes_of(hashes))
    assert proof == plain_path(index, hashes)
    assert is_included(hashes[index], index, size, proof, plain_root(hashes))


@given(st.data())
def test_consistency_proofs_are_those_of_the_plain_definition(data):
    new = data.draw(st.integers(1, 300))
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    proof = consistency_proof(old, new, nodes_of(hashes))
    assert proof == plain_subproof(old, hashes, True)
    assert is_consistent(old, new, proof, plain_root(hashes[:old]), plain_root(hashes))


@given(st.data())
def test_an_altered_inclusion_proof_fails(data):
    size = data.draw(st.integers(2, 300))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    proof, top = plain_path(index, hashes), plain_root(hashes)
    for altered in alterations(data, proof, top):
        assert not is_included(hashes[index], index, size, altered, top)
    assert not is_included(STRANGER, index, size, proof, top)
    assert not is_included(hashes[index], index, size, proof, STRANGER)
    other = data.draw(st.integers(-2, size + 2).filter(lambda number: number != index))
    assert not is_included(hashes[index], other, size, proof, top)


@given(st.data())
def test_an_altered_consistency_proof_fails(data):
    new = data.draw(st.integers(2, 300))
    old = data.draw(st.integers(1, new - 1))
    hashes = leaves(new)
    roots = plain_root(hashes[:old]), plain_root(hashes)
    proof = plain_subproof(old, hashes, True)
    for altered in [*alterations(data, proof, roots[1]), []]:
        assert not is_consistent(old, new, altered, *roots)
    assert not is_consistent(old, new, proof, STRANGER, roots[1])
    assert not is_consistent(old, new, proof, roots[0], STRANGER)
    assert not is_consistent(old, new, proof, *reversed(roots))
    assert not is_consistent(new, old, proof, *roots)


def alterations(data, proof, top):
    """The proof with a bit turned, cut, lengthened, and with something before it."""
    place, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    turned = (int.from_bytes(proof[place], "big") ^ (1 << bit)).to_bytes(32, "big")
    return [
        [*proof[:place], turned, *proof[place + 1 :]],
        proof[:-1],
        [*proof, top],
        [*proof, b""],
        [top, *proof],
        [b"", *proof],
        [*proof[:place], STRANGER, *proof[place:]],
    ]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 0), (2, 1), (1, 1), (-1, 1), (-1, 8)])
def test_there_is_no_proof_of_a_place_outside_of_the_tree(index, size):
    assert not is_included(STRANGER, index, size, [], STRANGER)
    assert not is_included(STRANGER, index, size, [], EMPTY_ROOT)


@pytest.mark.parametrize(
    ("old", "new", "roots", "proof", "holds"),
    [
        (0, 0, "aa", [], True),
        (0, 5, "ab", [], True),
        (3, 3, "aa", [], True),
        (0, 0, "ab", [], False),
        (3, 3, "ab", [], False),
        (1, 0, "ab", [], False),
        (2, 1, "aa", [], False),
        (1, 2, "ab", [], False),
        (0, 5, "ab", [EMPTY_ROOT], False),
        (3, 3, "aa", [EMPTY_ROOT], False),
        (-1, 3, "aa", [], False),
    ],
)
def test_trees_that_need_no_proof_take_none(old, new, roots, proof, holds):
    known = {"a": HASHES[0], "b": HASHES[1]}
    assert is_consistent(old, new, proof, *(known[name] for name in roots)) is holds


@given(start=st.integers(0, 5000), length=st.integers(0, 5000))
def test_a_span_is_covered_by_complete_subtrees_without_gap_or_overlap(start, length):
    covered = [(index << level, (index + 1) << level) for level, index in coordinates((start, start + length))]
    place = start
    for first, end in covered:
        assert first == place
        place = end
    assert place == start + length


def test_adding_leaves_costs_one_hash_each(monkeypatch):
    from policies.ledger import tree

    counted = []
    monkeypatch.setattr(tree, "node", lambda left, right: counted.append(1) or left)
    frontier = Frontier()
    for hashed in leaves(1000):
        frontier.add(hashed)
    assert len(counted) < 1000


@given(before=st.integers(0, 700), added=st.integers(0, 700))
def test_an_edge_that_grows_in_steps_fills_the_same_tiles(before, added):
    hashes = leaves(before + added)
    edge, whole = Edge(), Edge()
    tiles = [*edge.extend(hashes[:before]), *edge.extend(hashes[before:])]
    assert tiles == list(whole.extend(hashes))
    assert edge == whole
    for tile in tiles:
        assert tile.hashes == hashes[tile.index * WIDTH : (tile.index + 1) * WIDTH]


def test_tiles_of_the_second_level_hold_the_roots_of_the_first():
    hashes, edge = leaves(WIDTH * WIDTH + 3), Edge()
    tiles = list(edge.extend(hashes))
    high = tiles.pop()
    assert (high.level, high.index) == (1, 0)
    assert high.hashes == [tile.root for tile in tiles]
    assert edge.root() == root(hashes)
    assert [len(level) for level in edge.levels] == [3, 0, 1]


@given(level=st.integers(0, 9), data=st.data())
def test_every_complete_subtree_is_found_in_its_tile(level, data):
    hashes, edge = BIG, Edge()
    tiles = {(tile.level, tile.index): tile.hashes for tile in edge.extend(hashes)}
    tiles |= {(1, 0): edge.levels[1]}
    index = data.draw(st.integers(0, (len(hashes) >> level) - 1))
    expected = root(hashes[index << level : (index + 1) << level])
    assert hash_in((level, index), tiles[tile_of((level, index))]) == expected


BIG = leaves(WIDTH * 4)


def is_included(leaf_hash, index, size, proof, top):
    return verify_inclusion(leaf_hash=leaf_hash, index=index, size=size, proof=proof, root_hash=top)


def is_consistent(old, new, proof, old_root, new_root):
    return verify_consistency(old=old, new=new, proof=proof, old_root=old_root, new_root=new_root)
