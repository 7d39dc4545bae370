"""A worker and its letters, whatever the mail server says. Nothing here is retried by hand."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from common import clock
from common.immutable import changes_allowed
from policies.outbox.actions import end_letters
from policies.outbox.claims import claim
from policies.outbox.delivery import REFUSED_IN_A_ROW
from policies.outbox.errors import ServerDown, TransportError
from policies.outbox.marks import Accepted, begin, mark_sent
from policies.outbox.models import Attempt, Letter, Outcome, Rendition, State, counts
from tests.policies.outbox.mail_server import CUT
from tests.policies.outbox.writing import letter_to, notice_to, state_of, worker_with

pytestmark = pytest.mark.django_db


def test_a_letter_arrives_and_the_answer_of_the_server_is_kept(mail_server, smtp):
    letter = letter_to("sara@example.org", subject="Please confirm", text="Click.\n.\n")
    worker_with(smtp).deliver_due()
    [received] = mail_server.letters
    assert received.recipient == received.message["To"] == "sara@example.org"
    assert received.message.get_content().splitlines() == ["Click.", "."]
    assert state_of(letter) == State.SENT
    assert letter.answer.startswith("250")
    assert letter.message_id == received.message["Message-ID"]


def test_a_notice_reaches_everybody_once_over_one_connection(mail_server, smtp):
    mailing, worker = notice_to(120), worker_with(smtp)
    while worker.deliver_due():
        pass
    assert sorted(mail_server.recipients) == sorted(mailing.letters.values_list("address", flat=True))
    assert counts(mailing)[State.SENT] == 120
    assert mail_server.connections == 1


def test_no_letter_holds_another_persons_address_or_token(mail_server, smtp):
    notice_to(30)
    worker_with(smtp).deliver_due()
    tokens = {received.message["List-Unsubscribe"] for received in mail_server.letters}
    assert len(tokens) == 30
    for received in mail_server.letters:
        assert received.data.count(b"@example.org") == 1


def test_the_next_letters_are_found_without_sorting_all_that_wait():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # what it would do with many letters, it does with none
    plan = Letter.objects.due()[:50].explain()
    assert "letter_due" in plan
    assert "sort" not in plan.lower()
    assert "temp" not in plan.lower()


def test_what_a_person_waits_for_goes_before_a_notice(recorder):
    notice_to(5)
    letter_to("sara@example.org")
    worker_with(recorder).deliver_due()
    assert recorder.addresses[0] == "sara@example.org"


def test_who_unsubscribes_while_others_are_being_sent_gets_nothing(recorder):
    mailing = notice_to(10)

    def the_last_one_leaves(parcel):
        end_letters(recipient=UUID(int=9), state=State.UNSUBSCRIBED)

    recorder.before_sending = the_last_one_leaves
    worker_with(recorder).deliver_due()
    assert "person9@example.org" not in recorder.addresses
    assert counts(mailing) == dict.fromkeys(State, 0) | {State.SENT: 9, State.UNSUBSCRIBED: 1}


def test_who_unsubscribes_in_the_very_moment_of_sending_is_honestly_shown_as_sent(recorder):
    letter = letter_to()
    recorder.before_sending = lambda parcel: end_letters(recipient=letter.recipient, state=State.UNSUBSCRIBED)
    worker_with(recorder).deliver_due()
    assert state_of(letter) == State.SENT


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "550 unknown", "554 5.2.1 mailbox disabled"])
def test_an_address_that_does_not_exist_bounces_and_is_never_tried_again(mail_server, smtp, answer):
    letter = letter_to()
    mail_server.will_answer("RCPT", answer)
    worker = worker_with(smtp)
    worker.deliver_due()
    assert state_of(letter) == State.BOUNCED
    assert letter.answer == answer
    assert worker.deliver_due() == 0
    assert letter.mishaps.get().outcome == Outcome.REFUSED_FOR_GOOD


@pytest.mark.parametrize(("step", "answer"), [("RCPT", "554 5.7.1 blocked"), ("BODY", "554 5.6.0 we do not like it")])
def test_a_refusal_that_says_nothing_of_the_address_is_a_failure_and_no_bounce(mail_server, smtp, step, answer):
    letter = letter_to()
    mail_server.will_answer(step, answer)
    worker_with(smtp).deliver_due()
    assert state_of(letter) == State.FAILED


@pytest.mark.parametrize("step", ["RCPT", "BODY"])
def test_a_refusal_for_now_is_tried_again_later_with_the_same_message_id(mail_server, smtp, step):
    letter, worker = letter_to(), worker_with(smtp)
    mail_server.will_answer(step, "451 4.3.0 come back later")
    worker.deliver_due()
    assert state_of(letter) == State.QUEUED
    assert timedelta(minutes=3) < letter.due_at - clock.now() < timedelta(minutes=7)
    promised = letter.message_id
    with time_machine.travel(clock.now() + timedelta(minutes=7)):
        worker.deliver_due()
    assert state_of(letter) == State.SENT
    assert mail_server.letters[0].message["Message-ID"] == letter.message_id == promised
    assert letter.attempts == 2


def test_after_five_days_of_refusals_a_letter_has_failed_for_all_to_see(mail_server, smtp):
    letter, worker = letter_to(), worker_with(smtp)
    mail_server.will_answer("RCPT", *["450 4.2.0 busy"] * 30)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        start = clock.now()
        while state_of(letter) == State.QUEUED:
            traveller.move_to(letter.due_at)
            worker.deliver_due()
    assert state_of(letter) == State.FAILED
    assert letter.answer == "given up: 450 4.2.0 busy"
    assert timedelta(days=3, hours=12) < letter.ended_at - start < timedelta(days=6)


def test_a_refused_letter_does_not_hold_up_the_others(mail_server, smtp):
    mailing = notice_to(5)
    mail_server.will_answer("RCPT", "550 5.1.1 nobody", to="person1@example.org")
    mail_server.will_answer("RCPT", "450 4.2.0 busy", to="person3@example.org")
    worker_with(smtp).deliver_due()
    assert counts(mailing) == dict.fromkeys(State, 0) | {State.SENT: 3, State.BOUNCED: 1, State.QUEUED: 1}
    assert mail_server.connections == 1


def test_a_connection_lost_after_the_letter_was_handed_over_is_written_down_and_tried_again(mail_server, smtp):
    letter, worker = letter_to(), worker_with(smtp)
    mail_server.will_answer("BODY", CUT)
    worker.deliver_due()
    assert state_of(letter) == State.QUEUED
    assert letter.mishaps.get().outcome == Outcome.UNKNOWN
    with time_machine.travel(letter.due_at):
        worker.deliver_due()
    assert mail_server.seen == [letter.address] * 2
    assert mail_server.letters[0].message["Message-ID"] == letter.message_id


def test_a_server_that_is_down_penalises_nobody(mail_server, smtp):
    mailing = notice_to(3)
    mail_server.stop()
    with pytest.raises(ServerDown):
        worker_with(smtp).deliver_due()
    assert counts(mailing)[State.QUEUED] == 3
    assert Letter.objects.due().filter(attempts=0, worker="").count() == 3
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("step", "answer"), [("MAIL", "451 4.3.2 not now"), ("MAIL", "550 5.1.8 bad sender"), ("RCPT", "421 bye")]
)
def test_a_server_that_refuses_us_penalises_nobody(mail_server, smtp, step, answer):
    letter = letter_to()
    mail_server.will_answer(step, answer)
    with pytest.raises(ServerDown):
        worker_with(smtp).deliver_due()
    assert state_of(letter) == State.QUEUED
    assert letter.attempts == 0
    assert not Attempt.objects.exists()


def test_a_letter_at_which_the_server_hangs_up_lets_the_others_go_first(mail_server, smtp):
    notice_to(3)
    mail_server.will_answer("RCPT", CUT, CUT, to="person0@example.org")
    worker = worker_with(smtp)
    with pytest.raises(ServerDown):
        worker.deliver_due()
    worker.deliver_due()
    assert mail_server.recipients == ["person1@example.org", "person2@example.org"]


def test_letters_refused_one_after_the_other_stop_the_worker(mail_server, smtp):
    mailing = notice_to(40)
    mail_server.will_answer("RCPT", *["554 5.7.1 your server is on a list"] * 40)
    with pytest.raises(ServerDown, match="on a list"):
        worker_with(smtp).deliver_due()
    assert counts(mailing)[State.FAILED] == REFUSED_IN_A_ROW
    assert counts(mailing)[State.QUEUED] == 40 - REFUSED_IN_A_ROW


def test_a_letter_that_is_too_late_is_not_sent(recorder):
    letter = letter_to(expires_at=clock.now() + timedelta(days=7))
    with time_machine.travel(clock.now() + timedelta(days=8)):
        worker_with(recorder).deliver_due()
    assert state_of(letter) == State.FAILED
    assert letter.answer == "too late"
    assert recorder.parcels == []


def test_a_bad_letter_does_not_hold_up_the_others(recorder):
    mailing = notice_to(3)
    Letter.objects.filter(address="person0@example.org").update(address="a@b.c\r\nBcc: everybody@example.org")
    Letter.objects.filter(address="person1@example.org").update(language="xx")
    worker_with(recorder).deliver_due()
    assert recorder.addresses == ["person2@example.org"]
    assert sorted(mailing.letters.filter(state=State.FAILED).values_list("answer", flat=True)) == [
        "a line break or a null character in a header",
        "no text in xx",
    ]


def test_a_mistake_of_ours_in_one_letter_does_not_hold_up_the_others(recorder, monkeypatch):
    bad, good = letter_to("bad@example.org"), letter_to("good@example.org")
    with changes_allowed([Rendition._meta.db_table]):
        Rendition.objects.filter(mailing=bad.mailing)._raw_delete("default")
    monkeypatch.setattr("policies.outbox.composing.frame_of", _breaks_for(bad.mailing_id))
    Rendition.objects.create(mailing=bad.mailing, language="en", subject="broken", text="")
    worker_with(recorder).deliver_due()
    assert [state_of(bad), state_of(good)] == [State.FAILED, State.SENT]


def _breaks_for(mailing_id):
    from policies.outbox.message import frame_of

    def framed(rendition):
        if rendition.mailing_id == mailing_id:
            raise ZeroDivisionError
        return frame_of(rendition)

    return framed


def test_a_letter_of_a_worker_that_died_is_due_again_when_its_lease_is_over(recorder):
    letter = letter_to()
    claim("dead", lease=timedelta(seconds=90))
    assert worker_with(recorder).deliver_due() == 0
    with time_machine.travel(clock.now() + timedelta(seconds=91)):
        worker_with(recorder).deliver_due()
    assert state_of(letter) == State.SENT
    assert not letter.mishaps.exists()


def test_a_letter_that_a_dead_worker_had_begun_is_noted_as_unknown(recorder):
    letter = letter_to()
    claim("dead", lease=timedelta(seconds=90))
    assert begin(letter, worker="dead", needed_until=clock.now(), accepted=None)
    with time_machine.travel(clock.now() + timedelta(seconds=91)):
        worker_with(recorder).deliver_due()
    assert state_of(letter) == State.SENT
    assert letter.attempts == 2
    assert letter.mishaps.get().outcome == Outcome.UNKNOWN


def test_a_worker_whose_lease_is_over_drops_the_rest_of_its_batch(recorder):
    mailing = notice_to(4)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        recorder.before_sending = lambda parcel: traveller.shift(timedelta(seconds=50))
        worker_with(recorder, lease=timedelta(seconds=90)).deliver_due()
    assert len(recorder.parcels) == 1
    assert counts(mailing)[State.SENT] == 1


def test_a_letter_taken_over_by_another_worker_is_not_sent_by_the_first():
    letter = letter_to()
    claim("first", lease=timedelta(0))
    claim("second", lease=timedelta(seconds=90))
    assert not begin(letter, worker="first", needed_until=clock.now(), accepted=None)
    assert begin(letter, worker="second", needed_until=clock.now(), accepted=None)


def test_the_mark_of_one_letter_and_the_beginning_of_the_next_go_together():
    first, second = letter_to("one@example.org"), letter_to("two@example.org")
    claim("me")
    accepted = Accepted(first.pk, first.recipient, "<m1@example.com>", "250 ok")
    assert begin(second, worker="me", needed_until=clock.now(), accepted=accepted)
    assert state_of(first) == State.SENT
    mark_sent(Accepted(second.pk, second.recipient, "<m2@example.com>", "250 ok"))
    assert state_of(second) == State.SENT


def test_two_letters_to_one_person_are_both_sent(recorder):
    recipient = UUID(int=1)
    letters = [letter_to(recipient=recipient), letter_to(recipient=recipient)]
    worker_with(recorder).deliver_due()
    assert [state_of(letter) for letter in letters] == [State.SENT, State.SENT]


def test_a_worker_that_is_stopped_finishes_its_letter_and_gives_the_others_back(recorder):
    mailing, worker = notice_to(5), worker_with(recorder)
    recorder.before_sending = lambda parcel: worker.stop.set()
    worker.deliver_due()
    assert counts(mailing)[State.SENT] == 1
    assert Letter.objects.due().filter(worker="").count() == 4


def test_a_timeout_is_a_refusal_for_now(recorder):
    def stalled(parcel):
        raise TransportError("no answer within 10 s")

    letter, recorder.before_sending = letter_to(), stalled
    worker_with(recorder).deliver_due()
    assert state_of(letter) == State.QUEUED
    assert letter.attempts == 1
