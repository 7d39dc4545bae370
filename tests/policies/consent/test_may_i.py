"""What other parts ask: the answer is in the visitor's own cookie."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory

from common import clock
from policies.consent.deciding import check, may
from policies.consent.models import Choice
from policies.consent.rules import Because


def request_of(visitor, **headers):
    request = RequestFactory().get("/", headers=headers)
    request.COOKIES = {name: morsel.value for name, morsel in visitor.browser.cookies.items()}
    return request


def test_silence_is_no_yes(sara):
    assert may(request_of(sara), "performance") == (False, Because.UNDECIDED)


def test_only_what_was_granted_is_allowed(sara):
    sara.answers(performance="yes", targeting="no")
    request = request_of(sara)
    assert may(request, "performance") == (True, Because.GIVEN)
    assert may(request, "targeting") == (False, Because.REFUSED)


def test_what_was_withdrawn_is_not_allowed(sara):
    sara.answers(all="yes")
    sara.answers(all="no")
    assert not may(request_of(sara), "targeting")
    subject = Choice.objects.first().subject
    assert check(subject, "targeting").verdict == (False, Because.WITHDRAWN)


def test_the_essential_is_always_allowed_and_the_unknown_never(sara):
    sara.answers(all="yes")
    assert may(request_of(sara), "essential") == (True, Because.ESSENTIAL)
    assert may(request_of(sara), "mining") == (False, Because.UNKNOWN_PURPOSE)


def test_a_yes_runs_out_after_six_months(sara):
    sara.answers(performance="yes")
    with time_machine.travel(clock.now() + timedelta(days=190)):
        assert may(request_of(sara), "performance") == (False, Because.EXPIRED)


def test_a_change_that_asks_again_ends_the_yes_to_what_it_touches(sara, announce):
    sara.answers(all="yes")
    announce(2, renews=["performance"])
    assert may(request_of(sara), "performance") == (False, Because.RENEWAL_NEEDED)
    assert may(request_of(sara), "functional") == (True, Because.GIVEN)
    sara.answers(performance="yes")
    assert may(request_of(sara), "performance") == (True, Because.GIVEN)
    assert check(Choice.objects.first().subject, "performance").verdict == (True, Because.RENEWED)


@pytest.mark.parametrize("sent", ["1", "1,1", "0, 1", " 1"])
def test_the_browsers_own_signal_outweighs_a_yes_and_is_shown(sara, sent):
    sara.answers(targeting="yes", performance="yes")
    request = request_of(sara, **{"Sec-GPC": sent})
    assert may(request, "targeting") == (False, Because.SIGNAL)
    assert may(request, "performance")
    page = sara.browser.get("/choices/", headers={"Sec-GPC": sent}).content.decode()
    assert "Global Privacy Control" in page


@pytest.mark.parametrize("sent", ["", "0", "true", "11", "1;x", "one", "١"])
def test_any_other_value_is_no_signal(sara, sent):
    sara.answers(targeting="yes")
    assert may(request_of(sara, **{"Sec-GPC": sent}), "targeting")
