"""What was announced is taken back, postponed, corrected or withdrawn in public, and who was told before is told."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction

from common import clock
from policies.ledger.models import Entry
from policies.notices.actions import close_notices, send_out_notices
from policies.notices.models import Notice
from policies.outbox.models import Letter
from policies.subscriptions.actions import unsubscribe
from policies.versions.actions import cancel_version, correct_version, postpone_version, withdraw_version
from policies.versions.states import IllegalMove
from tests.factories import newest, policy, publish
from tests.mailbox import deliver, html_of, mailbox, text_of
from tests.people import reviewer
from tests.policies.notices.telling import announce, changed_method, in_urdu, small, subscriber

pytestmark = pytest.mark.django_db

WORDS = {"en": "We found that we cannot keep it yet.", "ur": "ہمیں معلوم ہوا کہ ہم ابھی یہ نہیں کر سکتے۔"}


def cancel(version, words=None):
    return cancel_version(version, words=words or WORDS, by=reviewer())


def postpone(version, days=20):
    until = version.effective_on + timedelta(days=days)
    return postpone_version(version, until=until, words=WORDS, by=reviewer())


def kinds():
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def told_now(box):
    """The addresses of the letters that leave now."""
    before = len(box.arrived)
    deliver()
    return sorted(address for address, _ in box.arrived[before:])


# --- cancelled


def test_who_was_told_of_a_change_is_told_that_it_is_cancelled():
    subscriber("carol")
    with mailbox() as box:
        version = announce()
        assert told_now(box) == ["carol@example.com"]
        subscriber("later")
        cancel(version)
        assert told_now(box) == ["carol@example.com"]
        letter = box.last("carol@example.com")
    assert letter["Subject"].startswith("Cancelled: the change of “Privacy policy” on ")
    assert WORDS["en"] in text_of(letter)
    assert WORDS["en"] in html_of(letter)
    assert f"/privacy/versions/{version.permalink}/" in text_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_urdu_reader_is_told_in_urdu():
    page = policy()
    in_urdu(page)
    subscriber("ayesha", "ur")
    with mailbox() as box:
        version = announce(page)
        deliver()
        cancel(version)
        deliver()
        letter = box.last("ayesha@example.com")
    assert "رازداری" in letter["Subject"]
    assert WORDS["ur"] in text_of(letter)
    assert 'dir="rtl"' in html_of(letter)
    assert f"/ur/privacy/versions/{version.permalink}/" in text_of(letter)


def test_words_that_nobody_translated_are_marked_as_what_they_are():
    page = policy()
    in_urdu(page)
    subscriber("ayesha", "ur")
    with mailbox() as box:
        version = announce(page)
        deliver()
        cancel(version, {"en": "Not yet."})
        deliver()
        html = html_of(box.last("ayesha@example.com"))
    assert '<blockquote lang="en" dir="ltr"' in html


def test_a_letter_that_has_not_left_never_leaves_and_nobody_hears_of_a_cancellation_out_of_the_blue():
    subscriber("carol")
    version = announce()
    send_out_notices()
    cancel(version)
    with mailbox() as box:
        assert told_now(box) == []
    first = Letter.objects.get()
    assert (first.state, first.answer) == ("suppressed", "the version was cancelled")
    close_notices()
    assert list(Notice.objects.order_by("pk").values_list("kind", "entitled")) == [("announced", 1), ("cancelled", 0)]
    assert not Notice.objects.filter(closed_at=None).exists()


def test_a_change_cancelled_before_any_letter_was_made_is_told_to_nobody():
    subscriber("carol")
    version = announce()
    cancel(version)
    with mailbox() as box:
        assert told_now(box) == []
    assert not Letter.objects.exists()
    assert Notice.objects.get(kind="announced").counts == {}


def test_a_letter_of_which_nobody_knows_whether_it_arrived_is_followed_by_the_cancellation():
    subscriber("carol")
    version = announce()
    send_out_notices()
    Letter.objects.update(state="sending", begun_at=clock.now(), lease_until=clock.now(), worker="dead")
    cancel(version)
    with mailbox() as box:
        assert told_now(box) == ["carol@example.com"]
        assert box.last("carol@example.com")["Subject"].startswith("Cancelled")


def test_who_left_in_between_hears_nothing_more():
    leaver = subscriber("david")
    with mailbox() as box:
        version = announce()
        deliver()
        unsubscribe(leaver.key)
        cancel(version)
        assert told_now(box) == []


def test_a_small_change_is_taken_back_before_those_who_heard_of_it():
    subscriber("carol")
    subscriber("david", every_change=True)
    page = policy()
    with mailbox() as box:
        version = announce(page, **small(), effective_on=clock.today() + timedelta(days=3))
        assert told_now(box) == ["david@example.com"]
        cancel(version)
        assert told_now(box) == ["david@example.com"]


def test_cancelling_twice_is_refused_and_told_once():
    version = announce()
    cancel(version)
    with pytest.raises(IllegalMove):
        cancel(version)
    assert kinds() == ["announced", "cancelled"]


def test_a_version_that_took_effect_meanwhile_cannot_be_cancelled():
    version = announce()
    with time_machine.travel(version.effective_at), pytest.raises(IllegalMove):
        cancel(version)
    assert kinds() == ["announced"]


def test_an_announcement_that_was_cancelled_is_never_said_to_be_finished():
    subscriber("carol")
    version = announce()
    send_out_notices()
    cancel(version)
    close_notices()
    assert not version.acts.filter(kind="told").exists()


# --- postponed


def test_a_postponement_is_one_letter_with_both_dates():
    subscriber("carol")
    with mailbox() as box:
        version = announce()
        deliver()
        new = postpone(version)
        assert told_now(box) == ["carol@example.com"]
        letter = box.last("carol@example.com")
    assert kinds() == ["announced", "postponed"]
    assert letter["Subject"].startswith("Postponed: “Privacy policy” changes on ")
    text = text_of(letter)
    assert "72 hours → 48 hours" in text
    assert WORDS["en"] in text
    assert f"/privacy/compare/2026-03-01...{new.permalink}/" in text
    for each in (version, new):
        assert f"{each.effective_on.day} {each.effective_on:%B %Y}" in text


def test_a_postponement_reaches_everybody_who_would_be_told_of_the_change_today():
    with mailbox() as box:
        version = announce()
        deliver()
        subscriber("later", "ur")
        postpone(version)
        assert told_now(box) == ["later@example.com"]


def test_a_change_postponed_before_its_letters_left_is_told_once():
    subscriber("carol")
    version = announce()
    postpone(version)
    with mailbox() as box:
        assert told_now(box) == ["carol@example.com"]
        assert box.last("carol@example.com")["Subject"].startswith("Postponed")


def test_a_cancelled_change_that_comes_back_later_is_told_of_both_times():
    subscriber("carol")
    with mailbox() as box:
        version = announce()
        deliver()
        cancel(version)
        deliver()
        postpone(version)
        deliver()
        subjects = [message["Subject"].split()[0] for message in box.to("carol@example.com")]
    assert subjects[1:] == ["Cancelled:", "Postponed:"]
    assert kinds() == ["announced", "cancelled", "postponed"]


def test_who_heard_only_the_first_date_is_told_when_the_new_one_is_cancelled():
    subscriber("carol")
    with mailbox() as box:
        version = announce()
        deliver()
        new = postpone(version)
        cancel(new)
        assert told_now(box) == ["carol@example.com"]
        assert box.last("carol@example.com")["Subject"].startswith("Cancelled")


def test_a_postponed_announcement_is_finished_like_any_other():
    subscriber("carol")
    new = postpone(announce())
    with mailbox():
        deliver()
    close_notices()
    assert new.acts.get(kind="told").facts["sent"] == 1
    assert [entry.facts["kind"] for entry in Entry.objects.filter(kind="notice.closed").order_by("pk")] == [
        "announced",
        "postponed",
    ]


# --- corrected and withdrawn


def test_an_erratum_goes_to_those_who_read_of_the_version_and_links_to_its_section():
    subscriber("carol")
    with mailbox() as box:
        version = announce()
        deliver()
        subscriber("later")
        with time_machine.travel(version.effective_at + timedelta(days=1)):
            correct_version(version, words={"en": "It should say 24."}, by=reviewer(), anchor="contact")
            assert told_now(box) == ["carol@example.com"]
        letter = box.last("carol@example.com")
    assert letter["Subject"] == "A correction to “Privacy policy”"
    assert "It should say 24." in text_of(letter)
    assert "Contact" in text_of(letter)
    assert f"/privacy/versions/{version.permalink}/#contact" in text_of(letter)


def test_an_erratum_to_what_nobody_was_told_of_writes_to_nobody():
    subscriber("carol", every_change=True)
    page = policy()
    version = publish(page, title="Our privacy policy", change_class="editorial")
    correct_version(version, words={"en": "The title has a typo."}, by=reviewer())
    with mailbox() as box:
        assert told_now(box) == []
    close_notices()
    notice = Notice.objects.get()
    assert (notice.kind, notice.entitled, notice.closed_at is not None) == ("corrected", 0, True)


def test_who_is_still_to_get_the_first_letter_gets_the_erratum_too():
    subscriber("david", every_change=True)
    version = announce(**small())
    send_out_notices()
    correct_version(version, words={"en": "It should say 24."}, by=reviewer())
    with mailbox() as box:
        assert told_now(box) == ["david@example.com"] * 2


def test_two_errata_are_two_notices():
    version = newest(policy())
    for words in ("One.", "Two."):
        correct_version(version, words={"en": words}, by=reviewer())
    assert kinds() == ["corrected", "corrected"]


def test_everybody_who_hears_of_changes_hears_that_a_policy_is_withdrawn():
    subscriber("carol")
    subscriber("ayesha", "ur")
    withdraw_version(newest(policy()), words=WORDS, by=reviewer())
    with mailbox() as box:
        assert told_now(box) == ["ayesha@example.com", "carol@example.com"]
        english, urdu = box.last("carol@example.com"), box.last("ayesha@example.com")
    assert english["Subject"] == "“Privacy policy” is withdrawn"
    assert WORDS["en"] in text_of(english)
    assert WORDS["ur"] in text_of(urdu)
    assert "/privacy/versions/" in text_of(english)


# --- accounts


def test_a_finished_announcement_is_told_to_the_public_with_its_counts():
    subscriber("carol")
    version = announce()
    with mailbox():
        deliver()
    close_notices()
    act = version.acts.get(kind="told")
    assert act.facts["sent"] == 1
    assert Entry.objects.get(kind="notice.closed").facts["kind"] == "announced"


def test_an_announcement_that_was_finished_before_there_were_acts_is_said_to_be_finished():
    version, cancelled = announce(), announce(policy(slug="terms", title="Terms"))
    cancel(cancelled)
    send_out_notices()
    Notice.objects.filter(kind="announced").update(closed_at=clock.now(), counts={"sent": 7})
    migration = import_module("policies.notices.migrations.0003_finished_announcements_are_public")
    for _ in range(2):
        migration.say_so(apps, None)
    assert version.acts.get().facts == {"sent": 7}
    assert [act.kind for act in cancelled.acts.all()] == ["cancelled"]


def test_the_database_knows_one_announcement_of_a_version():
    version = announce()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(version=version, kind="postponed")


def test_the_database_knows_no_act_without_its_kind():
    version = announce()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(version=version, kind="cancelled")


# --- the home page


def home_page(client):
    return client.get("/").content.decode()


def test_the_home_page_tells_of_the_cancellation_instead_of_the_change(client):
    cancel(announce())
    page = home_page(client)
    assert WORDS["en"] in page
    assert "We answer sooner." not in page


def test_the_home_page_shows_the_new_date_of_what_was_postponed(client):
    version = announce()
    new = postpone(version)
    page = home_page(client)
    assert page.count('class="box box--notice notice"') == 1
    assert f"{new.effective_on.day} {new.effective_on:%B %Y}" in page
    assert f"{version.effective_on.day} {version.effective_on:%B %Y}" in page


def test_the_home_page_in_urdu_says_it_in_urdu(client):
    page = policy()
    in_urdu(page)
    cancel(announce(page))
    assert WORDS["ur"] in client.get("/ur/").content.decode()


def test_the_home_page_tells_of_errata_and_withdrawals_for_a_while(client):
    version = newest(policy())
    correct_version(version, words={"en": "It should say 24."}, by=reviewer())
    assert "It should say 24." in home_page(client)
    withdraw_version(version, words=WORDS, by=reviewer())
    assert WORDS["en"] in home_page(client)
    assert "It should say 24." not in home_page(client)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert WORDS["en"] not in home_page(client)


def test_a_small_erratum_is_not_worth_the_home_page(client):
    version = publish(policy(), title="Our privacy policy", change_class="editorial")
    correct_version(version, words={"en": "The title has a typo."}, by=reviewer())
    assert "The title has a typo." not in home_page(client)


def test_a_hidden_change_does_not_hide_its_cancellation(client):
    version = announce()
    client.post(f"/notices/{Notice.objects.get().pk}/dismiss/")
    assert "We answer sooner." not in home_page(client)
    cancel(version)
    assert WORDS["en"] in home_page(client)


def test_what_comes_after_a_cancelled_change_is_announced_as_usual(client):
    page = policy()
    cancel(announce(page))
    publish(page, title="Privacy, retitled", **changed_method())
    assert "We answer sooner." in home_page(client)
