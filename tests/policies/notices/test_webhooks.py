"""Messages to other programs: signed as the standard says, never lost, never sent into our own network."""

import json
import socket
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from common import clock
from policies.notices.webhooks import posting, sending
from policies.notices.webhooks.actions import OVERLAP, forget_former_secrets, pause, resume, rotate_secret, send_again
from policies.notices.webhooks.claims import LEASE, claim
from policies.notices.webhooks.guarding import NotAllowed, addresses_of, is_public, target_of
from policies.notices.webhooks.health import messages_leave
from policies.notices.webhooks.keys import new_secret, opened
from policies.notices.webhooks.kinds import DeliveryState, EventType, Standing
from policies.notices.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent
from policies.notices.webhooks.outcomes import DISABLED_AFTER
from policies.notices.webhooks.posting import Answer, post
from policies.notices.webhooks.recording import send_test, tell_what_took_effect
from policies.notices.webhooks.sending import send_due
from policies.versions.actions import cancel_version, correct_version, postpone_version, withdraw_version
from policies.versions.history import History
from tests.factories import (
    CONTACT,
    RETENTION,
    clarifying,
    faster_reply,
    home,
    locale,
    material,
    policy,
    promise,
    publish,
    section,
    sections,
)
from tests.marketing.shop import inverter
from tests.people import auditor, editor, person, reviewer, signed_in
from tests.policies.notices.receiving import Receiver, certificate, drip, listening
from tests.policies.outbox.killing import start_worker

pytestmark = pytest.mark.django_db

WORDS = {"en": "We need more time."}
PUBLIC = "93.184.215.14"


@pytest.fixture(autouse=True)
def may_stay_here(settings):
    """Receivers of tests are on this machine; tests of the guard switch it on again."""
    settings.WEBHOOKS_ALLOW_PRIVATE = True


@pytest.fixture
def guarded(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = False


@pytest.fixture
def receiver():
    with listening(Receiver()) as found:
        yield found


@pytest.fixture
def admin():
    user = person("admin")
    user.is_superuser = user.is_staff = True
    user.save()
    return user


def endpoint(url, **fields):
    """Somebody who wants to know everything, unless said otherwise."""
    return WebhookEndpoint.objects.create(**{"name": "Archive", "url": url, "events": EventType.values} | fields)


def messages_of(receiver):
    return [json.loads(each.body) for each in receiver.received]


def types(receiver):
    return [message["type"] for message in messages_of(receiver)]


def in_force(page):
    return History(page.translation_key, language="en").in_force


def later(**delta):
    return time_machine.travel(clock.now() + timedelta(**delta), tick=True)


# --- what is told


def test_whatever_happens_to_a_version_is_told_once_to_whoever_wants_it(receiver):
    page = policy()
    endpoint(receiver.url)
    publish(page, sections=faster_reply(60), **clarifying())
    coming = publish(page, sections=faster_reply(48), **material())
    anew = postpone_version(coming, until=coming.effective_on + timedelta(days=5), words=WORDS, by=reviewer())
    cancel_version(anew, words=WORDS, by=reviewer())
    correct_version(in_force(page), words=WORDS, by=reviewer(), anchor="contact")
    withdraw_version(in_force(page), words=WORDS, by=reviewer())
    send_due()
    assert send_due() == 0
    assert Counter(types(receiver)) == {
        "version.announced": 3,
        "version.cancelled": 2,
        "version.corrected": 1,
        "version.withdrawn": 1,
    }
    facts = [(each["type"], each["data"]) for each in messages_of(receiver)]
    assert ("version.announced", coming.permalink) in [(name, told["replaces"]) for name, told in facts]
    assert [told["anchor"] for name, told in facts if name == "version.corrected"] == ["contact"]


def test_a_message_is_thin_and_its_links_lead_somewhere(client, receiver):
    page = policy()
    endpoint(receiver.url)
    version = publish(page, sections=faster_reply(), **clarifying())
    send_due()
    [message] = messages_of(receiver)
    assert set(message) == {"type", "timestamp", "data"}
    assert datetime.fromisoformat(message["timestamp"]) == version.announced_at
    data = message["data"]
    assert (data["kind"], data["slug"], data["permalink"], data["change_class"]) == (
        "policy",
        "privacy",
        version.permalink,
        "clarifying",
    )
    assert set(data["links"]) == {"page", "document", "feed", "api"}
    for link in data["links"].values():
        assert client.get(link.removeprefix("http://testserver")).status_code == 200
    assert len(receiver.received[0].body) < 20_000


def test_a_first_version_and_a_product_are_told_too(receiver):
    endpoint(receiver.url)
    policy()
    inverter()
    send_due()
    found = {each["data"]["kind"]: each for each in messages_of(receiver)}
    assert {each["type"] for each in found.values()} == {"version.announced"}
    assert "api" in found["policy"]["data"]["links"]
    assert "api" not in found["product"]["data"]["links"]


def test_a_late_translation_is_told_with_its_language(receiver):
    page = policy()
    endpoint(receiver.url)
    home("ur")
    twin = page.copy_for_translation(locale("ur"))
    reply = [promise("{amount} کے اندر جواب۔")]
    contact = section("رابطہ", "لکھیں۔", blocks=reply) | {"id": CONTACT["id"]}
    publish(twin, title="رازداری", sections=sections(section("مدت", "سات۔") | {"id": RETENTION["id"]}, contact))
    send_due()
    [message] = messages_of(receiver)
    assert message["type"] == "version.translation_added"
    assert message["data"]["language"] == "ur"
    assert message["data"]["links"]["page"].startswith("http://testserver/ur/privacy/versions/")


def test_taking_effect_is_told_once_to_those_who_listened_before(receiver):
    page = policy()
    endpoint(receiver.url, events=["version.in_force"])
    coming = publish(page, sections=faster_reply(), **material())
    assert tell_what_took_effect() == 0
    with time_machine.travel(coming.effective_at + timedelta(minutes=1)):
        endpoint(receiver.url + "&late", events=["version.in_force"])
        assert tell_what_took_effect() == 1
        assert tell_what_took_effect() == 0
        send_due()
    [message] = messages_of(receiver)
    assert message["type"] == "version.in_force"
    assert datetime.fromisoformat(message["timestamp"]) == coming.effective_at


def test_what_was_cancelled_never_takes_effect(receiver):
    endpoint(receiver.url, events=["version.in_force"])
    coming = publish(policy(), sections=faster_reply(), **material())
    tell_what_took_effect()
    cancel_version(coming, words=WORDS, by=reviewer())
    with time_machine.travel(coming.effective_at + timedelta(minutes=1)):
        assert tell_what_took_effect() == 0


def test_an_endpoint_hears_only_what_it_asked_for(receiver):
    page, terms = policy(), policy(slug="terms", title="Terms")
    work = in_force(terms).work
    endpoint(receiver.url + "&a", events=["version.withdrawn"])
    endpoint(receiver.url + "&b", work=work)
    publish(page, sections=faster_reply(), **clarifying())
    publish(terms, sections=faster_reply(), **clarifying())
    send_due()
    assert [(each["type"], each["data"]["slug"]) for each in messages_of(receiver)] == [("version.announced", "terms")]


def test_nothing_is_written_down_where_nobody_listens():
    publish(policy(), sections=faster_reply(), **clarifying())
    assert not WebhookEvent.objects.exists()


def test_a_publish_that_fails_tells_nobody(receiver):
    endpoint(receiver.url)
    with pytest.raises(RuntimeError, match="the disk is full"):
        _publish_and_fail()
    assert not WebhookDelivery.objects.exists()


def _publish_and_fail():
    from django.db import transaction

    with transaction.atomic():
        publish(policy(), sections=faster_reply(), **clarifying())
        assert WebhookDelivery.objects.exists()
        raise RuntimeError("the disk is full")


def test_the_worker_sends_in_its_rounds(receiver):
    endpoint(receiver.url)
    policy()
    assert not receiver.received  # never inside the request
    call_command("tick")
    assert "version.announced" in types(receiver)


# --- signatures, checked by the standard's own package


def test_the_standards_own_package_accepts_the_signature(receiver):
    hook = endpoint(receiver.url)
    policy()
    send_due()
    [request] = receiver.received
    verified = Webhook(opened(hook.secret)).verify(request.body, request.headers)
    assert verified["type"] == "version.announced"
    assert request.headers["content-type"] == "application/json"
    assert request.path == "/hook?from=kept"


def test_a_changed_body_or_another_secret_is_refused(receiver):
    hook = endpoint(receiver.url)
    policy()
    send_due()
    [request] = receiver.received
    with pytest.raises(WebhookVerificationError):
        Webhook(opened(hook.secret)).verify(request.body + b" ", request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(request.body, request.headers)


def test_for_a_day_both_secrets_sign_and_then_only_the_new_one(receiver):
    hook = endpoint(receiver.url)
    old, new = opened(hook.secret), rotate_secret(hook, by=None)
    hook.refresh_from_db()
    send_test(hook)
    send_due()
    [request] = receiver.received
    assert request.headers["webhook-signature"].count("v1,") == 2
    for secret in (old, new):
        assert Webhook(secret).verify(request.body, request.headers)
    with time_machine.travel(clock.now() + OVERLAP):
        send_test(hook)
        send_due()
        assert Webhook(new).verify(receiver.received[1].body, receiver.received[1].headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(receiver.received[1].body, receiver.received[1].headers)
        assert forget_former_secrets() == 1


def test_secrets_are_long_and_lie_locked_in_the_database(settings):
    hook = endpoint("https://example.com/hook")
    secret = opened(hook.secret)
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert secret not in hook.secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert opened(hook.secret) == secret


def test_a_secret_that_cannot_be_opened_is_said_and_nothing_is_sent(receiver, settings):
    endpoint(receiver.url)
    policy()
    settings.SECRET_KEY = "lost"
    send_due()
    assert not receiver.received
    assert "SECRET_KEY" in WebhookAttempt.objects.get().problem


# --- trying again


def test_after_an_error_the_same_message_comes_again_with_the_same_id(receiver):
    receiver.codes = [500, 204]
    hook = endpoint(receiver.url)
    policy()
    send_due()
    assert send_due() == 0  # not yet
    with later(minutes=10):
        send_due()
        second = receiver.received[1]
        assert Webhook(opened(hook.secret)).verify(second.body, second.headers)
    first = receiver.received[0]
    assert len(set(receiver.ids)) == 1
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 2)
    assert [each.code for each in delivery.tries.all()] == [204, 500]
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_a_receiver_that_hangs_is_tried_again(receiver, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", 0.3)
    monkeypatch.setattr(sending, "post", lambda *args: post(*args, timeout=0.3))
    receiver.behave = lambda handler: time.sleep(1)
    endpoint(receiver.url)
    policy()
    send_due()
    assert WebhookAttempt.objects.get().problem == "timed out"
    receiver.behave = None
    with later(minutes=10):
        send_due()
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1


def test_nobody_listening_is_an_answer_too():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    endpoint(f"http://127.0.0.1:{port}/")
    policy()
    send_due()
    assert "refused" in WebhookAttempt.objects.get().problem


def test_waits_get_longer_and_end_after_five_days(receiver):
    receiver.codes = [503]
    hook = endpoint(receiver.url)
    policy()
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        while WebhookDelivery.objects.open().exists():
            traveller.move_to(WebhookDelivery.objects.get().due_at)
            send_due()
        took = clock.now() - start
    waits = [
        b.at - a.at for a, b in zip(*(list(WebhookAttempt.objects.order_by("at"))[n:] for n in (0, 1)), strict=False)
    ]
    assert timedelta(minutes=4) <= waits[0] <= timedelta(minutes=6)
    assert max(waits) <= timedelta(hours=7.2)
    assert timedelta(days=4) < took < timedelta(days=6.1)
    assert len(set(receiver.ids)) == 1
    hook.refresh_from_db()
    assert WebhookDelivery.objects.get().state == DeliveryState.FAILED
    assert hook.failing_since is not None


def test_a_receiver_that_asks_for_patience_gets_it(receiver):
    receiver.codes, receiver.headers = [429], {"Retry-After": "7200"}
    endpoint(receiver.url)
    policy()
    send_due()
    assert WebhookDelivery.objects.get().due_at > clock.now() + timedelta(minutes=119)


@pytest.mark.parametrize("asked", ["-1", "1e9", "999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "٣"])
def test_odd_wishes_for_patience_are_not_obeyed(receiver, asked):
    receiver.codes, receiver.headers = [429], {"Retry-After": asked.encode().decode("latin-1")}
    endpoint(receiver.url)
    policy()
    send_due()
    assert WebhookDelivery.objects.get().due_at < clock.now() + timedelta(hours=6, minutes=1)


def test_a_worker_that_died_leaves_its_messages_to_the_next_one_with_the_same_id(receiver):
    endpoint(receiver.url)
    policy()
    [taken] = claim("a worker that is killed")
    posting.post(
        receiver.url, taken.event.body.encode(), {"webhook-id": taken.event.uid}
    )  # sent, and killed before the note
    assert send_due() == 0
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        assert send_due() == 1
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1
    assert "outcome unknown" in WebhookAttempt.objects.order_by("pk").first().problem


@pytest.mark.django_db(transaction=True)
def test_a_worker_process_that_is_killed_in_the_middle_of_a_post_loses_nothing(receiver, tmp_path, monkeypatch):
    arrived = threading.Event()
    receiver.behave = lambda handler: (arrived.set(), time.sleep(5))
    monkeypatch.setenv("WEBHOOKS_ALLOW_PRIVATE", "1")
    endpoint(receiver.url)
    policy()
    worker = start_worker(f"file://{tmp_path}")
    try:
        assert arrived.wait(60)
    finally:
        worker.kill()
        worker.wait()
    assert WebhookDelivery.objects.get().state == DeliveryState.SENDING
    receiver.behave = None
    with time_machine.travel(clock.now() + LEASE):
        assert send_due() == 1
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1
    assert WebhookDelivery.objects.get().state == DeliveryState.DELIVERED


def test_a_worker_that_lost_its_lease_does_not_undo_what_another_has_done(receiver):
    from policies.notices.webhooks.outcomes import record

    endpoint(receiver.url)
    policy()
    [slow] = claim("slow")
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        send_due("quick")
        record(slow, Answer(500, 1.0), worker="slow")
    assert WebhookDelivery.objects.get().state == DeliveryState.DELIVERED


def test_two_workers_never_take_the_same_message(receiver):
    endpoint(receiver.url)
    policy()
    assert len(claim("one")) == 1
    assert claim("two") == []


def test_a_slow_receiver_keeps_nobody_else_waiting(receiver, monkeypatch):
    """All of a batch are sent at the same time, so that a round of the worker is as long as its slowest POST."""
    receiver.behave = lambda handler: (time.sleep(0.5), handler.send_response(200), handler.end_headers())
    for number in range(8):
        endpoint(f"{receiver.url}&{number}")
    policy()
    began = time.monotonic()
    assert send_due() == 8
    assert time.monotonic() - began < 2.5
    assert WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED).count() == 8


# --- pausing, switching off, sending again


def test_what_happens_during_a_pause_waits_for_its_end(receiver):
    hook = endpoint(receiver.url)
    pause(hook, by=None)
    policy()
    assert send_due() == 0
    resume(hook, by=None)
    send_due()
    assert types(receiver) == ["version.announced"]


def test_an_endpoint_that_is_gone_is_switched_off_at_once_and_the_log_says_so(receiver):
    from wagtail.models import ModelLogEntry

    receiver.codes = [410]
    hook = endpoint(receiver.url)
    policy()
    send_due()
    hook.refresh_from_db()
    assert hook.standing == Standing.DISABLED
    assert "410" in hook.standing_because
    assert WebhookDelivery.objects.get().state == DeliveryState.FAILED
    assert ModelLogEntry.objects.filter(action="webhooks.disabled", object_id=str(hook.pk)).exists()
    policy(slug="terms", title="Terms")
    assert WebhookDelivery.objects.count() == 1  # nothing new is written for it


def test_an_endpoint_that_fails_for_days_is_switched_off_and_what_waited_has_failed(receiver):
    receiver.codes = [500]
    hook = endpoint(receiver.url)
    policy()
    send_due()
    with time_machine.travel(clock.now() + DISABLED_AFTER):
        policy(slug="terms", title="Terms")
        send_due()
    hook.refresh_from_db()
    assert hook.standing == Standing.DISABLED
    assert not WebhookDelivery.objects.open().exists()


def test_one_success_clears_the_record(receiver):
    receiver.codes = [500, 204, 500]
    hook = endpoint(receiver.url)
    policy()
    send_due()
    with later(minutes=10):
        send_due()
    with later(days=6):
        send_test(hook)
        send_due()
    hook.refresh_from_db()
    assert hook.standing == Standing.ACTIVE


def test_a_message_can_be_sent_again_with_the_same_id(receiver):
    endpoint(receiver.url)
    policy()
    delivery = WebhookDelivery.objects.get()
    assert not send_again(delivery, by=None)
    send_due()
    assert send_again(delivery, by=None)
    send_due()
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1


def test_health_says_when_messages_do_not_leave(receiver):
    endpoint(receiver.url)
    policy()
    assert messages_leave() == ""
    with later(minutes=20):
        assert "worker" in messages_leave()


# --- how it is posted


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(receiver, code):
    with listening(Receiver()) as other:
        receiver.codes, receiver.headers = [code], {"Location": other.url}
        answer = post(receiver.url, b"{}", {})
        assert (answer.code, answer.is_success) == (code, False)
        assert not other.received


@pytest.mark.parametrize(
    "behave",
    [
        drip(b"x"),
        drip(b"X-Slow: 1\r\n", first=b"HTTP/1.1 200 OK\r\n", pause=0.2),
        drip(b"H", pause=0.3),
    ],
    ids=["status", "headers", "one byte"],
)
def test_a_receiver_that_drips_its_answer_is_left_in_time(receiver, behave):
    receiver.behave = behave
    began = time.monotonic()
    answer = post(receiver.url, b"{}", {}, timeout=1.0)
    assert time.monotonic() - began < 2.0
    assert answer.code is None


def test_a_body_that_drips_or_never_ends_is_not_waited_for(receiver):
    receiver.behave = drip(b"x" * 1000, first=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
    began = time.monotonic()
    assert post(receiver.url, b"{}", {}, timeout=5.0).code == 200
    assert time.monotonic() - began < 2.0


def test_a_head_that_never_ends_is_given_up(receiver):
    receiver.behave = drip(b"X-Long: " + b"x" * 30_000 + b"\r\n", first=b"HTTP/1.1 200 OK\r\n", pause=0)
    answer = post(receiver.url, b"{}", {}, timeout=5.0)
    assert answer.code is None
    assert answer.seconds < 4


@pytest.mark.parametrize("rubbish", [b"", b"\0\0\0\0\r\n\r\n", b"HTTP/9.9 abc\r\n\r\n", b"SSH-2.0-OpenSSH\r\n"])
def test_what_is_no_http_is_an_answer_too(receiver, rubbish):
    receiver.behave = lambda handler: handler.wfile.write(rubbish)
    answer = post(receiver.url, b"{}", {}, timeout=2.0)
    assert answer.code is None
    assert answer.problem


def test_no_proxy_of_the_environment_is_asked(receiver, monkeypatch):
    with listening(Receiver()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert post(receiver.url, b"{}", {}).code == 204
        assert not proxy.received


def resolving(monkeypatch, *answers):
    """A name server that gives these answers in turn; returns the list of questions."""
    asked, turns = [], list(answers)

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        kind = socket.AF_INET6 if ":" in found[0] else socket.AF_INET
        return [(kind, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_the_connection_goes_to_the_address_that_was_looked_at(receiver, monkeypatch):
    """DNS rebinding: the first answer is looked at, and a second question is never asked."""
    asked = resolving(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    answer = post(f"http://hook.example:{receiver.port}/x", b"{}", {})
    assert answer.code == 204
    assert asked == ["hook.example"]
    assert receiver.received[0].headers["host"] == f"hook.example:{receiver.port}"


def test_a_name_that_turns_inward_is_refused_at_every_try(monkeypatch, guarded, receiver):
    asked = resolving(monkeypatch, ["127.0.0.1"])
    answer = post("https://hook.example/", b"{}", {})
    assert answer.code is None
    assert "private network" in answer.problem
    assert asked == ["hook.example"]
    assert not receiver.received


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch, guarded):
    resolving(monkeypatch, [PUBLIC, "10.0.0.7"])
    with pytest.raises(NotAllowed):
        addresses_of(target_of("https://hook.example/"))


def test_the_next_address_is_tried_where_the_first_is_deaf(receiver, monkeypatch):
    resolving(monkeypatch, ["127.0.0.77", "127.0.0.1"])
    assert post(f"http://hook.example:{receiver.port}/", b"{}", {}).code == 204


@pytest.mark.parametrize(
    ("trusted", "name", "delivered"),
    [(True, "hook.example", True), (False, "hook.example", False), (True, "other.example", False)],
    ids=["right", "untrusted", "another name"],
)
def test_the_certificate_has_to_be_trusted_and_that_of_the_name(monkeypatch, tmp_path, trusted, name, delivered):
    context, pem = certificate(tmp_path, name="hook.example")
    names = []
    context.sni_callback = lambda sock, asked, ctx: names.append(asked)
    resolving(monkeypatch, ["127.0.0.1"])
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with listening(Receiver(), context=context) as receiver:
        answer = post(f"https://{name}:{receiver.port}/", b"{}", {})
        assert answer.is_success is delivered
        assert len(receiver.received) == delivered
    assert names == [name]
    assert delivered or "CERTIFICATE_VERIFY_FAILED" in answer.problem


def test_a_tls_handshake_that_never_comes_ends_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        accepted = []
        threading.Thread(target=lambda: accepted.append(silent.accept()), daemon=True).start()
        answer = post(f"https://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {}, timeout=0.5)
    assert answer.problem == "timed out"
    assert answer.seconds < 1.5


# --- where nothing is sent

HOSTILE_ADDRESSES = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "169.254.169.254",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "168.63.129.16",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c:0:fbff:5601:1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "3fff::1",
    "localhost",
    "1.2.3",
]


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_no_answer_of_a_name_server_leads_inward(monkeypatch, guarded, address):
    assert not is_public(address)
    resolving(monkeypatch, [address])
    with pytest.raises(NotAllowed):
        addresses_of(target_of("https://hook.example/"))


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses_are_let_through(address):
    assert is_public(address)


HOSTILE_URLS = [
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "//example.com/",
    "example.com",
    "",
    "https://",
    "https:///path",
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "https://example.com@127.0.0.1/",
    "https://@example.com/",
    "https://example.com:22/",
    "https://example.com:8443/",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https://example.com:port/",
    "https://example.com/#fragment",
    "https://exa mple.com/",
    "https://example.com/\r\nX-Evil: 1",
    "https://example.com/\tx",
    "https://example.com\\@127.0.0.1/",
    "https://example.com/\x00",
    "https://ⓔxample.com/",
    "https://例え.jp/",
    "https://example.com/" + "x" * 500,
    "https://[::1",
    "https://[fe80::1%25eth0]/",
    "https://example.com/<script>",
]
RESOLVED_INWARD = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://10.0.0.1:443/",
]


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_odd_addresses_are_refused_before_anything_is_looked_up(monkeypatch, guarded, url):
    asked = resolving(monkeypatch, [PUBLIC])
    with pytest.raises(NotAllowed):
        addresses_of(target_of(url))
    assert not asked


@pytest.mark.parametrize("url", RESOLVED_INWARD)
def test_every_spelling_of_an_inner_address_is_refused_by_a_real_look_up(guarded, url):
    answer = post(url, b"{}", {}, timeout=3.0)
    assert answer.code is None
    assert "private network" in answer.problem or "gaierror" in answer.problem


def test_a_plain_address_is_taken_apart(guarded):
    target = target_of("https://Hooks.Example.com/a/b?c=d")
    assert (target.host, target.port, target.path, target.host_header) == (
        "hooks.example.com",
        443,
        "/a/b?c=d",
        "hooks.example.com",
    )


# --- staff


def test_staff_add_an_endpoint_and_see_its_secret_once(admin, receiver):
    browser = signed_in(admin)
    form = {"name": "Archive", "url": receiver.url, "events": ["version.announced"], "work": ""}
    response = browser.post("/admin/webhooks/new/", form)
    hook = WebhookEndpoint.objects.get()
    assert opened(hook.secret) in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert hook.events == ["version.announced"]
    for path in (f"inspect/{hook.pk}/", f"edit/{hook.pk}/", "", f"history/{hook.pk}/"):
        page = browser.get(f"/admin/webhooks/{path}")
        assert page.status_code == 200
        assert opened(hook.secret) not in page.content.decode()
    again = browser.post("/admin/webhooks/new/", form)
    assert WebhookEndpoint.objects.count() == 1
    assert "already exists" in again.content.decode()


@pytest.mark.parametrize("url", ["http://example.com/", "https://127.0.0.1/", "https://user@example.com/"])
def test_an_address_that_leads_inward_is_refused_where_it_is_entered(admin, guarded, url):
    response = signed_in(admin).post("/admin/webhooks/new/", {"name": "A", "url": url, "events": ["version.announced"]})
    assert not WebhookEndpoint.objects.exists()
    assert "error" in response.content.decode()


def test_staff_test_pause_resume_rotate_and_send_again(admin, receiver):
    browser, hook = signed_in(admin), endpoint(receiver.url)
    browser.post(f"/admin/webhooks/{hook.pk}/test/")
    send_due()
    assert types(receiver) == ["webhook.test"]
    text = browser.get(f"/admin/webhooks/inspect/{hook.pk}/").content.decode()
    assert "webhook.test" in text
    assert "204" in text
    assert " ms" in text
    browser.post(f"/admin/webhooks/deliveries/{WebhookDelivery.objects.get().pk}/again/")
    send_due()
    assert len(receiver.received) == 2
    before = opened(hook.secret)
    shown = browser.post(f"/admin/webhooks/{hook.pk}/rotate/").content.decode()
    hook.refresh_from_db()
    assert opened(hook.secret) in shown
    assert before not in shown
    browser.post(f"/admin/webhooks/{hook.pk}/pause/")
    hook.refresh_from_db()
    assert hook.standing == Standing.PAUSED
    browser.post(f"/admin/webhooks/{hook.pk}/resume/")
    hook.refresh_from_db()
    assert hook.standing == Standing.ACTIVE


def test_nobody_without_the_permission_sees_or_does_anything(receiver):
    hook = endpoint(receiver.url)
    for browser in (signed_in(editor()), Client()):
        assert browser.get("/admin/webhooks/").status_code == 302
        assert browser.get(f"/admin/webhooks/inspect/{hook.pk}/").status_code == 302
        for verb in ("test", "rotate", "pause"):
            assert browser.post(f"/admin/webhooks/{hook.pk}/{verb}/").status_code in (302, 403)
    assert not WebhookDelivery.objects.exists()


def test_an_auditor_sees_and_does_nothing(receiver):
    hook, browser = endpoint(receiver.url), signed_in(auditor())
    assert browser.get("/admin/webhooks/").status_code == 200
    for verb in ("test", "rotate", "pause"):
        assert browser.post(f"/admin/webhooks/{hook.pk}/{verb}/").status_code in (302, 403)
    hook.refresh_from_db()
    assert hook.standing == Standing.ACTIVE
    assert not WebhookDelivery.objects.exists()


def test_buttons_are_no_links(admin, receiver):
    hook = endpoint(receiver.url)
    assert signed_in(admin).get(f"/admin/webhooks/{hook.pk}/test/").status_code == 405
