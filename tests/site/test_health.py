"""The operator's monitor asks one address whether the site keeps what it promises."""

from datetime import timedelta

import pytest
import time_machine
from wagtail.models import Page

from common import clock, health
from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.ledger.sealing import seal
from policies.notices.actions import close_notices, send_out_notices
from policies.versions.actions import cancel_version
from tests.factories import newest, policy, publish
from tests.mailbox import deliver, mailbox
from tests.policies.notices.telling import announce, small, subscriber

pytestmark = pytest.mark.django_db


def checks(client, status):
    seal()  # as a worker does all the time
    response = client.get("/healthz")
    assert response.status_code == status, response.content
    assert "no-store" in response["Cache-Control"]
    return response.json()["checks"]


def later(**kwargs):
    return time_machine.travel(clock.now() + timedelta(**kwargs))


def test_a_site_where_nothing_waits_is_well(client):
    policy()
    assert checks(client, 200).items() >= {"database": "ok", "letters": "ok", "notices": "ok", "policies": "ok"}.items()


def test_letters_that_nobody_sends_are_trouble_after_a_quarter_of_an_hour(client):
    subscriber("carol")
    announce()
    send_out_notices()
    checks(client, 200)
    with later(minutes=16):
        assert "1 letters have been due" in checks(client, 503)["letters"]


def test_a_notice_that_is_not_finished_within_a_day_is_trouble(client):
    version = announce()
    with later(hours=23):
        checks(client, 200)
    with later(hours=25):
        assert version.permalink in checks(client, 503)["notices"]


def test_a_change_that_takes_effect_before_everybody_is_told_is_trouble_at_once(client):
    tomorrow = clock.today() + timedelta(days=1)
    version = announce(**small() | {"effective_on": tomorrow})
    with time_machine.travel(version.effective_at):
        assert version.permalink in checks(client, 503)["notices"]


def test_a_change_that_is_in_force_at_once_has_its_day_to_be_told(client):
    announce(**small())
    assert checks(client, 200)["notices"] == "ok"


def test_everything_is_well_again_when_everybody_has_been_told(client):
    subscriber("carol")
    announce()
    with later(hours=25):
        checks(client, 503)
        with mailbox():
            deliver()
        close_notices()
        checks(client, 200)


def test_what_was_cancelled_before_anybody_was_told_is_no_trouble(client):
    version = announce()
    cancel_version(version, words={"en": "Not yet."}, by=None)
    with mailbox():
        deliver()
    close_notices()
    with later(hours=25):
        assert checks(client, 200)["notices"] == "ok"


def test_an_editorial_change_needs_nobody_to_be_told(client):
    page = policy()
    publish(page, title="Our privacy policy", change_class="editorial")
    assert newest(page).number == 2
    with later(hours=25):
        checks(client, 200)


def test_a_policy_whose_page_was_taken_away_behind_our_back_is_trouble(client):
    page = policy()
    Page.objects.filter(pk=page.pk).update(live=False)
    assert "privacy" in checks(client, 503)["policies"]


def test_a_check_that_fails_is_trouble_and_never_an_error_page(client):
    def fail():
        raise RuntimeError("no disk")

    health.register_check("disk", fail)
    try:
        assert checks(client, 503)["disk"] == "The check itself failed: RuntimeError."
    finally:
        health._checks.pop("disk")


def test_it_names_nobody(client):
    subscriber("carol")
    announce()
    send_out_notices()
    with later(hours=25):
        assert "carol" not in client.get("/healthz").content.decode()


def test_lines_that_nobody_seals_are_trouble(client):
    append(kind=Kind.NOTICE_CLOSED, facts={})
    assert client.get("/healthz").json()["checks"]["ledger"] == "ok"
    with later(minutes=11):
        assert "wait to be sealed" in client.get("/healthz").json()["checks"]["ledger"]
        seal()
        assert client.get("/healthz").json()["checks"]["ledger"] == "ok"
