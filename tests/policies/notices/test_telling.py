"""One publish tells everybody whom it concerns, once, and accounts for it."""

from datetime import timedelta

import pytest
import time_machine

from policies.ledger.models import Entry, Kind
from policies.notices.actions import close_notices, send_out_notices
from policies.notices.models import Notice
from policies.outbox.models import Letter
from policies.subscriptions.actions import unsubscribe
from policies.versions.actions import importing
from tests.factories import policy
from tests.mailbox import deliver, html_of, mailbox, text_of
from tests.policies.notices.telling import announce, changed_method, in_urdu, small, subscriber

pytestmark = pytest.mark.django_db


def test_the_letter_carries_the_change_itself():
    subscriber("carol")
    version = announce()
    with mailbox() as box:
        deliver()
        message = box.last("carol@example.com")
    text, html = text_of(message), html_of(message)
    assert "72 hours → 48 hours" in text
    assert "We answer sooner." in text
    assert "<del" in html
    assert "<ins" in html
    assert f"/privacy/versions/{version.permalink}/" in text
    assert version.sha256 in text
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_every_letter_holds_its_own_persons_links_and_nobody_elses():
    people = [subscriber(name) for name in ("carol", "david", "fatima")]
    announce()
    with mailbox() as box:
        deliver()
        links = {person.address: box.last(person.address)["List-Unsubscribe"] for person in people}
        bodies = {person.address: text_of(box.last(person.address)) for person in people}
    assert len(set(links.values())) == 3
    for address, link in links.items():
        assert link.strip("<>") in bodies[address]
        assert not any(other.strip("<>") in bodies[address] for owner, other in links.items() if owner != address)


def test_the_urdu_reader_gets_the_letter_in_urdu():
    page = policy()
    in_urdu(page)
    subscriber("ayesha", "ur")
    announce(page)
    with mailbox() as box:
        deliver()
        message = box.last("ayesha@example.com")
    assert "رازداری" in message["Subject"]
    assert "ہم جلد جواب دیں گے۔" in text_of(message)
    assert 'lang="ur"' in html_of(message)
    assert "/ur/privacy/" in text_of(message)


def test_only_confirmed_and_active_people_are_told():
    subscriber("asked", confirmed=False)
    unsubscribe(subscriber("left").key)
    subscriber("carol")
    announce()
    with mailbox() as box:
        deliver()
        assert [address for address, _ in box.arrived] == ["carol@example.com"]


def test_a_small_change_is_told_to_those_who_asked_for_everything():
    subscriber("carol")
    subscriber("david", every_change=True)
    announce(**small())
    with mailbox() as box:
        deliver()
        assert [address for address, _ in box.arrived] == ["david@example.com"]


def test_who_once_asked_for_everything_and_came_back_for_less_gets_less():
    person = subscriber("david", every_change=True)
    unsubscribe(person.key)
    person.subscriptions.create(topic="policy_changes", every_change=False)
    announce(**small())
    with mailbox() as box:
        deliver()
        assert box.arrived == []


def test_an_editorial_change_bothers_nobody():
    subscriber("david", every_change=True)
    announce(change_class="editorial", class_reason="A typo: it was never 72.")
    assert not Notice.objects.exists()


def test_an_imported_version_was_announced_elsewhere():
    subscriber("carol")
    page = policy()
    with importing():
        announce(page, **changed_method())
    assert not Notice.objects.exists()


def test_two_workers_make_one_letter_for_each():
    subscriber("carol")
    announce()
    assert send_out_notices() == 1
    assert send_out_notices() == 0
    assert Letter.objects.count() == 1


def test_a_notice_closes_when_everybody_is_accounted_for():
    for name in ("carol", "david"):
        subscriber(name)
    leaver = subscriber("fatima")
    announce()
    send_out_notices()
    unsubscribe(leaver.key)
    assert close_notices() == 0
    with mailbox():
        deliver()
    close_notices()
    notice = Notice.objects.get()
    assert notice.entitled == 3
    assert (notice.counts["sent"], notice.counts["unsubscribed"]) == (2, 1)
    assert sum(notice.counts.values()) == notice.entitled
    assert Entry.objects.get(kind="notice.closed").facts["entitled"] == 3


def test_the_home_page_tells_of_a_coming_change_until_it_is_hidden(client):
    version = announce()
    page = client.get("/").content.decode()
    assert "We answer sooner." in page
    assert version.permalink in page
    hidden = client.post(f"/notices/{Notice.objects.get().pk}/dismiss/")
    assert hidden.status_code == 302
    assert "We answer sooner." not in client.get("/").content.decode()


def test_a_get_hides_nothing(client):
    announce()
    assert client.get(f"/notices/{Notice.objects.get().pk}/dismiss/").status_code == 405


@pytest.mark.parametrize(("origin", "lines"), [("http://testserver", 1), ("https://elsewhere.example", 0), ("", 0)])
def test_who_says_got_it_has_read_of_it_and_agreed_to_nothing(client, origin, lines):
    announce()
    for _twice in range(2):
        client.post(f"/notices/{Notice.objects.get().pk}/dismiss/", headers={"Origin": origin} if origin else {})
    read = Entry.objects.filter(kind=Kind.NOTICE_ACKNOWLEDGED)
    assert [entry.subject for entry in read] == [None] * lines
    assert not Entry.objects.filter(kind__startswith="consent.").exists()


def test_the_home_page_tells_of_a_recent_change_for_a_while(client):
    version = announce()
    with time_machine.travel(version.effective_at + timedelta(days=1)):
        assert "We answer sooner." in client.get("/").content.decode()
    with time_machine.travel(version.effective_at + timedelta(days=31)):
        assert "We answer sooner." not in client.get("/").content.decode()


def test_a_forged_cookie_hides_nothing_and_breaks_nothing(client):
    announce()
    client.cookies["kept_dismissed"] = "x.-1.99999999999999999999999.²"
    assert "We answer sooner." in client.get("/").content.decode()


def test_a_cookie_with_a_number_of_five_thousand_digits_breaks_nothing(client):
    announce()
    client.cookies["kept_dismissed"] = "9" * 5000
    assert "We answer sooner." in client.get("/").content.decode()
