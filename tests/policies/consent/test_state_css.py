"""What differs from visitor to visitor: one small stylesheet, told from their own cookies."""

from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client

from common import clock
from policies.consent.remembering import token_of
from policies.consent.rules import Answer, Remembered, State
from tests.factories import policy
from tests.policies.consent.readers import Reader
from tests.policies.consent.visitors import Visitor

PATH = "/choices/state.css"


@pytest.fixture
def bilal(version):
    return Visitor()


def state(visitor, **headers):
    return visitor.browser.get(PATH, headers=headers).content.decode().split("\n", 1)[1]


def test_who_never_answered_sees_the_question(bilal):
    assert state(bilal) == ""


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_who_answered_is_left_alone(bilal, answer):
    bilal.answers(all=answer)
    assert state(bilal) == ".consent{display:none}"


def test_what_is_answered_is_not_asked_again_beside_what_is_open(bilal):
    bilal.answers(performance="yes")
    assert state(bilal) == '.consent [data-category="performance"]{display:none}'


def test_after_a_press_it_is_said_in_place_of_the_question(bilal):
    bilal.answers(all="no")
    bilal.browser.cookies["kept_said"] = "saved"
    assert state(bilal) == ".consent__saved{display:block}\n.consent .consent__form{display:none}"


def test_the_signal_is_shown_before_and_after_answering(bilal):
    assert state(bilal, **{"Sec-GPC": "1"}) == ".gpc-status{display:block}"
    bilal.answers(all="no")
    assert state(bilal, **{"Sec-GPC": "1"}) == ".gpc-status{display:block}\n.consent .consent__form{display:none}"
    assert ".gpc-status" not in state(bilal, **{"Sec-GPC": "0"})


def test_a_change_asks_those_again_who_said_yes_to_what_it_touches(bilal, announce):
    others = Visitor()
    bilal.answers(all="yes")
    others.answers(all="no")
    announce(2, renews=["performance"])
    assert state(bilal).splitlines() == [
        '.consent [data-category="functional"]{display:none}',
        '.consent [data-category="targeting"]{display:none}',
        ".consent__again{display:block}",
    ]
    assert state(others) == ".consent{display:none}"


def test_a_change_that_touches_nothing_asks_nobody(bilal, announce):
    bilal.answers(all="yes")
    announce(2)
    assert state(bilal) == ".consent{display:none}"


def test_a_yes_that_ran_out_is_asked_for_without_talk_of_a_change(bilal):
    bilal.answers(all="yes")
    with time_machine.travel(clock.now() + timedelta(days=190)):
        assert state(bilal) == ""


def test_it_is_asked_for_each_time_and_mostly_not_sent(bilal):
    bilal.answers(all="no")
    first = bilal.browser.get(PATH)
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Content-Type"] == "text/css; charset=utf-8"
    again = bilal.browser.get(PATH, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    bilal.answers(all="yes")
    bilal.browser.cookies["kept_said"] = "saved"
    assert bilal.browser.get(PATH, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "cookie",
    [
        "~",
        "x" * 5000,
        "performance-yes-1-20991231~forged",
        Signer(salt="another", sep="~").sign("targeting-yes-1-2099"),
    ],
)
def test_a_forged_cookie_hides_nothing(bilal, cookie):
    bilal.browser.cookies["kept_choices"] = cookie
    assert state(bilal) == ""


def test_what_a_signed_cookie_says_of_unknown_purposes_gets_into_no_rule(bilal):
    answer = Answer(State.GIVEN, 1, clock.today() + timedelta(days=9))
    bilal.browser.cookies["kept_choices"] = token_of(Remembered({"x{}": answer, "mining": answer}))
    assert state(bilal) == ""


def test_it_writes_nothing_and_sets_no_cookie(bilal):
    answer = bilal.browser.get(PATH, headers={"Sec-GPC": "1"})
    assert not answer.cookies
    assert [Client().post(PATH).status_code, Client().head(PATH).status_code] == [405, 200]


def test_without_a_policy_it_is_there_all_the_same(db):
    assert Client().get(PATH).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_it_takes_one_question_to_the_database_and_none_for_strangers(django_assert_num_queries):
    policy()
    sara = Reader().opens_the_page()
    with django_assert_num_queries(0):
        assert "display" not in sara.state
    sara.presses("no")
    assert sara.state
    with django_assert_num_queries(1):
        assert "display:none" in sara.state
