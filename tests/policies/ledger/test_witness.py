"""What was signed is remembered beside the keys, so that a database that was set back is not signed over."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from common.immutable import changes_allowed
from policies.ledger import verifying
from policies.ledger.actions import append
from policies.ledger.models import Checkpoint, Entry, Kind, Sealed, Tile
from policies.ledger.sealing import LedgerBroken, seal

pytestmark = pytest.mark.django_db

TABLES = [model._meta.db_table for model in (Checkpoint, Sealed, Tile, Entry)]


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.LEDGER_KEYS = str(tmp_path / "keys")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Seals as outside of a test, where a transaction ends."""

    def sealed():
        with django_capture_on_commit_callbacks(execute=True):
            return seal()

    return sealed


def lines(count):
    return [append(kind=Kind.NOTICE_CLOSED, facts={"n": number}) for number in range(count)]


def cut_off(size):
    """Back to the first lines, as a backup of then would have them."""
    with changes_allowed(TABLES), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_checkpoint WHERE size > %s", [size])
        cursor.execute("SELECT entry_id FROM ledger_sealed WHERE %s <= " + connection.ops.quote_name("index"), [size])
        gone = [key for (key,) in cursor.fetchall()]
        cursor.execute("DELETE FROM ledger_sealed WHERE %s <= " + connection.ops.quote_name("index"), [size])
        for key in gone:
            cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [key])


def test_an_honest_ledger_is_sealed_on(committed):
    for size in (3, 6, 7):
        lines(size - Entry.objects.count())
        assert committed().size == size
    assert list(verifying.problems()) == []


def test_a_cut_off_end_is_found_and_not_signed_over(committed):
    lines(3)
    committed()
    lines(4)
    committed()
    cut_off(3)
    assert any("cut off or replaced" in sentence for sentence in verifying.problems())
    lines(1)
    with pytest.raises(LedgerBroken):
        seal()
    assert Checkpoint.objects.get().size == 3


def test_a_restored_backup_is_admitted_in_the_ledger_and_then_sealed_on(committed, django_capture_on_commit_callbacks):
    lines(3)
    committed()
    lines(4)
    lost = committed()
    cut_off(3)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("accept_restored_ledger", because="The disk died; this is the backup of last night.")
    entry = Entry.objects.get(kind="ledger.restored")
    assert (entry.facts["lost"]["size"], entry.facts["lost"]["root"]) == (7, lost.root)
    assert committed().size == 4
    assert list(verifying.problems()) == []


def test_nothing_is_admitted_where_nothing_was_lost(committed):
    lines(3)
    committed()
    with pytest.raises(CommandError):
        call_command("accept_restored_ledger", because="Just in case.")


def test_another_database_beside_the_same_keys_is_another_ledger(committed):
    lines(3)
    committed()
    lines(4)
    committed()
    with changes_allowed(TABLES), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
    lines(2)
    assert committed().size == 2
    assert list(verifying.problems()) == []


def test_a_line_of_a_rotation_that_was_tampered_with_is_a_sentence_and_no_crash():
    append(kind=Kind.KEY_ROTATED, facts={"retired": None})
    append(kind=Kind.KEY_ROTATED, facts=["x"])
    assert sum("rotation of the key" in sentence for sentence in verifying.problems()) == 2
