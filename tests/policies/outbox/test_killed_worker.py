"""One kill, few letters; `make faults` does the same with a thousand (tests/faults/test_killed_workers.py)."""

import signal
import socket
import time

import pytest

from policies.outbox.models import Letter, State, counts
from tests.policies.outbox.killing import mail_sink, massacre, start_worker
from tests.policies.outbox.writing import notice_to

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_killed_worker_misses_nobody_and_repeats_at_most_one_letter(tmp_path):
    seen = massacre(tmp_path, letters=60, kills=1, workers=1, slow=0.02)
    assert seen.kills == 1
    assert seen.missed == 0
    assert seen.repeated <= 1
    assert seen.with_another_message_id == seen.unexplained == 0


def test_a_worker_that_is_asked_to_stop_finishes_its_letter_and_repeats_none(tmp_path):
    with mail_sink(tmp_path, slow=0.02) as (port, journal):
        mailing = notice_to(1000)
        worker = start_worker(f"smtp://127.0.0.1:{port}", lease=60)
        wait_until(lambda: journal.stat().st_size)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0
        sent = len(journal.read_text().splitlines())
    assert counts(mailing)[State.SENT] == sent
    assert Letter.objects.due().filter(worker="").count() == 1000 - sent


def test_a_worker_at_a_server_that_does_not_answer_stops_within_five_seconds():
    notice_to(1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        worker = start_worker(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        wait_until(lambda: Letter.objects.exclude(worker="").exists())
        worker.send_signal(signal.SIGTERM)
        worker.wait(5)


def wait_until(condition, *, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
