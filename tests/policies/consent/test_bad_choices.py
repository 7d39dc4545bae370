"""Forged cookies, strange values, other content types: a clear answer, and nothing recorded."""

import pytest
from django.core.signing import Signer

from policies.consent.deciding import open_for
from policies.consent.knowing import known
from policies.consent.models import Choice, Wording
from policies.consent.remembering import read_token
from tests.policies.consent.visitors import Visitor, ledger, told

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


def test_accept_all_is_no_yes_to_what_the_browsers_signal_refuses(sara):
    sara.opens_the_page()
    sara.browser.post("/choices/", {"wording": sara.wording, "all": "yes"}, headers={"Sec-GPC": "1"})
    assert {purpose for _, purpose, _ in told()} == {"performance", "functional"}
    assert not open_for(read_token(sara.cookie), known("en"), signal=True)
    assert open_for(read_token(sara.cookie), known("en")) == ["targeting"]


def test_who_says_yes_to_it_by_itself_is_taken_at_their_word(sara):
    sara.opens_the_page()
    sara.browser.post("/choices/", {"wording": sara.wording, "choice-targeting": "yes"}, headers={"Sec-GPC": "1"})
    assert told() == [("given", "targeting", 1)]


@pytest.mark.parametrize("digest", ["\x00", "0" * 63, "G" * 64, "../../etc/passwd", "a" * 5000])
def test_what_is_no_hash_was_never_shown(sara, digest):
    answer = sara.browser.post("/choices/", {"wording": digest, "all": "yes"})
    assert answer.status_code in {409, 422}
    assert not ledger()


def test_the_wording_of_another_form_is_no_wording_of_this_one(sara):
    sara.browser.get("/choices/opt-out/")
    other = Wording.objects.get(kind="form")
    assert sara.browser.post("/choices/", {"wording": other.sha256, "all": "yes"}).status_code == 409
    assert not ledger()


def test_a_stranger_cannot_name_the_attempt_of_somebody_who_confirms(sara):
    """Else the stranger could send the same form a second time, and be told what the victim is known by."""
    sara.opens_the_page()
    form = {"wording": sara.wording, "all": "yes", "key": "k" * 30}
    asked = sara.browser.post("/choices/", form, headers={"Origin": "https://elsewhere.example"})
    assert asked.status_code == 200
    assert "k" * 30 not in asked.content.decode()
    assert not ledger()


@pytest.mark.parametrize("name", ["choice-targeting", "all"])
@pytest.mark.parametrize("values", [["no", "yes"], ["yes", "no"]])
def test_yes_and_no_at_once_is_no_answer(sara, name, values):
    sara.opens_the_page()
    assert sara.browser.post("/choices/", {"wording": sara.wording, name: values}).status_code == 422
    assert not ledger()
