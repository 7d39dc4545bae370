"""Whom a published change asks again, and what they are shown: through real publishing, from draft to force."""

import re
from datetime import timedelta

import pytest
import time_machine

from common import clock
from policies.consent import reasking
from policies.consent.actions import expire_choices
from policies.consent.remembering import token_of
from policies.consent.rules import Answer, Remembered, State
from policies.versions.redline import compare
from tests.factories import clarifying, faster_reply, material, policy, promise, publish, section, sections
from tests.policies.consent.visitors import Visitor, told

pytestmark = pytest.mark.django_db

NEW_USE = "We also count how far you scroll."


@pytest.fixture
def page():
    return policy()


@pytest.fixture
def sara(page):
    return Visitor()


def scrolling(*more):
    """The sections with a new use of data in the one on retention."""
    contact = section("Contact", "Write to us.", blocks=[promise("We answer within {amount}.")])
    return sections(section("Retention", "We keep invoices for seven years.", NEW_USE, *more), contact)


def touching(*purposes, summary="We count how far you scroll."):
    return {**material(summary=summary), "renews": list(purposes)}


def later(days=40):
    return time_machine.travel(clock.now() + timedelta(days=days))


def again(visitor):
    """What stands under "Please answer again"; nothing where nobody is asked."""
    found = re.search(r'aria-labelledby="again".*?(?=aria-labelledby="holds")', visitor.text, re.DOTALL)
    return found[0] if found else ""


def asked(visitor):
    return re.findall(r'id="again-(\w+)"', again(visitor))


def test_a_material_change_asks_again_only_for_what_it_touches(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    assert asked(sara.opens_the_page()) == []
    with later():
        sara.opens_the_page()
        assert asked(sara) == ["performance"]
        assert sara.ticked == {"functional": "yes", "targeting": "yes"}
        assert "it is off until you answer again" in sara.text


def test_she_is_shown_why_and_what_changed_word_by_word_since_her_own_answer(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        shown = again(sara.opens_the_page())
    assert "We count how far you scroll." in shown
    assert re.search(rf"<ins\b.*{NEW_USE}", shown, re.DOTALL)
    assert "Contact" not in shown
    assert re.search(r'href="[^"]*/privacy/compare/2026-03-01\.\.\.[\d-]+/"', shown)


def test_everybody_is_shown_what_changed_since_their_own_version(sara, page):
    bilal = Visitor()
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        bilal.answers(all="yes")
        publish(page, sections=scrolling("And when."), **touching("performance", summary="And when you do."))
        with later():
            hers, his = again(sara.opens_the_page()), again(bilal.opens_the_page())
    assert "We count how far you scroll." in hers
    assert "And when you do." in hers
    assert "We count how far you scroll." not in his
    assert "And when you do." in his
    assert re.search(rf"<ins\b[^>]*>.*{NEW_USE}", hers, re.DOTALL)
    assert not re.search(rf"<ins\b[^>]*>[^<]*(<[^>]*>)*[^<]*{NEW_USE}", his)


def test_one_press_answers_again_and_leaves_everything_else(sara, page):
    sara.answers(performance="yes", functional="yes", targeting="no")
    publish(page, sections=scrolling(), **touching("performance", "functional"))
    with later():
        assert asked(sara.opens_the_page()) == ["performance", "functional"]
        sara.answers(performance="yes", **{"only-open": "1"})
        assert told()[3:] == [("renewed", "performance", 2)]
        assert asked(sara) == ["functional"]
        sara.answers(functional="no", **{"only-open": "1"})
        assert told()[4:] == [("withdrawn", "functional", 2)]
        assert asked(sara) == []


def test_saying_nothing_to_it_keeps_the_rest_and_leaves_it_open(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        sara.opens_the_page()
        ticked = sara.ticked
        sara.answers(**ticked)
        assert asked(sara) == ["performance"]
        assert "performance" not in sara.ticked
        assert ticked.items() <= sara.ticked.items()


def test_who_refused_is_not_asked_again_before_their_year_is_over_whatever_changes(sara, page):
    sara.answers(performance="no", functional="yes", targeting="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        sara.opens_the_page()
        assert asked(sara) == []
        assert sara.ticked["performance"] == "no"
    with later(days=370):
        sara.opens_the_page()
        assert "performance" not in asked(sara)
        assert sara.ticked["performance"] == "no"
        assert "we may ask you once more" in sara.text


def test_who_took_it_back_is_not_asked_again_either(sara, page):
    sara.answers(all="yes")
    sara.answers(withdraw="performance")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        assert asked(sara.opens_the_page()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"change_class": "editorial"},
        clarifying(),
        {**clarifying(), "renews": ["performance"]},
        {"change_class": "editorial", "renews": ["performance"]},
        material(),
    ],
    ids=["typo", "clearer", "clearer, with purposes left ticked", "typo, with purposes left ticked", "another matter"],
)
def test_a_change_that_touches_no_consent_asks_nobody(sara, page, change):
    sara.answers(all="yes")
    publish(page, sections=faster_reply(), **change)
    with later():
        sara.opens_the_page()
        assert asked(sara) == []
        assert set(sara.ticked.values()) == {"yes"}
        assert len(sara.ticked) == 3


def test_a_typo_after_the_change_is_no_new_change_but_its_text_is_compared(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        sara.answers(performance="yes", **{"only-open": "1"})
        publish(page, sections=scrolling("Every day."), change_class="editorial")
        assert asked(sara.opens_the_page()) == []


def test_a_change_that_is_only_coming_asks_nobody_yet(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    with later(days=29):
        assert asked(sara.opens_the_page()) == []


def test_a_yes_that_ran_out_is_asked_for_with_its_day_and_nothing_ticked(sara, page):
    sara.answers(performance="yes", functional="no")
    with later(days=190):
        expire_choices()
        sara.opens_the_page()
        assert asked(sara) == ["performance"]
        assert "Your yes ran out on" in again(sara)
        assert "compare/" not in again(sara)
        assert sara.ticked == {"functional": "no"}


def test_nobody_is_asked_again_for_what_their_browsers_signal_switches_off(sara, page):
    sara.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance", "targeting"))
    with later():
        sara.browser.defaults["HTTP_SEC_GPC"] = "1"
        assert asked(sara.opens_the_page()) == ["performance"]


def test_an_answer_to_a_version_that_is_not_on_record_is_asked_again_without_a_comparison(sara, page):
    publish(page, sections=scrolling(), **touching("performance"))
    with later():
        answer = Answer(State.GIVEN, 0, clock.today() + timedelta(days=9))
        sara.browser.cookies["kept_choices"] = token_of(Remembered({"performance": answer}))
        sara.opens_the_page()
        assert asked(sara) == ["performance"]
        assert "We count how far you scroll." in again(sara)
        assert "compare/" not in again(sara)


@pytest.mark.django_db(transaction=True)
def test_what_changed_is_worked_out_once_for_all_who_answered_to_the_same_version(page, monkeypatch):
    sara, bilal = Visitor(), Visitor()
    sara.answers(all="yes")
    bilal.answers(all="yes")
    publish(page, sections=scrolling(), **touching("performance"))
    worked_out = []
    monkeypatch.setattr(reasking, "compare", lambda *sides: worked_out.append(sides) or compare(*sides))
    with later():
        assert NEW_USE in again(sara.opens_the_page())
        assert NEW_USE in again(bilal.opens_the_page())
    assert len(worked_out) == 1
