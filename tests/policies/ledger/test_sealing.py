"""The sealer: every line gets its place once, and what it signs is true."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from common import clock
from common.immutable import changes_allowed, missing_triggers
from config import ROOT
from policies.ledger import keys, proofs, sealing, tiles, verifying
from policies.ledger.actions import append
from policies.ledger.health import lines_are_sealed
from policies.ledger.models import Checkpoint, Entry, Kind, Sealed, Tile
from policies.ledger.notes import opened, parse_checkpoint
from policies.ledger.sealing import LedgerBroken, seal
from policies.ledger.tree import root, verify_consistency, verify_inclusion
from policies.ledger.verifying import problems
from tests.policies.ledger.growing import line, lines

pytestmark = pytest.mark.django_db

TABLES = ["ledger_entry", "ledger_sealed", "ledger_tile", "ledger_checkpoint"]


def sealed_leaves():
    return [bytes.fromhex(leaf) for leaf in Sealed.objects.order_by("index").values_list("entry__leaf", flat=True)]


def change(statement, *values):
    """What somebody does who holds the database."""
    with changes_allowed(TABLES), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


def found():
    return "\n".join(problems())


def test_a_site_where_nothing_happened_has_nothing_to_seal():
    assert seal() is None
    assert not Checkpoint.objects.exists()
    assert found() == ""


def test_the_checkpoint_seals_every_line_and_is_signed():
    first = append(kind=Kind.NOTICE_CLOSED, facts={"number": 1})
    append(kind=Kind.NOTICE_CLOSED, facts={"number": 2})
    checkpoint = seal()
    head = parse_checkpoint(opened(checkpoint.note, keys.published()))
    assert (head.origin, head.size, head.root) == (keys.origin(), 2, root(sealed_leaves()))
    assert head.sealed_at == checkpoint.sealed_at
    assert first.sealed.index == 0
    assert found() == ""


def test_sealing_again_seals_nothing_again():
    lines(3)
    seal()
    assert seal() is None
    assert Checkpoint.objects.count() == 1


def test_lines_stand_in_the_order_in_which_they_happened():
    late = line()
    early = line(happened_at=clock.now() - timedelta(days=1))
    late.save()
    early.save()
    seal()
    assert list(Entry.objects.order_by("sealed__index")) == [early, late]


def test_a_line_that_is_committed_late_is_sealed_although_later_ones_were_before():
    """On PostgreSQL numbers are given out before the commit, so a lower one may appear after a higher one was sealed."""
    slow, quick = line(), line()
    quick.pk = 1000
    quick.save(force_insert=True)
    seal()
    slow.pk = 999
    slow.save(force_insert=True)
    assert seal().size == 2
    assert slow.sealed.index == 1
    assert found() == ""


@pytest.mark.parametrize("steps", [[700], [1, 254, 1, 1, 255, 188], [256, 256, 188]])
def test_a_tree_that_grows_in_steps_is_the_tree_of_all_its_lines(steps):
    for count in steps:
        lines(count)
        assert seal().root == root(sealed_leaves()).hex()
    assert list(Tile.objects.order_by("index").values_list("level", "index")) == [(0, 0), (0, 1)]
    assert found() == ""


def test_large_backlogs_are_sealed_in_batches_each_with_its_checkpoint(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 300)
    lines(700)
    assert seal().size == 700
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [300, 600, 700]
    assert found() == ""


@pytest.fixture
def small_tiles(monkeypatch):
    """Tiles of eight hashes, so that a few hundred lines make a tree of several levels of them."""
    for module in (tiles, proofs, verifying):
        monkeypatch.setattr(module, "HEIGHT", 3)
    for module in (tiles, proofs):
        monkeypatch.setattr(module, "WIDTH", 8)


@pytest.mark.usefixtures("small_tiles")
def test_tiles_of_every_level_are_stored_and_prove():
    for count in (511, 1, 88):
        lines(count)
        seal()
        assert found() == ""
    assert set(Tile.objects.values_list("level", flat=True)) == {0, 1, 2}
    assert all(proves(index, size) for index, size in [(0, 600), (599, 600), (511, 512), (17, 513), (64, 65)])


@pytest.mark.usefixtures("small_tiles")
def test_a_changed_tile_of_a_higher_level_is_named():
    lines(600)
    seal()
    change("UPDATE ledger_tile SET hashes = (SELECT hashes FROM ledger_tile WHERE level = 0 LIMIT 1) WHERE level = 2")
    assert found() == "The tile 2/0 of the tree does not follow from those below it."


def test_a_proof_takes_a_handful_of_reads(django_assert_max_num_queries):
    lines(1000)
    seal()
    with django_assert_max_num_queries(3):
        proofs.inclusion(17, 1000)
    with django_assert_max_num_queries(3):
        proofs.consistency(300, 1000)


def proves(index, size):
    leaves = sealed_leaves()
    return verify_inclusion(
        leaf_hash=leaves[index],
        index=index,
        size=size,
        proof=proofs.inclusion(index, size),
        root_hash=root(leaves[:size]),
    )


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 600])
def test_stored_proofs_hold_at_every_size(size):
    lines(600)
    seal()
    leaves = sealed_leaves()
    assert proofs.root_at(size) == root(leaves[:size])
    assert all(proves(index, size) for index in {0, size // 2, size - 1})
    assert verify_consistency(
        old=size,
        new=600,
        proof=proofs.consistency(size, 600),
        old_root=root(leaves[:size]),
        new_root=root(leaves),
    )


def test_a_sealer_that_dies_leaves_nothing_half_done(monkeypatch):
    lines(300)
    monkeypatch.setattr(keys, "signers", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        seal()
    assert not Sealed.objects.exists()
    assert not Tile.objects.exists()
    monkeypatch.undo()
    assert seal().size == 300


def test_nothing_is_signed_over_a_tree_that_was_changed():
    lines(300)
    seal()
    change("UPDATE ledger_tile SET root = hashes")
    lines(1)
    with pytest.raises(LedgerBroken):
        seal()
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_what_is_kept(table, statement):
    if "TRUNCATE" in statement and connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    lines(256)
    seal()
    column = {"ledger_entry": "kind", "ledger_sealed": "entry_id", "ledger_tile": "root"}.get(table, "note")
    connection.check_constraints()  # PostgreSQL truncates no table of which it still has something to check
    with pytest.raises(DatabaseError, match="are never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))


def test_every_table_of_the_ledger_has_its_triggers():
    assert {model._meta.db_table for model in verifying.TABLES} == set(TABLES)
    assert missing_triggers(TABLES) == []


def test_a_trigger_that_was_dropped_is_missed():
    name = "no_change" if connection.vendor == "postgresql" else "no_update"
    with connection.cursor() as cursor:
        on = " ON ledger_tile" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_tile_{name}{on}")
    assert missing_triggers(TABLES) == [f"ledger_tile.ledger_tile_{name}"]
    assert f"The table ledger_tile can be changed: its trigger ledger_tile_{name} is missing." in found()


def test_a_trigger_that_was_made_harmless_is_missed():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_tile DISABLE TRIGGER ledger_tile_no_truncate")
            expected = "ledger_tile.ledger_tile_no_truncate"
        else:
            cursor.execute("DROP TRIGGER ledger_tile_no_delete")
            cursor.execute("CREATE TRIGGER ledger_tile_no_delete BEFORE DELETE ON ledger_tile BEGIN SELECT 1; END")
            expected = "ledger_tile.ledger_tile_no_delete"
    assert missing_triggers(TABLES) == [expected]


def test_an_edited_line_is_named():
    lines(300)
    seal()
    change("UPDATE ledger_entry SET kind = 'consent.withdrawn' WHERE id = %s", Sealed.objects.get(index=17).entry_id)
    assert "Line 17 of the ledger is not what was entered" in found()


def test_a_line_edited_with_its_leaf_is_named():
    lines(300)
    seal()
    other = line()
    change(
        "UPDATE ledger_entry SET uid = %s, kind = %s, subject = %s, happened_at = %s, leaf = %s WHERE id = %s",
        *(other.uid.hex if connection.vendor == "sqlite" else other.uid, other.kind),
        *(other.subject.hex if connection.vendor == "sqlite" else other.subject, other.happened_at, other.leaf),
        Sealed.objects.get(index=17).entry_id,
    )
    assert "Line 17 of the ledger is not the one that was sealed there" in found()
    assert "The first 300 lines are not those that were sealed" in found()


def test_a_missing_line_is_named():
    lines(300)
    seal()
    change('DELETE FROM ledger_sealed WHERE "index" = 17')
    assert "Line 17 of the ledger is missing; the next one there is 18." in found()


def test_missing_lines_at_the_end_are_named():
    lines(300)
    seal()
    change('DELETE FROM ledger_sealed WHERE "index" >= 298')
    assert "Line 298 of the ledger is missing; the next one there is 300." in found()


def test_swapped_lines_are_named():
    lines(300)
    seal()
    one, two = Sealed.objects.get(index=17).entry_id, Sealed.objects.get(index=40).entry_id
    change('DELETE FROM ledger_sealed WHERE "index" IN (17, 40)')
    Sealed.objects.bulk_create([Sealed(index=17, entry_id=two), Sealed(index=40, entry_id=one)])
    assert "Line 17 of the ledger is not the one that was sealed there (with it 2 of its tile)" in found()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE ledger_checkpoint SET root = 'ab'", "stored otherwise than it was signed"),
        ("UPDATE ledger_checkpoint SET note = 'nothing'", "The checkpoint of 300 lines is not signed"),
        ("DELETE FROM ledger_checkpoint", "Lines up to 299 are in the tree, but the last checkpoint seals 0."),
        ("DELETE FROM ledger_tile", "The tile 0/0 of the tree is missing."),
        ("UPDATE ledger_tile SET root = hashes", "The tile 0/0 of the tree has another root than its lines."),
        ("UPDATE ledger_tile SET hashes = root", "The tile 0/0 of the tree is cut."),
        ('UPDATE ledger_tile SET "index" = 1', "The tile 0/1 is stored, but the tree has no such tile."),
    ],
)
def test_what_is_wrong_with_the_tree_is_said(statement, sentence):
    lines(300)
    seal()
    change(statement)
    assert sentence in found()


def test_a_leaf_that_is_no_hash_is_reported_and_does_no_more_harm():
    lines(300)
    seal()
    change("UPDATE ledger_entry SET leaf = 'x' WHERE id = %s", Sealed.objects.get(index=17).entry_id)
    assert "Line 17 of the ledger is not what was entered" in found()


def test_a_sealer_that_stopped_is_noticed():
    append(kind=Kind.NOTICE_CLOSED, facts={})
    assert found() == lines_are_sealed() == ""
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert "1 lines have waited longer than 10 minutes" in found()
        assert lines_are_sealed()
        seal()
        assert found() == lines_are_sealed() == ""


@pytest.mark.parametrize(
    "facts",
    [
        {"پالیسی": "رازداری", "é": "e\u0301", "nested": {"\U0001f600": [1, None, True], "\ue000": "\x7f"}},
        {"largest": 2**53 - 1, "smallest": -(2**53) + 1, "text": 'quote " slash \\ / line \n tab \t \u2028'},
        {"half": 0.5, "whole": 1.0, "tiny": 1e-7},
        {},
    ],
)
def test_every_kind_of_fact_is_worked_out_again_as_it_was_entered(facts):
    line(facts=facts).save()
    seal()
    assert found() == ""


def test_a_moment_without_fractions_is_worked_out_again_as_it_was_entered():
    line(happened_at=datetime(2026, 12, 22, 10, tzinfo=UTC)).save()
    append(kind=Kind.NOTICE_CLOSED, facts={})
    seal()
    assert found() == ""


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL takes no such values")
@pytest.mark.parametrize("column", ["uid", "subject", "happened_at"])
@pytest.mark.parametrize("value", ["x", "2026-13-40 10:00:00", "F" * 32, ""])
def test_values_that_cannot_be_read_are_reported(column, value):
    lines(3)
    seal()
    change(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", value, Sealed.objects.get(index=1).entry_id)
    assert "Line 1 of the ledger is not what was entered" in found()


@pytest.mark.parametrize("words", ['{"a": 1e999}', '{"a": 9007199254740992}', '{"a": "\\ud800"}'])
def test_facts_that_have_no_canonical_form_are_reported(words):
    if connection.vendor == "postgresql" and "ud800" in words:
        pytest.skip("PostgreSQL stores no lone surrogates")
    lines(3)
    seal()
    key = Sealed.objects.get(index=1).entry_id
    if "1e999" in words and connection.vendor == "postgresql":
        words = '{"a": 0.1e-5}'
    change("UPDATE ledger_entry SET facts = %s WHERE id = %s", words, key)
    assert "Line 1 of the ledger is not what was entered" in found()


SEALER = """
import sys
sys.path[:0] = ["site", "."]
import django
django.setup()
from django.conf import settings
from django.db import connection
settings.LEDGER_KEYS, connection.settings_dict["NAME"] = sys.argv[1:]
from policies.ledger.sealing import seal
seal()
"""


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_give_every_line_one_place(tmp_path, settings):
    """Two processes, on either database; both make the first key at once as well."""
    settings.LEDGER_KEYS = str(tmp_path)
    lines(5000)
    command = [sys.executable, "-c", SEALER, str(tmp_path), str(connection.settings_dict["NAME"])]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    started = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]
    assert [process.wait(timeout=120) for process in started] == [0, 0]
    assert Sealed.objects.count() == 5000
    assert len(keys.published()) == 1
    assert found() == ""
