"""Several at once, in threads with connections of their own."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from policies.outbox.actions import end_letters, fan_out, open_mailing
from policies.outbox.claims import claim
from policies.outbox.models import Letter, State, counts
from tests.policies.outbox.writing import NOTICE, notice_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; there is nothing to overlap")


def in_threads(*works):
    threads = [Thread(target=_and_hang_up, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    return threads


def _and_hang_up(work):
    try:
        work()
    finally:
        connection.close()


def test_two_workers_never_claim_the_same_letter(postgresql):
    notice_to(400)
    claimed, start = [], Barrier(4)

    def work(name):
        start.wait()
        while letters := claim(name, lease=timedelta(minutes=1), limit=7):
            claimed.extend(letter.pk for letter in letters)

    for thread in in_threads(*(lambda name=name: work(name) for name in "abcd")):
        thread.join()
    assert len(claimed) == len(set(claimed)) == 400


def test_who_leaves_while_everybody_is_being_written_to_gets_nothing(postgresql):
    everybody = notice_to(3, key="notice:0")
    Letter.objects.update(state=State.SENT, ended_at=everybody.created_at)
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    with transaction.atomic():
        fan_out(mailing, everybody.letters.values_list("recipient", "address", "language"))
        [leaving] = in_threads(lambda: end_letters(recipient=UUID(int=1), state=State.UNSUBSCRIBED))
        leaving.join(0.3)
        assert leaving.is_alive()
    leaving.join()
    assert counts(mailing)[State.UNSUBSCRIBED] == 1


def test_everybody_can_leave_at_once(postgresql):
    mailing = notice_to(20)
    leaving = [lambda n=n: end_letters(recipient=UUID(int=n), state=State.UNSUBSCRIBED) for n in range(20)]
    for thread in in_threads(*leaving):
        thread.join()
    assert counts(mailing)[State.UNSUBSCRIBED] == 20


def test_two_fan_outs_at_once_write_one_letter_each():
    everybody = notice_to(50, key="notice:0")
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    recipients = everybody.letters.values_list("recipient", "address", "language")
    inserted = []
    for thread in in_threads(*[lambda: inserted.append(fan_out(mailing, recipients))] * 3):
        thread.join()
    assert sorted(inserted) == [0, 0, 50]
