"""Forged cookies, strange values, other content types: a clear answer, and nothing recorded."""

import pytest
from django.core.signing import Signer

from policies.consent.models import Choice
from tests.policies.consent.visitors import Visitor, ledger

GRANTED = "performance-yes-1.functional-yes-1.targeting-yes-1"


@pytest.mark.parametrize(
    "cookie",
    ["", "~", GRANTED, f"{GRANTED}~forged", Signer(salt="another", sep="~").sign(GRANTED), "ü~\x00", "~" * 5000],
)
def test_a_forged_cookie_is_no_choice(sara, cookie):
    sara.browser.cookies["kept_choices"] = cookie
    assert sara.opens_the_page().ticked == {}


def test_a_forged_cookie_reaches_nobody_elses_choices(sara):
    sara.answers(all="yes")
    subject = Choice.objects.first().subject
    mallory = Visitor()
    mallory.browser.cookies["kept_choices"] = f"{GRANTED}.id-{subject.hex}~forged"
    mallory.answers(all="no")
    assert Choice.objects.granted().filter(subject=subject).count() == 3


@pytest.mark.parametrize("value", ["maybe", "YES", "1", "", "yes\x00", "ہاں"])
def test_only_yes_and_no_are_answers(sara, value):
    sara.opens_the_page()
    sara.page = sara.sends(performance=value)
    assert sara.page.status_code == 422
    assert "Choose yes or no." in sara.text
    assert not ledger()


def test_one_wrong_value_records_nothing_and_keeps_the_rest(sara):
    sara.opens_the_page()
    sara.page = sara.sends(performance="maybe", targeting="no")
    assert sara.ticked == {"targeting": "no"}
    assert not ledger()


def test_a_wrong_value_for_all_is_told_of_too(sara):
    sara.opens_the_page()
    sara.page = sara.sends(all="perhaps")
    assert sara.page.status_code == 422
    assert "Choose yes or no." in sara.text


def test_nobody_answers_for_the_essential(sara):
    sara.opens_the_page()
    assert sara.sends(essential="no").status_code == 422


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/xml", "nonsense"])
def test_only_forms_are_read(sara, content_type):
    answer = sara.browser.post("/choices/", data=b'{"all": "yes"}', content_type=content_type)
    assert answer.status_code == 415
    assert not ledger()


def test_a_broken_form_is_a_bad_request(sara):
    answer = sara.browser.post("/choices/", data=b"x", content_type="multipart/form-data")
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_allowed(sara, method):
    assert getattr(sara.browser, method)("/choices/").status_code == 405


def test_without_a_policy_there_is_nothing_to_choose(db):
    bilal = Visitor().opens_the_page()
    assert bilal.page.status_code == 200
    assert 'name="wording"' not in bilal.text
    assert bilal.browser.post("/choices/", {"all": "yes"}).status_code == 409


def test_before_the_first_version_is_in_force_nothing_can_be_recorded(announce):
    announce(1, days=3)
    bilal = Visitor()
    assert bilal.browser.post("/choices/", {"all": "yes"}).status_code == 409
    assert not ledger()
