"""Every way to tamper with a ledger, at random places: all are found, and honest ledgers are never accused.

The ordinary suite tries a few places; `make faults` tries 1,000 of each, and 10,000 honest ledgers.
"""

import json
import os
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from common.immutable import changes_allowed
from policies.ledger import proofs, tiles, verifying
from policies.ledger.models import Checkpoint, Entry, Sealed, Tile
from policies.ledger.sealing import seal
from policies.ledger.verify_ledger import verify
from policies.ledger.verifying import problems
from tests.policies.ledger.exported import KINDS, Key, Ledger, leaf, lines, note_of, written
from tests.policies.ledger.growing import FACTS, line
from tests.policies.ledger.growing import lines as grow

RESULTS = Path(__file__).parents[3] / "var" / "faults" / "ledger.json"
SEED = int(os.environ.get("SEED", 20261122))
FEW, MANY = 60, 1_000
FEW_HONEST, MANY_HONEST = 300, 10_000
FEW_ROWS, MANY_ROWS = 30, 1_000


# Exports: what somebody does to a file, or to everything, between an honest ledger and the auditor.


def honest(chance, *, least=1):
    """A small ledger of several checkpoints, keys and kinds of lines."""
    ledger = Ledger(chance)
    for _ in range(chance.randrange(2, 6)):
        if chance.random() < 0.2:
            ledger.rotate()
        ledger.append(chance.randrange(least, 9))
        ledger.seal()
    return ledger


class Tampered:
    """An honest ledger, what an auditor kept of it, and a copy of its export to tamper with."""

    def __init__(self, chance):
        self.chance, self.ledger = chance, honest(chance)
        self.rows = [json.loads(json.dumps(row)) for row in self.ledger.rows]
        self.notes = list(self.ledger.notes)
        kept = chance.randrange(len(self.notes))
        self.held, self.held_size = self.notes[kept], self.ledger.sizes[kept]

    def place(self, end=None):
        return self.chance.randrange(len(self.rows) if end is None else end)

    def found(self):
        return verify(lines(self.rows, self.notes), self.ledger.document(), {"held": self.held}).problems

    def renumbered(self):
        for index, row in enumerate(self.rows):
            row["index"] = index

    def leaf_again(self, row):
        row["leaf"] = leaf(row)

    def sign_all_again(self, key_at):
        """Checkpoints over what is there now, at the old sizes as far as there are so many lines."""
        leaves = [row["leaf"] for row in self.rows]
        sizes = sorted({min(size, len(leaves)) for size in self.ledger.sizes} | {len(leaves)})
        self.notes = [note_of(leaves[:size], *key_at(number)) for number, size in enumerate(sizes)]


def another(row, chance):
    """Other words of the same line: in its facts, kind, date, subject or uid."""
    name = chance.choice(["fact", "new fact", "kind", "date", "subject", "uid"])
    if name == "fact":
        row["facts"] = row["facts"] | {"number": chance.randrange(10, 99)}
    elif name == "new fact":
        row["facts"] = row["facts"] | {f"more {chance.random()}": None}
    elif name == "kind":
        row["kind"] = chance.choice([kind for kind in KINDS if kind != row["kind"]])
    elif name == "date":
        row["happened_at"] = row["happened_at"][:20] + f"{chance.randrange(10**6):06}+00:00"
    elif name == "subject":
        row["subject"] = f"00000000-0000-4000-8000-{chance.randrange(16**12):012x}"
    else:
        row["uid"] = f"{chance.randrange(16**8):08x}{row['uid'][8:]}"


def edited(tampered):
    row = tampered.rows[tampered.place()]
    before = dict(row)
    while row == before:
        another(row, tampered.chance)


def edited_with_its_leaf(tampered):
    row = tampered.rows[tampered.place()]
    before = row["leaf"]
    while row["leaf"] == before:
        another(row, tampered.chance)
        tampered.leaf_again(row)


def with_another_leaf(tampered):
    row = tampered.rows[tampered.place()]
    place = tampered.chance.randrange(64)
    digit = tampered.chance.choice([each for each in "0123456789abcdef" if each != row["leaf"][place]])
    row["leaf"] = row["leaf"][:place] + digit + row["leaf"][place + 1 :]


def deleted(tampered):
    del tampered.rows[tampered.place()]


def deleted_and_renumbered(tampered):
    deleted(tampered)
    tampered.renumbered()


def inserted(tampered):
    tampered.rows.insert(tampered.place(len(tampered.rows) + 1), tampered.ledger.entry())


def inserted_and_renumbered(tampered):
    inserted(tampered)
    tampered.renumbered()


def repeated(tampered):
    row = dict(tampered.rows[tampered.place()])
    tampered.rows.insert(tampered.place(len(tampered.rows) + 1), row)
    tampered.renumbered()


def swapped(tampered):
    """At least two lines differ in every ledger, because uids do."""
    if len(tampered.rows) == 1:
        tampered.rows.append(tampered.ledger.entry())
    one, two = tampered.chance.sample(range(len(tampered.rows)), 2)
    tampered.rows[one], tampered.rows[two] = tampered.rows[two], tampered.rows[one]


def swapped_and_renumbered(tampered):
    swapped(tampered)
    tampered.renumbered()


def truncated(tampered):
    """The last lines are gone, the checkpoints stay."""
    tampered.rows = tampered.rows[: tampered.place()]


def truncated_with_its_checkpoints(tampered):
    """Everything behind a place that lies before what the auditor holds is gone, and nothing shows it."""
    sizes = [size for size in tampered.ledger.sizes if size < tampered.held_size]
    size = tampered.chance.choice(sizes) if sizes else 0
    tampered.rows = tampered.rows[:size]
    tampered.notes = tampered.notes[: len([each for each in tampered.ledger.sizes if each <= size])]


def rewritten_without_the_key(tampered):
    """All leaves and checkpoints anew, signed by a key of the same name that the attacker made."""
    edited_with_its_leaf(tampered)
    stranger = Key(tampered.chance)
    tampered.sign_all_again(lambda number: (tampered.ledger.now, [stranger]))


def rewritten_with_old_signatures(tampered):
    """All leaves and checkpoints anew, with the signatures that were there."""
    edited_with_its_leaf(tampered)
    signatures = [note.rpartition("\n\n")[2] for note in tampered.notes]
    tampered.sign_all_again(lambda number: (tampered.ledger.now, [tampered.ledger.key]))
    texts = [note.rpartition("\n\n")[0] for note in tampered.notes]
    tampered.notes = [f"{text}\n\n{signature}" for text, signature in zip(texts, signatures, strict=False)]


def rewritten_with_a_retired_key(tampered):
    """The attacker found an old key and signs with it what comes after it."""
    tampered.ledger.rotate()
    tampered.ledger.seal()
    tampered.rows, tampered.notes = list(tampered.ledger.rows), list(tampered.ledger.notes)
    tampered.rows.append(tampered.ledger.entry())
    leaves = [row["leaf"] for row in tampered.rows]
    tampered.notes.append(note_of(leaves, tampered.ledger.now + timedelta(minutes=1), [tampered.ledger.keys[-2]]))


def rewritten_with_the_key(tampered):
    """Who has the key makes a ledger without a flaw; the auditor's checkpoint is all that is against it."""
    row = tampered.rows[tampered.place(tampered.held_size)]
    before = row["leaf"]
    while row["leaf"] == before:
        another(row, tampered.chance)
        tampered.leaf_again(row)
    tampered.sign_all_again(lambda number: (tampered.ledger.now, [tampered.ledger.key]))


def shortened_with_the_key(tampered):
    """A line that the auditor's checkpoint seals is taken out, everything after it moves up, all is signed anew."""
    del tampered.rows[tampered.place(tampered.held_size)]
    tampered.renumbered()
    tampered.rows.append(tampered.ledger.entry() | {"index": len(tampered.rows)})
    tampered.sign_all_again(lambda number: (tampered.ledger.now, [tampered.ledger.key]))


MUTATIONS = [
    edited,
    edited_with_its_leaf,
    with_another_leaf,
    deleted,
    deleted_and_renumbered,
    inserted,
    inserted_and_renumbered,
    repeated,
    swapped,
    swapped_and_renumbered,
    truncated,
    truncated_with_its_checkpoints,
    rewritten_without_the_key,
    rewritten_with_old_signatures,
    rewritten_with_a_retired_key,
    rewritten_with_the_key,
    shortened_with_the_key,
]


def missed(mutation, count):
    """How often tampering was not found; the seeds of those."""
    return [seed for seed in range(SEED, SEED + count) if not _is_found(mutation, Random(seed))]


def _is_found(mutation, chance):
    tampered = Tampered(chance)
    mutation(tampered)
    return bool(tampered.found())


def accused(count):
    """Honest ledgers, with what auditors and visitors hold of them, that were found guilty."""
    return [seed for seed in range(SEED, SEED + count) if _accusations(Random(seed))]


def _accusations(chance):
    ledger = honest(chance, least=0)
    held = {str(number): note for number, note in enumerate(ledger.notes) if chance.random() < 0.5}
    some = [row for row in ledger.rows if chance.random() < 0.2]
    receipts = {row["uid"]: ledger.receipt(row) for row in some}
    return verify(ledger.lines(), ledger.document(), held, receipts).problems


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_tampering_with_an_export_is_found(mutation):
    assert missed(mutation, FEW) == []


def test_honest_exports_are_never_accused():
    assert accused(FEW_HONEST) == []


def test_without_what_the_auditor_holds_the_owner_of_the_key_could_rewrite():
    """The limit that the documentation admits, so that nobody takes the tests above for more than they are."""
    tampered = Tampered(Random(SEED))
    rewritten_with_the_key(tampered)
    assert verify(lines(tampered.rows, tampered.notes), tampered.ledger.document()).problems == []
    assert tampered.found()


# Rows: what somebody does who holds the database, triggers lifted.


@pytest.fixture
def small_tiles(monkeypatch):
    """Tiles of eight hashes, so that few lines make several levels of them."""
    for module in (tiles, proofs, verifying):
        monkeypatch.setattr(module, "HEIGHT", 3)
        monkeypatch.setattr(module, "WIDTH", 8)


@pytest.fixture
def sealed(small_tiles, tmp_path, settings, db):
    settings.LEDGER_KEYS = str(tmp_path / "keys")
    for count in (9, 40, 22):
        grow(count)
        seal()
    assert list(problems()) == []


TABLES = ["ledger_entry", "ledger_sealed", "ledger_tile", "ledger_checkpoint"]


class UndoneError(Exception):
    """Ends a tampering."""


@contextmanager
def undone():
    """What happens inside is rolled back."""
    try:
        with transaction.atomic():
            yield
            raise UndoneError
    except UndoneError:
        pass


def statement(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


def put(row, **changes):
    """Write other values into a row, past every rule."""
    fields = {row._meta.get_field(name): value for name, value in changes.items()}
    told = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = [field.get_db_prep_save(value, connection) for field, value in fields.items()]
    statement(f'UPDATE {row._meta.db_table} SET {told} WHERE "{row._meta.pk.column}" = %s', *values, row.pk)


def take_out(row):
    if isinstance(row, Entry):
        statement("DELETE FROM ledger_sealed WHERE entry_id = %s", row.pk)
    statement(f'DELETE FROM {row._meta.db_table} WHERE "{row._meta.pk.column}" = %s', row.pk)


def any_of(model, chance, count=1):
    picked = chance.sample(list(model.objects.order_by("pk")), count)
    return picked if count > 1 else picked[0]


def edit_a_line(chance):
    name, value = chance.choice(
        [
            ("kind", "consent.withdrawn"),
            ("facts", FACTS | {"number": chance.random()}),
            ("happened_at", line().happened_at - timedelta(days=chance.randrange(1, 99))),
            ("subject", line().subject),
            ("uid", line().uid),
            ("leaf", line().leaf),
        ]
    )
    put(any_of(Entry, chance), **{name: value})


def edit_a_line_with_its_leaf(chance):
    other = line(facts={"number": chance.random()})
    put(any_of(Entry, chance), uid=other.uid, subject=other.subject, facts=other.facts, happened_at=other.happened_at)
    row = Entry.objects.get(uid=other.uid)
    told = {name: getattr(row, name) for name in ("uid", "kind", "subject", "happened_at", "facts")}
    put(row, leaf=line_leaf(told))


def line_leaf(told):
    return leaf(
        told | {"uid": str(told["uid"]), "subject": str(told["subject"]), "happened_at": written(told["happened_at"])}
    )


def swap_lines(chance):
    one, two = any_of(Entry, chance, 2)
    words = {name: getattr(one, name) for name in ("kind", "subject", "happened_at", "facts", "leaf")}
    others = {name: getattr(two, name) for name in words}
    put(one, uid=line().uid, **others)
    put(two, uid=one.uid, **words)
    put(one, uid=two.uid)


def delete_a_line(chance):
    take_out(any_of(Entry, chance))


def insert_a_line(chance):
    """With a place at the end that no checkpoint seals."""
    new = line()
    new.save()
    Sealed.objects.create(index=Sealed.objects.count(), entry=new)


def edit_a_place(chance):
    put(any_of(Sealed, chance), index=Sealed.objects.count() + chance.randrange(99))


def swap_places(chance):
    one, two = any_of(Sealed, chance, 2)
    take_out(one)
    put(two, entry=one.entry_id)
    Sealed.objects.create(index=one.index, entry_id=two.entry_id)


def delete_a_place(chance):
    take_out(any_of(Sealed, chance))


def insert_in_the_middle(chance):
    """A new line takes the place of a sealed one, and everything after it moves on."""
    rows = list(Sealed.objects.order_by("index"))
    place = chance.randrange(len(rows))
    new = line()
    new.save()
    statement('DELETE FROM ledger_sealed WHERE "index" >= %s', place)
    later = [new.pk, *(row.entry_id for row in rows[place:])]
    Sealed.objects.bulk_create([Sealed(index=index, entry_id=key) for index, key in enumerate(later, start=place)])


def edit_a_tile(chance):
    tile = any_of(Tile, chance)
    name = chance.choice(["hashes", "root"])
    packed = bytearray(getattr(tile, name))
    packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
    put(tile, **{name: bytes(packed)})


def swap_tiles(chance):
    one, two = any_of(Tile, chance, 2)
    put(one, hashes=bytes(two.hashes), root=bytes(two.root))
    put(two, hashes=bytes(one.hashes), root=bytes(one.root))


def delete_a_tile(chance):
    take_out(any_of(Tile, chance))


def insert_a_tile(chance):
    of = any_of(Tile, chance)
    Tile.objects.create(level=of.level, index=of.index + 1000, hashes=bytes(of.hashes), root=bytes(of.root))


def edit_a_checkpoint(chance):
    row = any_of(Checkpoint, chance)
    place = chance.randrange(len(row.note))
    other = "A" if row.note[place] != "A" else "B"
    changes = {
        "size": row.size + 1000,
        "root": line().leaf,
        "sealed_at": row.sealed_at - timedelta(seconds=chance.randrange(1, 999)),
        "note": row.note[:place] + other + row.note[place + 1 :],
    }
    name = chance.choice(list(changes))
    put(row, **{name: changes[name]})


def swap_checkpoints(chance):
    one, two = any_of(Checkpoint, chance, 2)
    put(one, note=two.note, root=two.root)
    put(two, note=one.note, root=one.root)


def delete_the_last_checkpoint(chance):
    take_out(Checkpoint.objects.order_by("-size").first())


def insert_a_checkpoint(chance):
    """In between, signed by nobody."""
    row = any_of(Checkpoint, chance)
    Checkpoint.objects.create(size=row.size - 1, root=row.root, note=row.note, sealed_at=row.sealed_at)


ROWS = [
    *(edit_a_line, edit_a_line_with_its_leaf, swap_lines, delete_a_line, insert_a_line),
    *(edit_a_place, swap_places, delete_a_place, insert_in_the_middle),
    *(edit_a_tile, swap_tiles, delete_a_tile, insert_a_tile),
    *(edit_a_checkpoint, swap_checkpoints, delete_the_last_checkpoint, insert_a_checkpoint),
]


def missed_rows(mutation, count):
    """The seeds of tamperings with rows that were not found."""
    unseen = []
    for seed in range(SEED, SEED + count):
        with undone(), changes_allowed(TABLES):
            mutation(Random(seed))
            if not list(problems(triggers=False)):
                unseen.append(seed)
    return unseen


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("mutation", ROWS, ids=lambda mutation: mutation.__name__)
def test_tampering_with_rows_is_found(mutation):
    assert missed_rows(mutation, FEW_ROWS) == []
    assert list(problems()) == []


# The long runs, with their figures kept.


def keep(name, tried, wrong):
    print(f"\n{name}: {tried} tried, {len(wrong)} wrong {wrong[:5]}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(known | {name: {"tried": tried, "wrong": len(wrong)}}, indent=2) + "\n")
    assert wrong == []


@pytest.mark.faults
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_all_tampering_with_an_export_is_found(mutation):
    keep(f"export: {mutation.__name__}", MANY, missed(mutation, MANY))


@pytest.mark.faults
def test_no_honest_export_is_accused():
    keep("export: honest", MANY_HONEST, accused(MANY_HONEST))


@pytest.mark.faults
@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("mutation", ROWS, ids=lambda mutation: mutation.__name__)
def test_all_tampering_with_rows_is_found(mutation):
    keep(f"{connection.vendor}: {mutation.__name__}", MANY_ROWS, missed_rows(mutation, MANY_ROWS))
