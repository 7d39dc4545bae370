"""Several server processes, one truth: nobody reads an old text more than a second after a new one is in force."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from common import clock
from common.immutable import changes_allowed
from config import ROOT
from tests.factories import faster_reply, material, newest, policy, publish
from tests.policies.outbox.killing import database_url

pytestmark = pytest.mark.django_db(transaction=True)

STALE_AT_MOST = 1.0  # second


@pytest.fixture
def server():
    """Granian with two processes on the database of this test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    command += ["--log-level", "error", "--no-access-log", "config.wsgi:application"]
    with subprocess.Popen(command, cwd=ROOT / "site", env=environment, start_new_session=True) as process:
        try:
            _await(port)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # asked politely, it may wait for its own processes for ever


def _await(port):
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def read(port):
    """A fresh connection, so that any of the processes may answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/privacy/")
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status == 200
    return page


def longest_stale(port, words, *, since):
    """Seconds after `since` at which somebody still read a page without the words; 40 reads in a row end the search."""
    last_stale, fresh = 0.0, 0
    while fresh < 40:
        asked_at = time.time()
        if words in read(port):
            fresh += 1
        else:
            fresh, last_stale = 0, asked_at - since
        assert time.time() - since < 20, "it never became fresh"
    return last_stale


def test_a_publish_is_seen_by_all_processes_within_a_second(server):
    page = policy()
    for _ in range(20):
        assert "72 hours" in read(server)
    publish(page, sections=faster_reply(), change_class="editorial")
    assert longest_stale(server, "48 hours", since=time.time()) <= STALE_AT_MOST


def test_a_version_comes_into_force_by_the_clock_alone(server):
    page = policy()
    coming = publish(page, sections=faster_reply(), **material())
    moment = clock.now() + timedelta(seconds=2)
    with changes_allowed(["versions_version"]):
        _bring_forward(coming, moment)
    for _ in range(20):
        assert "72 hours" in read(server)
    assert longest_stale(server, "48 hours", since=moment.timestamp()) <= STALE_AT_MOST
    assert newest(page).pk == coming.pk


def _bring_forward(version, moment):
    from django.db import connection

    with connection.cursor() as cursor:
        value = connection.ops.adapt_datetimefield_value(moment)
        cursor.execute("UPDATE versions_version SET effective_at = %s WHERE id = %s", [value, version.pk])
