"""Pages that were opened before the policy changed."""

from policies.consent.knowing import Known
from policies.consent.models import Purpose
from policies.consent.wordings import wording_of
from tests.policies.consent.visitors import Visitor, told


def test_a_choice_on_yesterdays_page_counts_for_what_it_showed(sara, announce):
    sara.opens_the_page()
    announce(2)
    assert sara.sends(all="yes").status_code == 303
    assert {number for _, _, number in told()} == {1}


def test_it_still_counts_when_the_words_around_it_have_changed_since(sara, announce):
    Visitor().answers(all="no")
    sara.opens_the_page()
    Purpose.objects.filter(code="performance").delete()
    assert sara.sends(targeting="yes").status_code == 303
    assert told()[-1] == ("given", "targeting", 1)


def test_the_same_answer_to_a_newer_version_is_a_new_answer(sara, announce):
    sara.answers(performance="yes")
    announce(2)
    sara.answers(performance="yes")
    assert told() == [("given", "performance", 1), ("renewed", "performance", 2)]


def test_the_same_answer_on_an_older_page_is_none(sara, announce):
    old = sara.opens_the_page().wording
    announce(2)
    sara.answers(performance="yes")
    sara.sends(performance="yes", wording=old)
    assert told() == [("given", "performance", 2)]


def test_a_wording_we_never_showed_is_refused_and_her_ticks_are_kept(sara):
    sara.opens_the_page()
    sara.page = sara.sends(performance="yes", targeting="no", wording="0" * 64)
    assert sara.page.status_code == 409
    assert "out of date" in sara.text
    assert sara.ticked == {"performance": "yes", "targeting": "no"}
    assert not told()


def test_the_page_shown_instead_can_be_sent_at_once(sara):
    sara.opens_the_page()
    sara.page = sara.sends(all="no", wording="")
    assert sara.sends(**sara.ticked).status_code == 303


def test_a_coming_version_was_shown_to_nobody(sara, announce):
    coming = announce(2, days=30)
    sara.opens_the_page()
    answer = sara.sends(all="yes", wording=wording_of(coming, Known.read("en"), kind="choices").sha256)
    assert answer.status_code == 409
    assert not told()
