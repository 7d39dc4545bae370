"""What time brings about."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from policies.versions.history import History
from policies.versions.models import PolicyPage
from policies.versions.schedule import publish_due, reconcile
from tests.factories import RETENTION, draft, faster_reply, material, newest, policy, publish

pytestmark = pytest.mark.django_db


def schedule(page, moment):
    page.go_live_at = moment
    page.save_revision().publish()


def test_a_draft_that_cannot_be_published_holds_no_other_one_back(monkeypatch):
    broken, fine = draft(RETENTION), draft(RETENTION, slug="terms", title="Terms")
    for page in (broken, fine):
        schedule(page, clock.now() + timedelta(hours=1))
    monkeypatch.setattr("policies.versions.schedule.call_command", lambda name: None)
    from policies.versions import drafts

    freeze = drafts.freeze
    monkeypatch.setattr(drafts, "freeze", lambda page, **how: 1 / 0 if page.slug == "privacy" else freeze(page, **how))
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        publish_due()
    assert newest(broken) is None
    assert newest(fine).number == 1
    assert not PolicyPage.objects.get(pk=broken.pk).live


def test_a_page_that_went_live_behind_our_back_is_found_and_recorded():
    page = draft(RETENTION)
    PolicyPage.objects.filter(pk=page.pk).update(live=True)
    assert newest(page) is None
    assert reconcile() == 1
    assert newest(page).number == 1
    assert reconcile() == 0


def test_a_version_comes_into_force_without_anybody_doing_anything():
    page = policy()
    coming = publish(page, sections=faster_reply(), **material())
    assert History.of_page(page).in_force.number == 1
    with time_machine.travel(coming.effective_at):
        assert History.of_page(page).in_force.number == 2
    with time_machine.travel(coming.effective_at - timedelta(microseconds=1)):
        assert History.of_page(page).in_force.number == 1
