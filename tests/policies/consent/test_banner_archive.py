"""The archive is written by whoever shows a wording first, and a page is shown even where it cannot be written."""

import sqlite3
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.db.backends.signals import connection_created

from common.canonical import canonical
from policies.consent import filing
from policies.consent.knowing import Known, forget
from policies.consent.models import Wording
from policies.consent.wordings import wording_in_force, wording_of, wording_shown
from policies.controller.models import Controller
from policies.versions.modes import rehearsing
from tests.factories import policy
from tests.policies.consent.readers import Reader
from tests.policies.consent.visitors import told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def page():
    """A policy in force, and the footer's own settings, which the first page of a new site writes."""
    filing._Failure.at = float("-inf")
    found = policy()
    Controller.for_site(found.get_site())
    yield found
    filing._Failure.at = float("-inf")


@contextmanager
def somebody_else_writing():
    """Another program holds the database, or the table, for as long as this lasts."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
        other = psycopg.connect(**{name: settings[key] for name, key in keys.items() if settings[key]})
        other.execute("LOCK TABLE consent_wording IN EXCLUSIVE MODE")
    else:
        other = sqlite3.connect(settings["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def nobody_may_write():
    """Each connection made meanwhile can only read."""
    postgresql = connection.vendor == "postgresql"
    only_read = "SET default_transaction_read_only = on" if postgresql else "PRAGMA query_only = ON"

    def begin(connection, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute(only_read)

    connection.close()
    connection_created.connect(begin)
    try:
        yield
    finally:
        connection_created.disconnect(begin)
        connection.close()


def test_many_who_show_it_first_at_once_file_it_once():
    made = wording_of(Known.read("en").version, Known.read("en"), kind="banner")
    ready, filed = threading.Barrier(8), []

    def show():
        wording = Wording(
            sha256=made.sha256, kind="banner", language="en", version=made.version, content=dict(made.content)
        )
        connection.ensure_connection()
        ready.wait()
        for _ in range(20):
            wording = filing.filed(wording, insist=True)
        filed.append(wording)
        connection.close()

    threads = [threading.Thread(target=show) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Wording.objects.count() == 1
    assert [wording._state.adding for wording in filed] == [False] * 8


def test_a_page_does_not_wait_for_whoever_is_writing():
    with somebody_else_writing():
        began = time.monotonic()
        sara = Reader().opens_the_page()
        assert sara.page.status_code == 200
        assert sara.banner
        Reader().opens_the_page()
        assert time.monotonic() - began < 3
    assert not Wording.objects.exists()
    assert sara.presses("no").status_code == 303
    assert ("refused", "performance", 1) in told()
    assert Wording.objects.filter(pk=sara.wording).exists()


def test_a_page_is_shown_where_nothing_can_be_written():
    with nobody_may_write():
        assert Reader().opens_the_page().banner


def test_it_is_filed_when_writing_works_again(monkeypatch):
    with nobody_may_write():
        Reader().opens_the_page()
    monkeypatch.setattr(filing, "REST", 0)
    sara = Reader().opens_the_page()
    assert Wording.objects.get().sha256 == sara.wording


def test_others_wait_as_long_as_before():
    ask = "SHOW lock_timeout" if connection.vendor == "postgresql" else "PRAGMA busy_timeout"
    made = wording_in_force(language="en", kind="banner")
    new = Wording(sha256="f" * 64, kind="banner", language="en", version=made.version, content=made.content)
    with connection.cursor() as cursor:
        cursor.execute(ask)
        before = cursor.fetchone()
        assert not filing.filed(new)._state.adding
        cursor.execute(ask)
        assert cursor.fetchone() == before


def test_a_rehearsal_files_nothing():
    with rehearsing():
        forget()
        assert wording_in_force(language="en", kind="banner")
    assert not Wording.objects.exists()


def test_what_was_filed_gives_back_the_bytes_that_were_hashed():
    wording = wording_in_force(language="en", kind="banner")
    assert canonical(wording_shown(wording.sha256).content) == canonical(wording.content)
