"""The server dies between commit and answer; the database stops between question and answer; a worker dies at its work.

Run with `pytest -m faults tests/faults/test_consent_faults.py`, on SQLite or with DATABASE_URL on PostgreSQL.
"""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import override_settings

from policies.consent.models import Choice
from policies.consent.projecting import differences
from policies.consent.remembering import read_token
from tests.cluster import own_cluster, programs
from tests.policies.consent.conftest import announce, policy, sara, version  # noqa: F401  fixtures
from tests.policies.consent.visitors import ledger
from tests.policies.outbox.killing import ROOT, database_url

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

KEY = "a-key-of-her-own-for-this-form"
WAITERS = 200


def environment(url, **more):
    paths = {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    return os.environ | paths | {"DATABASE_URL": url} | more


def ask(port, method="GET", form=None, headers=None):
    """Status, headers and body; raises where nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    host = f"http://127.0.0.1:{port}"
    told = {"Origin": host, "Content-Type": "application/x-www-form-urlencoded"} if form else {}
    line.request(method, "/choices/", urlencode(form) if form else None, told | (headers or {}))
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def until_it_answers(port, process):
    for _ in range(1200):
        assert process.poll() is None, "the server did not start"
        try:
            return ask(port)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_server_killed_between_commit_and_answer_repeats_safely(sara):  # noqa: F811
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("dying_server.py")), str(port)]
    with subprocess.Popen(command, env=environment(database_url())) as server:
        try:
            _, _, page = until_it_answers(port, server)
            wording = re.search(r'name="wording"\s+value="([0-9a-f]{64})"', page)[1]
            with pytest.raises((OSError, http.client.HTTPException)):
                ask(port, "POST", {"wording": wording, "all": "yes", "key": KEY})
            assert server.wait(10) == -signal.SIGKILL
        finally:
            server.kill()
    [line] = ledger()
    sara.opens_the_page().sends(all="yes", key=KEY)
    assert read_token(sara.cookie).subject == line.subject
    assert all(answer.granted for answer in read_token(sara.cookie).answers.values())
    assert len(ledger()) == 1
    assert Choice.objects.count() == 3


def test_workers_killed_while_they_enter_what_waited_enter_everything_once(sara, tmp_path):  # noqa: F811
    queue, dice = tmp_path / "queue", random.Random(7)
    sara.answers(all="no")
    with override_settings(CONSENT_QUEUE=str(queue)):
        fill(queue, sara.wording)
        start = time.monotonic()
        while list(queue.glob("*.json")):
            assert time.monotonic() - start < 400, "the queue does not get less"
            command = [sys.executable, "-c", "import django; django.setup(); " + RECORD]
            with subprocess.Popen(command, env=environment(database_url(), CONSENT_QUEUE=str(queue))) as worker:
                before = len(list(queue.glob("*.json")))
                while worker.poll() is None and before - len(list(queue.glob("*.json"))) < WAITERS / 4:
                    time.sleep(0.005)
                time.sleep(dice.random() * 0.02)
                worker.kill()
    assert len(ledger()) == WAITERS + 1
    assert len({line.subject for line in ledger() if line.subject}) == WAITERS
    assert list(differences()) == []


RECORD = "from policies.consent.waiting import record_waiting; record_waiting()"


def fill(queue, wording):
    """Choices of many people, as they wait while the record is away."""
    from policies.consent.acts import Act
    from policies.consent.rules import Remembered
    from policies.consent.waiting import keep_for_later
    from policies.consent.wordings import wording_shown

    for _ in range(WAITERS):
        keep_for_later(remembered=Remembered(), act=Act({"performance": True}, wording_shown(wording)))


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL server here")
def test_a_database_that_stops_between_question_and_answer_costs_nobody_their_choice(tmp_path):
    with own_cluster() as cluster:
        queue = tmp_path / "queue"
        told = environment(cluster.url, CONSENT_QUEUE=str(queue), EMAIL_URL=f"file://{tmp_path}/mail")
        for command in (["migrate", "-v0"], ["load_example"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=told, check=True, capture_output=True)
        port = free_port()
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        with subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.DEVNULL) as server:
            try:
                _, _, page = until_it_answers(port, server)
                wording = re.search(r'name="wording"\s+value="([0-9a-f]{64})"', page)[1]
                cluster.stop()
                status, headers, body = ask(port, "POST", {"wording": wording, "all": "yes"})
                assert status == 200, body
                assert "kept_choices=" in str(headers)
                assert "Your choice holds" in body
                [file] = queue.glob("*.json")
                cluster.start()
                tick = [sys.executable, "manage.py", "tick", "--skip-checks"]
                subprocess.run(tick, cwd=ROOT, env=told, check=True, capture_output=True)
                assert not list(queue.glob("*.json"))
                assert in_the_ledger(cluster, file.stem)
                assert ask(port)[0] == 200
            finally:
                server.kill()


def in_the_ledger(cluster, uid):
    import psycopg

    with psycopg.connect(cluster.url) as connection:
        found = connection.execute("SELECT facts FROM ledger_entry WHERE uid = %s", [uid]).fetchone()
    return json.loads(json.dumps(found[0]))["waited"]
