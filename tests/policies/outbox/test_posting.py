"""Letters come in: one by one, and to everybody at once."""

from uuid import uuid4

import pytest
from django.db import transaction

from common.immutable import FrozenError
from policies.outbox.actions import close_finished, end_letters, fan_out, open_mailing
from policies.outbox.models import Letter, Mailing, Rendition, State, counts
from policies.outbox.rules import Unsendable
from tests.policies.outbox.writing import NOTICE, letter_to, notice_to, state_of

pytestmark = pytest.mark.django_db


def people(mailing):
    """The recipients of a mailing, as another part of the site would name its subscribers."""
    return Letter.objects.filter(mailing=mailing).values_list("recipient", "address", "language")


def test_posting_twice_with_one_key_writes_one_letter():
    recipient = uuid4()
    first = letter_to(key="confirm:7", recipient=recipient)
    assert letter_to(key="confirm:7", recipient=recipient) == first
    assert Letter.objects.count() == 1


def test_a_letter_of_a_change_that_was_rolled_back_is_never_written():
    with transaction.atomic():
        letter_to()
        transaction.set_rollback(True)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    "address", ["a@example.org\r\nBcc: b@example.org", "a b@example.org", "nobody", "<a@b.c>", "ä@b.c"]
)
def test_an_address_that_would_write_headers_is_refused(address):
    with pytest.raises(Unsendable):
        letter_to(address)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("field", ["subject", "sender", "reply_to", "list_unsubscribe"])
def test_a_line_break_in_a_header_is_refused(field):
    with pytest.raises(Unsendable):
        letter_to(**{field: "x\nBcc: b@example.org"})


def test_a_rendition_is_frozen():
    rendition = letter_to().mailing.renditions.get()
    rendition.text = "Something else."
    with pytest.raises(FrozenError):
        rendition.save()


def test_everybody_gets_one_letter_however_often_it_is_fanned_out():
    subscribers = people(notice_to(20, key="notice:0"))
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    assert fan_out(mailing, subscribers) == 20
    assert fan_out(mailing, subscribers) == 0
    assert counts(mailing)[State.QUEUED] == 20
    assert mailing.letters.filter(priority=5, address="person3@example.org").count() == 1


def test_fanning_out_to_nobody_is_fine_and_closes_at_once():
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    assert fan_out(mailing, people(mailing).none()) == 0
    assert close_finished() == 1


def test_somebody_who_is_new_gets_the_letter_when_it_is_fanned_out_again():
    everybody = notice_to(3, key="notice:0")
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    fan_out(mailing, people(everybody).exclude(address="person0@example.org"))
    assert fan_out(mailing, people(everybody)) == 1


def test_who_reads_a_language_without_a_text_gets_the_sites_own():
    readers = notice_to(3, key="notice:0")
    for letter, language in zip(readers.letters.order_by("pk"), ["en", "ur", "de"], strict=True):
        Letter.objects.filter(pk=letter.pk).update(language=language)
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE, "ur": NOTICE})
    fan_out(mailing, people(readers))
    assert sorted(mailing.letters.values_list("language", flat=True)) == ["en", "en", "ur"]


def test_a_mailing_without_a_text_is_not_fanned_out():
    mailing = open_mailing(key="notice:1", kind="notice", renditions={})
    with pytest.raises(ValueError, match="without a text"):
        fan_out(mailing, people(mailing))


def test_opening_a_mailing_again_keeps_its_first_text():
    first = open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    assert open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE | {"subject": "Other"}}) == first
    assert Rendition.objects.get().subject == NOTICE["subject"]


def test_unsubscribing_ends_what_waits_and_leaves_what_is_sent():
    recipient = uuid4()
    sent, waiting = letter_to(recipient=recipient), letter_to(recipient=recipient)
    somebody_elses = letter_to()
    Letter.objects.filter(pk=sent.pk).update(state=State.SENT, ended_at=sent.due_at)
    assert end_letters(recipient=recipient, state=State.UNSUBSCRIBED) == 1
    assert [state_of(letter) for letter in (sent, waiting, somebody_elses)] == ["sent", "unsubscribed", "queued"]


def test_ending_can_be_for_one_kind_of_letters_only():
    recipient = uuid4()
    notice, confirmation = letter_to(kind="notice", recipient=recipient), letter_to(recipient=recipient)
    end_letters(recipient=recipient, state=State.SUPPRESSED, kinds=["notice"])
    assert [state_of(notice), state_of(confirmation)] == ["suppressed", "queued"]


def test_a_mailing_closes_when_every_letter_has_ended():
    mailing = notice_to(2)
    assert close_finished() == 0
    end_letters(recipient=mailing.letters.first().recipient, state=State.UNSUBSCRIBED)
    assert close_finished() == 0
    end_letters(recipient=mailing.letters.last().recipient, state=State.UNSUBSCRIBED)
    assert close_finished() == 1
    assert close_finished() == 0
    assert sum(counts(mailing).values()) == counts(mailing)[State.UNSUBSCRIBED] == 2


def test_a_mailing_that_is_not_fanned_out_yet_stays_open():
    open_mailing(key="notice:1", kind="notice", renditions={"en": NOTICE})
    assert close_finished() == 0


def test_the_name_of_a_letter_is_not_the_address():
    letter = letter_to("sara@example.org")
    assert "sara" not in str(letter)
    assert letter.masked_address == "s…@example.org"
