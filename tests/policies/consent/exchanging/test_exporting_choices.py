"""What an auditor takes along."""

import csv
import io
import json
import tracemalloc
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from common import clock
from policies.consent.exchanging.exporting import AT_ONCE, COLUMNS, records, write_csv, write_jsonl
from policies.ledger.actions import line
from policies.ledger.models import Entry, Kind
from policies.ledger.rules import leaf_hash
from policies.ledger.sealing import seal
from tests.policies.consent.visitors import Visitor, ledger


def exported(**options):
    out = io.StringIO()
    call_command("export_choices", stdout=out, **options)
    return out.getvalue()


def test_every_choice_is_there_with_its_proof(sara, version):
    sara.answers(performance="yes", targeting="no")
    Visitor().answers(all="no")
    seal()
    first, second = (json.loads(row) for row in exported().splitlines())
    entry = ledger()[0]
    assert first["decisions"] == [
        {"purpose": "performance", "state": "given", "until": entry.facts["given"]["performance"]},
        {"purpose": "targeting", "state": "refused", "until": entry.facts["refused"]["targeting"]},
    ]
    assert (first["uid"], first["leaf"], first["index"]) == (str(entry.uid), entry.leaf, 0)
    assert (first["wording"], first["method"]) == (entry.facts["wording"], "form")
    assert first["version"]["permalink"] == version.permalink
    assert first["subject"] == str(entry.subject)
    assert second["subject"] is None


def test_the_leaf_can_be_worked_out_from_the_export(sara):
    sara.answers(performance="yes")
    told = json.loads(exported())
    entry = Entry.objects.get(uid=told["uid"])
    assert told["happened_at"] == entry.happened_at.isoformat(timespec="microseconds")
    parts = {"uid": entry.uid, "subject": entry.subject, "happened_at": entry.happened_at}
    assert leaf_hash(**parts, kind=told["kind"], facts=told["facts"]) == told["leaf"]


def test_a_spreadsheet_has_a_row_for_each_decision(sara):
    sara.answers(performance="yes", targeting="no")
    rows = list(csv.DictReader(io.StringIO(exported(format="csv"))))
    assert [(row["purpose"], row["state"]) for row in rows] == [("performance", "given"), ("targeting", "refused")]
    assert rows[0]["index"] == ""
    assert set(rows[0]) == set(COLUMNS)


def test_no_cell_is_run_as_a_formula(db):
    facts = {"given": {"performance": "2027-01-01"}, "method": "signed_import", "language": "=1+1"}
    line(kind=Kind.CONSENT_GIVEN, facts=facts | {"foreign": {"system": "@SUM(A1)"}}).save(force_insert=True)
    [row] = csv.DictReader(io.StringIO(exported(format="csv")))
    assert (row["language"], row["foreign_system"]) == ("'=1+1", "'@SUM(A1)")


def test_only_what_happened_since_a_day(sara):
    with time_machine.travel(clock.now() + timedelta(days=3)):
        sara.answers(performance="yes")
        today = clock.today()
        assert exported(since=today)
        assert not exported(since=today + timedelta(days=1))


def test_lines_about_something_else_are_left_out(sara):
    line(kind=Kind.NOTICE_CLOSED, facts={}).save(force_insert=True)
    assert exported() == ""


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "1"])
def test_a_day_that_is_none_is_told(db, day):
    with pytest.raises(CommandError, match="2026-12-22"):
        call_command("export_choices", f"--since={day}")


def test_a_file_is_written_whole_or_not_at_all(sara, tmp_path, monkeypatch):
    sara.answers(performance="yes")
    file = tmp_path / "choices.jsonl"
    call_command("export_choices", str(file), stdout=io.StringIO())
    before = file.read_text()
    monkeypatch.setattr("policies.consent.exchanging.exporting.told_by", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("export_choices", str(file), stdout=io.StringIO())
    assert file.read_text() == before


def test_a_folder_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_choices", str(tmp_path / "nowhere" / "x"))


MOST = 12_000_000
"""Bytes: about 2,000 lines in memory, with room; all 6,000 take three times as much."""


class _Nowhere(io.TextIOBase):
    def write(self, words):
        return len(words)


@pytest.mark.parametrize("write", [write_jsonl, write_csv])
def test_many_lines_take_no_more_memory_than_a_few_at_once(db, write):
    facts = {"given": {"performance": "2027-01-01"}, "method": "form", "wording": "0" * 64}
    rows = [line(kind=Kind.CONSENT_GIVEN, facts=facts) for _ in range(3 * AT_ONCE)]
    Entry.objects.bulk_create(rows, batch_size=1000)
    del rows
    tracemalloc.start()
    assert write(_Nowhere(), records()) == 3 * AT_ONCE
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST
