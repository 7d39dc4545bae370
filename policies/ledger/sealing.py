"""The sealer: gives lines their place in the tree and signs what the tree is then."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction

from common import clock

from . import keys, proofs
from .models import Checkpoint, Entry, Sealed, Tile
from .notes import Head, checkpoint_text, signed
from .tiles import Edge, FullTile
from .witness import Seen, remember, seen

logger = logging.getLogger(__name__)

BATCH = 20_000
"""Lines that one checkpoint seals at most: a transaction of well under a second, for which writers wait on SQLite."""
ROWS = 5_000
"""Rows of one INSERT."""
LOCK = 0x6B657074
"""The number of the sealers' lock in PostgreSQL: the letters "kept"."""


class LedgerBroken(RuntimeError):
    """The stored tree is not the one that was signed last. Nothing is signed over it; `manage.py verify` says more."""


def seal() -> Checkpoint | None:
    """Seal what is not sealed yet, and give the newest checkpoint of it; nothing where there was nothing to seal.

    May be called at any time and by several at once: they wait for each other, and the second finds nothing to do. Killed
    half-way it leaves what was sealed in whole batches.
    """
    newest = None
    while Entry.objects.unsealed().exists():
        sealed = _seal_batch()
        if sealed is None:
            break
        newest = sealed
    return newest


@contextmanager
def only_sealer() -> Iterator[None]:
    """A transaction in which nobody else seals."""
    with transaction.atomic():
        # On SQLite the transaction itself is the lock: it is an IMMEDIATE one.
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def _seal_batch() -> Checkpoint | None:
    with only_sealer():
        lines = _next_lines()
        if not lines:
            return None
        edge = _edge()
        _place(lines, first=edge.size)
        tiles = list(edge.extend(bytes.fromhex(leaf) for _, leaf in lines))
        Tile.objects.bulk_create([_row(tile) for tile in tiles])
        return _signed(edge)


def _next_lines() -> list[tuple[int, str]]:
    """The oldest lines that are committed and not sealed: their ids and leaves."""
    waiting = Entry.objects.unsealed().order_by("happened_at", "pk")
    return list(waiting.values_list("pk", "leaf")[:BATCH])


def _edge() -> Edge:
    """The edge of the tree as it is stored, which must be the tree that was signed last."""
    last = Checkpoint.objects.order_by("-size").first()
    edge = proofs.edge(last.size if last else 0)
    if last and edge.root().hex() != last.root:
        raise LedgerBroken(f"the tree of {last.size} lines is not the one that was signed")
    if is_set_back(last):
        raise LedgerBroken("more was signed than is here: was a backup restored? See accept_restored_ledger")
    return edge


def is_set_back(last: Checkpoint | None) -> bool:
    """Whether the keys have signed more of this log, or something else, than the database holds."""
    known = seen(first_leaf())
    if known is None or known.size == 0:
        return False
    return last is None or last.size < known.size or proofs.root_at(known.size).hex() != known.root


def first_leaf() -> str:
    """The leaf of the first line, by which a log is known; empty before anything was sealed."""
    first = Sealed.objects.filter(index=0).values_list("entry__leaf", flat=True).first()
    return first or ""


def _place(lines: list[tuple[int, str]], *, first: int) -> None:
    places = [Sealed(index=index, entry_id=key) for index, (key, _) in enumerate(lines, start=first)]
    Sealed.objects.bulk_create(places, batch_size=ROWS)


def _row(tile: FullTile) -> Tile:
    return Tile(level=tile.level, index=tile.index, hashes=b"".join(tile.hashes), root=tile.root)


def _signed(edge: Edge) -> Checkpoint:
    """Sign the tree; a key that was retired meanwhile signs a last time beside its successor, and is destroyed."""
    signers, root, now = keys.signers(), edge.root(), clock.now()
    note = signed(checkpoint_text(Head(keys.origin(), edge.size, root, now)), *signers)
    transaction.on_commit(partial(keys.forget, [key.kid for key in signers[1:]]))
    transaction.on_commit(partial(_remember, edge.size, root.hex()))
    return Checkpoint.objects.create(size=edge.size, root=root.hex(), note=note, sealed_at=now)


def _remember(size: int, root: str) -> None:
    remember(Seen(first_leaf(), size, root))
