import signal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from policies.outbox import rounds, watching
from policies.outbox.delivery import Worker
from policies.outbox.errors import ServerDown
from policies.outbox.models import Mailing, State
from policies.outbox.rounds import every, register_round, run_rounds
from policies.outbox.watching import Watch
from tests.policies.outbox.writing import letter_to, notice_to, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_rounds(monkeypatch):
    """What other parts of the site do in a round is their tests' business."""
    monkeypatch.setattr(rounds, "_rounds", [])


def deliver_once():
    said = StringIO()
    call_command("deliver", "--once", stdout=said)
    return said.getvalue()


def test_once_sends_what_is_due_and_says_what_became_of_it(mail_server):
    mailing = notice_to(120)
    mail_server.will_answer("RCPT", "550 5.1.1 nobody", to="person5@example.org")
    mail_server.will_answer("RCPT", "450 4.2.0 busy", to="person6@example.org")
    assert deliver_once().startswith("118 sent, 1 bounced, 0 failed, 1 to be tried again, in ")
    mailing.refresh_from_db()
    assert mailing.closed_at is None


def test_once_closes_what_is_finished(mail_server):
    letter_to()
    deliver_once()
    assert Mailing.objects.get().closed_at


def test_once_with_nothing_to_do_says_nothing(mail_server):
    assert deliver_once() == ""


def test_once_fails_where_the_mail_server_is_down(mail_server):
    letter = letter_to()
    mail_server.stop()
    with pytest.raises(CommandError, match="takes nothing"):
        deliver_once()
    assert state_of(letter) == State.QUEUED


def test_the_handlers_of_signals_are_put_back(mail_server):
    before = signal.getsignal(signal.SIGTERM)
    deliver_once()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_round_comes_before_the_letters(mail_server):
    register_round(letter_to)
    assert deliver_once().startswith("1 sent")


def test_a_round_that_fails_holds_up_neither_the_others_nor_the_letters(mail_server):
    def broken():
        raise ZeroDivisionError

    register_round(broken)
    register_round(letter_to)
    assert deliver_once().startswith("1 sent")


def test_periodic_work_is_done_at_once_and_then_only_now_and_then():
    done = []
    every(3600, lambda: done.append("hourly"))
    every(0, lambda: done.append("always"))
    run_rounds()
    run_rounds()
    assert done == ["hourly", "always", "always"]


class Patient:
    """A stop signal that counts how long somebody waited, and comes after so many waits."""

    def __init__(self, waits):
        self.waits, self.waited = waits, []

    def is_set(self):
        return len(self.waited) >= self.waits

    def wait(self, seconds):
        self.waited.append(seconds)
        return self.is_set()


def watch_that_waits(transport, *, waits):
    stop = Patient(waits)
    Watch(Worker(transport, stop=stop), progress=lambda: None).for_ever()
    return stop.waited


def test_while_the_mail_server_is_down_the_worker_waits_longer_and_longer(recorder):
    def refuse(parcel):
        raise ServerDown("down")

    recorder.before_sending, letter = refuse, letter_to()
    recorder.is_open = False
    recorder.open = lambda: refuse(None)
    assert watch_that_waits(recorder, waits=8) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert state_of(letter) == State.QUEUED
    assert letter.attempts == 0


def test_a_worker_with_nothing_to_do_looks_once_a_second_and_hangs_up(recorder):
    letter_to()
    assert watch_that_waits(recorder, waits=2) == [watching.POLL] * 2
    assert len(recorder.parcels) == 1
    assert not recorder.is_open


def test_a_database_that_is_away_does_not_end_the_worker(recorder, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the database is starting up")

    monkeypatch.setattr("policies.outbox.delivery.claim", away)
    monkeypatch.setattr("policies.outbox.watching.connection.close", lambda: None)
    assert watch_that_waits(recorder, waits=3) == [watching.POLL] * 3
