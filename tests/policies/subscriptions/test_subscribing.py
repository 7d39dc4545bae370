"""Nobody gets letters who did not say yes; everybody leaves with one click."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from common import clock
from policies.ledger.models import Entry
from policies.outbox.models import Letter, State
from policies.subscriptions.actions import purge_unconfirmed
from policies.subscriptions.models import Subscriber
from tests.factories import home
from tests.mailbox import deliver, html_of, mailbox, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "carol@example.com"


@pytest.fixture(autouse=True)
def site():
    return home(), home("ur")


def ask(client, address=ADDRESS, path="/updates/", **more):
    return client.post(path, {"email": address, **more})


def confirm_path(message):
    return re.search(r"https?://[^/\s]+(/\S*updates/confirm/\S+/)", text_of(message)).group(1)


def leave_path(message):
    return re.search(r"<https?://[^/]+(/\S+)>", message["List-Unsubscribe"]).group(1)


def subscribed(client, address=ADDRESS, path="/updates/"):
    """Somebody who asked and pressed the button; the letter that asked them."""
    with mailbox() as box:
        ask(client, address, path)
        deliver()
        message = box.last(address)
    client.post(confirm_path(message))
    return message


def is_active(address=ADDRESS):
    return Subscriber.objects.subscribed_to("policy_changes").filter(address=address).exists()


def test_a_subscriber_says_yes_with_a_button_not_with_a_link(client):
    with mailbox() as box:
        assert ask(client).status_code == 200
        deliver()
        path = confirm_path(box.last(ADDRESS))
    assert client.get(path).status_code == 200
    assert not is_active()
    assert client.post(path).status_code == 200
    assert is_active()


def test_confirming_twice_is_as_good_as_once(client):
    path = confirm_path(subscribed(client))
    assert client.post(path).status_code == 200
    assert client.get(path).status_code == 200
    assert Entry.objects.filter(kind="subscription.confirmed").count() == 1


def test_the_letter_has_both_forms_and_the_language_of_the_page(client):
    message = subscribed(client, path="/ur/updates/")
    assert message["Content-Language"] == "ur"
    assert 'dir="rtl"' in html_of(message)
    assert "/ur/updates/confirm/" in text_of(message)


def test_the_page_answers_the_same_for_known_and_unknown_addresses(client):
    subscribed(client)
    known = ask(Client(), ADDRESS).content
    unknown = ask(Client(), "nobody@example.com").content
    masked = [page.replace(b"carol", b"X").replace(b"nobody", b"X") for page in (known, unknown)]
    assert masked[0] == masked[1]


def test_somebody_subscribed_already_learns_it_by_letter(client):
    subscribed(client)
    Subscriber.objects.update(last_asked_at=clock.now() - timedelta(hours=1))
    with mailbox() as box:
        ask(client)
        deliver()
        assert "already" in box.last(ADDRESS)["Subject"]


def test_a_form_sent_ten_times_writes_to_its_victim_once(client):
    with mailbox() as box:
        for _ in range(10):
            ask(client)
        deliver()
        assert len(box.to(ADDRESS)) == 1


def test_one_click_of_the_mail_program_ends_all_letters(client):
    path = leave_path(subscribed(client))
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert is_active()
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert not is_active()
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_letter_that_waits_is_not_sent_to_somebody_who_left(client):
    message = subscribed(client)
    Subscriber.objects.update(last_asked_at=clock.now() - timedelta(hours=1))
    ask(client)
    client.post(leave_path(message))
    assert Letter.objects.filter(state=State.UNSUBSCRIBED).count() == 1
    with mailbox() as box:
        deliver()
        assert box.arrived == []


def test_a_slip_can_be_undone(client):
    path = leave_path(subscribed(client))
    client.post(path)
    assert client.post(f"{path}undo/").status_code == 200
    assert is_active()


def test_who_left_and_comes_back_is_asked_anew(client):
    client.post(leave_path(subscribed(client)))
    Subscriber.objects.update(last_asked_at=clock.now() - timedelta(hours=1))
    ask(client)
    assert not is_active()
    subscriber = Subscriber.objects.get()
    assert subscriber.confirmed_at is None


def test_preferences_change_language_and_amount(client):
    message = subscribed(client)
    path = leave_path(message).replace("unsubscribe", "preferences")
    assert client.get(path).status_code == 200
    assert client.post(path, {"language": "ur", "every_change": "on"}).status_code == 200
    subscriber = Subscriber.objects.get()
    assert subscriber.language == "ur"
    assert subscriber.subscriptions.get().every_change
    assert client.post(path, {"language": "xx"}).status_code == 422


def test_an_address_that_nobody_confirmed_is_forgotten(client):
    ask(client)
    assert purge_unconfirmed() == 0
    with time_machine.travel(clock.now() + timedelta(days=8)):
        purge_unconfirmed()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "carol",
        "carol@",
        "a@b\nBcc: all@example.com",
        "carol@example.com\r\n",
        "x" * 300 + "@example.com",
        "a\x00@b.org",
        "ä@exämple.com",
        "\ufffd@b.example",
    ],
)
def test_what_is_no_address_is_said_at_the_field_and_kept(client, address):
    response = ask(client, address, every_change="on")
    if address.strip() == ADDRESS:
        assert response.status_code == 200  # white space around an address is nobody's fault
        return
    assert response.status_code == 422
    assert b"checked" in response.content
    assert not Letter.objects.exists()


@pytest.mark.parametrize("page", ["confirm", "preferences", "unsubscribe"])
def test_a_forged_link_gets_a_kind_page(client, page):
    for method in (client.get, client.post):
        response = method(f"/updates/{page}/forged.token/")
        assert response.status_code == 404
        assert b"<h1" in response.content


def test_a_link_made_for_one_thing_does_nothing_else(client):
    message = subscribed(client)
    token = leave_path(message).split("/")[-2]
    assert client.post(f"/updates/confirm/{token}/").status_code == 404


def test_a_link_that_is_too_old_says_so(client):
    with mailbox() as box:
        ask(client)
        deliver()
        path = confirm_path(box.last(ADDRESS))
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert client.post(path).status_code == 410
    assert not is_active()


def test_the_ledger_holds_no_address(client):
    subscribed(client)
    assert ADDRESS not in str(list(Entry.objects.values()))


def test_a_form_of_ten_megabytes_is_refused_with_a_page(client):
    response = ask(client, "a" * 10_000_000)
    assert response.status_code in (400, 413)


def test_an_old_confirmation_is_no_yes_to_a_new_request(client):
    message = subscribed(client)
    old = confirm_path(message)
    client.post(leave_path(message))
    with time_machine.travel(clock.now() + timedelta(minutes=1)), mailbox() as box:
        ask(client)
        deliver()
        assert client.post(old).status_code == 410
        assert not is_active()
        assert client.post(confirm_path(box.last(ADDRESS))).status_code == 200
    assert is_active()


def test_who_objected_before_confirming_is_forgotten_too(client):
    with mailbox() as box:
        ask(client)
        deliver()
        client.post(leave_path(box.last(ADDRESS)))
    with time_machine.travel(clock.now() + timedelta(days=8)):
        purge_unconfirmed()
    assert not Subscriber.objects.exists()


def test_a_gateway_that_cuts_the_last_slash_off_stops_nobody_from_leaving(client):
    path = leave_path(subscribed(client)).rstrip("/")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not is_active()


def test_a_slip_cannot_be_undone_years_later(client):
    path = leave_path(subscribed(client))
    client.post(path)
    with time_machine.travel(clock.now() + timedelta(days=400)):
        assert client.post(f"{path}undo/").status_code == 410 or not is_active()
    assert not is_active()
