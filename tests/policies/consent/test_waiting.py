"""The record is out of order; choices hold all the same, wait, and are entered once, with their own time."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, connections
from django.test import override_settings

from common import clock
from common.health import examine
from policies.consent.models import Choice, Wording
from policies.consent.projecting import differences
from policies.consent.remembering import read_token
from policies.consent.waiting import record_waiting
from policies.ledger.models import Entry
from tests.policies.consent.visitors import Visitor, ledger, told

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "a-key-of-her-own-for-this-form"


@pytest.fixture(autouse=True)
def queue(tmp_path):
    with override_settings(CONSENT_QUEUE=str(tmp_path / "queue")):
        yield tmp_path / "queue"


@contextmanager
def missing(table):
    """The table is gone for a while."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table}_elsewhere RENAME TO {table}")


@contextmanager
def no_ledger():
    with missing(Entry._meta.db_table):
        yield


def granted(visitor):
    return {code for code, answer in read_token(visitor.cookie).answers.items() if answer.granted}


def choose_without_a_record(visitor, **fields):
    visitor.opens_the_page()
    with no_ledger():
        answer = visitor.sends(**fields)
    assert answer.status_code == 303, answer.content.decode()
    return answer


def test_the_choice_holds_although_the_ledger_is_gone(sara, queue):
    choose_without_a_record(sara, performance="yes", targeting="no")
    assert granted(sara) == {"performance"}
    assert sara.opens_the_page().ticked == {"performance": "yes", "targeting": "no"}
    assert not ledger()
    [file] = queue.glob("*.json")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("table", [Wording._meta.db_table, "limits_window", Choice._meta.db_table])
def test_it_holds_whichever_table_is_missing(sara, table):
    sara.opens_the_page()
    with missing(table):
        assert sara.sends(all="yes").status_code == 303
    assert granted(sara) == {"performance", "functional", "targeting"}


def test_it_is_entered_later_with_the_time_at_which_it_was_made(sara, queue):
    choose_without_a_record(sara, all="yes")
    [file] = queue.glob("*.json")
    waited = json.loads(file.read_text())
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert record_waiting() == 1
    [line] = ledger()
    assert str(line.uid) == waited["uid"]
    assert line.happened_at.isoformat() == waited["at"]
    assert line.subject == read_token(sara.cookie).subject
    assert line.facts["waited"] is True
    assert not list(queue.glob("*"))
    assert list(differences()) == []


def test_refusals_wait_without_an_id(sara, queue):
    choose_without_a_record(sara, all="no")
    assert read_token(sara.cookie).subject is None
    record_waiting()
    assert ledger()[0].subject is None


def test_two_workers_at_once_enter_it_once(sara):
    people = [Visitor() for _ in range(6)]
    for person in people:
        person.opens_the_page()
    with no_ledger():
        for person in people:
            person.sends(all="yes")

    def tick(_):
        try:
            return record_waiting()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(tick, range(4)))
    assert len(ledger()) == 6
    assert {line.subject for line in ledger()} == {read_token(person.cookie).subject for person in people}


def test_a_worker_killed_after_the_line_and_before_the_file_was_gone_repeats_nothing(sara, queue):
    choose_without_a_record(sara, all="yes")
    [file] = queue.glob("*.json")
    words = file.read_text()
    record_waiting()
    file.write_text(words)
    record_waiting()
    assert len(ledger()) == 1
    assert not list(queue.glob("*"))


def test_what_she_said_meanwhile_stands(sara):
    choose_without_a_record(sara, all="yes")
    sara.answers(all="no")
    assert record_waiting() == 1
    assert not Choice.objects.granted().exists()
    assert sorted(state for state, _, _ in told()) == ["given"] * 3 + ["withdrawn"] * 3
    assert list(differences()) == []


def test_a_withdrawal_that_waited_is_entered(sara):
    sara.answers(all="yes")
    choose_without_a_record(sara, all="no")
    assert granted(sara) == set()
    record_waiting()
    assert not Choice.objects.granted().exists()
    assert [state for state, _, _ in told()][3:] == ["withdrawn"] * 3


def test_one_key_waits_once_and_is_refused_for_something_else(sara, queue):
    sara.opens_the_page()
    with no_ledger():
        sara.sends(all="yes", key=KEY)
        first = sara.cookie
        lost = Visitor()
        lost.page = sara.page
        assert lost.sends(all="yes", key=KEY).status_code == 303
        assert lost.cookie == first
        assert lost.sends(all="no", key=KEY).status_code == 422
    assert len(list(queue.glob("*.json"))) == 1
    record_waiting()
    assert len(ledger()) == 1
    sara.opens_the_page().sends(all="yes", key=KEY)
    assert sara.cookie == first
    assert len(ledger()) == 1


def test_it_goes_on_waiting_while_the_ledger_is_away(sara, queue):
    choose_without_a_record(sara, all="yes")
    with no_ledger():
        assert record_waiting() == 0
    assert len(list(queue.glob("*.json"))) == 1


def test_operators_see_that_choices_wait_and_that_some_need_a_look(sara, queue):
    assert examine()["choices"] == ""
    choose_without_a_record(sara, all="yes")
    assert examine()["choices"].startswith("1 choices wait to be recorded")
    [file] = queue.glob("*.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"wording": "0" * 64}))
    (queue / "torn.json").write_text('{"uid": ')
    assert record_waiting() == 0
    assert "2 choices were put aside" in examine()["choices"]
    assert not ledger()


def test_a_full_disk_loses_the_record_and_not_the_choice(sara, queue, caplog):
    queue.write_text("a file where the folder should be")
    with caplog.at_level(logging.CRITICAL):
        choose_without_a_record(sara, all="yes")
    assert granted(sara) == {"performance", "functional", "targeting"}
    assert "neither recorded nor put into the queue" in caplog.text


def test_nothing_of_ours_holds_the_address_of_whoever_chose(sara, queue, caplog):
    address = "203.0.113.77"
    sara.browser.defaults["REMOTE_ADDR"] = address
    with caplog.at_level(logging.DEBUG):
        sara.answers(all="yes")
        choose_without_a_record(sara, all="no")
        Visitor().browser.get("/choices/", REMOTE_ADDR=address)
    files = [file for file in Path(queue).rglob("*") if file.is_file()]
    assert files
    assert all("203.0.113" not in file.read_text() for file in files)
    assert "203.0.113" not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113" not in str(cursor.fetchall()), table
