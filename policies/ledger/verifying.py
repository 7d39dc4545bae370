"""The ledger worked out again from its lines: every leaf, the order, the stored tree, and what was signed of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from common import clock
from common.immutable import missing_triggers

from . import keys
from .keys import PublicKey
from .lines import Line, sealed_lines
from .models import Checkpoint, Entry, Kind, Sealed, Tile
from .notes import BadNote, opened, parse_checkpoint
from .sealing import is_set_back
from .tiles import HEIGHT, WIDTH, Edge, FullTile, cut
from .tree import Frontier

SEALED_WITHIN = timedelta(minutes=10)
"""A line that waits longer means that nobody seals; a worker does it twice a minute."""
TABLES = (Entry, Sealed, Tile, Checkpoint)


def problems(*, triggers: bool = True) -> Iterator[str]:
    """What is wrong, in sentences that say where. New lines may be entered and sealed meanwhile."""
    if triggers:
        yield from _open_tables()
    # What is stored is looked up before the last checkpoint: what is sealed in between is then no excess.
    places, tiles = _last_place(), _last_tiles()
    last = Checkpoint.objects.order_by("-size").first()
    size = last.size if last else 0
    yield from _excess(places, tiles, size)
    yield from _set_back(last)
    yield from Recount(size).problems()
    yield from _unsealed()
    yield from _rotations()


class Recount:
    """One walk along the lines, which grows the tree anew and compares what is stored on the way."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.frontier = Frontier()
        self.edge = Edge()
        self.leaves: list[bytes] = []
        self.keys = keys.published()
        self.wrong_roots: list[int] = []

    def problems(self) -> Iterator[str]:
        checkpoints = Checkpoint.objects.filter(size__lte=self.size).order_by("size").iterator(chunk_size=500)
        checkpoint = next(checkpoints, None)
        for line in sealed_lines(self.size):
            if line.place != self.frontier.size:
                # Without the missing line no hash after it can be worked out.
                yield from _gap(self.frontier.size, line.place)
                break
            if line.found != line.leaf:
                yield _edited(line)
            self._add(_hash(line.leaf))
            if len(self.leaves) == WIDTH:
                yield from self._tiles()
            while checkpoint and checkpoint.size <= self.frontier.size:
                yield from self._checkpoint(checkpoint)
                checkpoint = next(checkpoints, None)
        else:
            if self.frontier.size < self.size:
                yield from _gap(self.frontier.size, self.size)
        yield from self._roots()

    def _add(self, leaf: bytes) -> None:
        self.frontier.add(leaf)
        self.leaves.append(leaf)

    def _tiles(self) -> Iterator[str]:
        """Many lines in one go, because it is quicker."""
        for tile in self.edge.extend(self.leaves):
            yield from _tile(tile)
        self.leaves = []

    def _checkpoint(self, checkpoint: Checkpoint) -> Iterator[str]:
        if self.frontier.root().hex() != checkpoint.root:
            self.wrong_roots.append(checkpoint.size)
        try:
            head = parse_checkpoint(opened(checkpoint.note, self._valid(checkpoint)))
        except BadNote as bad:
            words = _("The checkpoint of %(size)d lines is not signed: %(why)s.")
            yield words % {"size": checkpoint.size, "why": bad}
            return
        said = (head.size, head.root.hex(), head.sealed_at)
        if said != (checkpoint.size, checkpoint.root, checkpoint.sealed_at) or head.origin != keys.origin():
            yield _("The checkpoint of %(size)d lines is stored otherwise than it was signed.") % {
                "size": checkpoint.size
            }

    def _valid(self, checkpoint: Checkpoint) -> list[PublicKey]:
        """A key that had been retired vouches for nothing new."""
        return [key for key in self.keys if not key.retired_at or key.retired_at >= checkpoint.sealed_at]

    def _roots(self) -> Iterator[str]:
        """The first is named, because all that follow differ with it."""
        if self.wrong_roots:
            words = _(
                "The first %(size)d lines are not those that were sealed; %(count)d checkpoints from there on differ."
            )
            yield words % {"size": self.wrong_roots[0], "count": len(self.wrong_roots)}


def _open_tables() -> Iterator[str]:
    for name in missing_triggers([model._meta.db_table for model in TABLES]):
        table, _dot, trigger = name.rpartition(".")
        words = _("The table %(table)s can be changed: its trigger %(trigger)s is missing.")
        yield words % {"table": table, "trigger": trigger}


def _last_place() -> int:
    last = Sealed.objects.aggregate(last=Max("index"))["last"]
    return -1 if last is None else last


def _last_tiles() -> dict[int, int]:
    return dict(Tile.objects.values_list("level").annotate(last=Max("index")).order_by("level"))


def _excess(places: int, tiles: dict[int, int], size: int) -> Iterator[str]:
    """What lies beyond everything that was signed."""
    if places >= size:
        words = _("Lines up to %(place)d are in the tree, but the last checkpoint seals %(size)d.")
        yield words % {"place": places, "size": size}
    for level, last in tiles.items():
        if last >= size >> HEIGHT * (level + 1):
            words = _("The tile %(level)d/%(index)d is stored, but the tree has no such tile.")
            yield words % {"level": level, "index": last}


def _edited(line: Line) -> str:
    words = _("Line %(index)d of the ledger is not what was entered: its leaf is %(leaf)s, its words give %(found)s.")
    return words % {"index": line.place, "leaf": line.leaf[:12], "found": line.found[:12] or _("none")}


def _gap(first: int, end: int) -> Iterator[str]:
    words = _("Line %(first)d of the ledger is missing; the next one there is %(next)d.")
    yield words % {"first": first, "next": end}


def _tile(expected: FullTile) -> Iterator[str]:
    """Compare a tile with the stored one; where leaves differ, say which."""
    place = {"level": expected.level, "index": expected.index}
    stored = Tile.objects.filter(**place).first()
    if stored is None:
        yield _("The tile %(level)d/%(index)d of the tree is missing.") % place
        return
    if bytes(stored.root) != expected.root:
        yield _("The tile %(level)d/%(index)d of the tree has another root than its lines.") % place
    pairs = zip(cut(bytes(stored.hashes)), expected.hashes, strict=False)
    differing = [number for number, (kept, found) in enumerate(pairs) if kept != found]
    if len(bytes(stored.hashes)) != len(b"".join(expected.hashes)):
        yield _("The tile %(level)d/%(index)d of the tree is cut.") % place
    elif differing and expected.level == 0:
        first = (expected.index << HEIGHT) + differing[0]
        words = _("Line %(first)d of the ledger is not the one that was sealed there (with it %(count)d of its tile).")
        yield words % {"first": first, "count": len(differing)}
    elif differing:
        yield _("The tile %(level)d/%(index)d of the tree does not follow from those below it.") % place


def _unsealed() -> Iterator[str]:
    waiting = Entry.objects.unsealed().filter(happened_at__lt=clock.now() - SEALED_WITHIN).count()
    if waiting:
        words = _("%(count)d lines have waited longer than %(minutes)d minutes to be sealed. Does a worker run?")
        yield words % {"count": waiting, "minutes": SEALED_WITHIN.total_seconds() // 60}


def _rotations() -> Iterator[str]:
    """Every retired key has its line, and each line its key."""
    retired = {key.kid for key in keys.published() if key.retired_at}
    facts = Entry.objects.filter(kind=Kind.KEY_ROTATED).values_list("facts", flat=True)
    entered = {_kid(each) for each in facts}
    for kid in sorted(retired ^ entered):
        yield _("The rotation of the key %(kid)s is not in the ledger and in its folder alike.") % {"kid": kid}


def _kid(facts: Any) -> str:
    """The key that a line says was retired; of a line that was tampered with, whatever stands there."""
    try:
        return str(facts["retired"]["kid"])
    except (KeyError, TypeError):
        return str(facts)[:40]


def _set_back(last: Checkpoint | None) -> Iterator[str]:
    if is_set_back(last):
        yield _(
            "The keys have signed other or more lines of this ledger than are here: lines were cut off or replaced."
        )


def _hash(leaf: str) -> bytes:
    """A leaf that is no hash was reported; something has to stand in its place."""
    try:
        return bytes.fromhex(leaf)
    except ValueError:
        return b""
