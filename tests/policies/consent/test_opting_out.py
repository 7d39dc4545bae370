"""The signal of a browser, and the opt-out of sale and sharing as a form of its own."""

import re
from datetime import timedelta

import pytest
import time_machine

from common import clock
from common.signing import subject_of
from policies.consent.models import Choice, Wording
from policies.ledger.models import Entry
from tests.policies.consent.visitors import Visitor, ledger

PATH = "/choices/opt-out/"


class Opting(Visitor):
    """Somebody who opens the page of the opt-out and presses its one button."""

    def opts_out(self, **changed):
        page = self.browser.get(PATH).content.decode()
        fields = dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page))
        self.fields = {**fields, **changed}
        return self.browser.post(PATH, self.fields)


@pytest.fixture
def sara(version):
    return Opting()


def lines():
    return [entry.kind for entry in Entry.objects.order_by("pk")]


def signals(visitor, value="1"):
    visitor.browser.defaults["HTTP_SEC_GPC"] = value
    return visitor.opens_the_page()


def test_the_signal_is_shown_as_honoured_with_what_it_switches_off(sara):
    signals(sara)
    shown = re.search(r'<section class="[^"]*gpc-status.*?</section>', sara.text, re.DOTALL)[0]
    assert "Opt-out request honoured" in shown
    assert "Advertising" in shown
    assert "Statistics" not in shown
    assert "nothing about you is recorded" in shown


def test_the_signal_leaves_no_line_no_cookie_and_no_row(sara):
    signals(sara)
    assert not Entry.objects.exists()
    assert not Choice.objects.exists()
    assert not sara.browser.cookies


def test_without_the_signal_there_is_no_status(sara):
    assert "gpc-status" not in sara.opens_the_page().text
    assert "gpc-status" not in signals(sara, "0").text


def test_a_yes_against_the_signal_is_explained_and_stays_in_the_form(sara):
    sara.answers(all="yes")
    signals(sara)
    assert "Your browser and your answer here disagree" in sara.text
    assert "which outweighs your yes" in sara.text
    assert sara.ticked["targeting"] == "yes"
    sara.answers(withdraw="targeting")
    assert "disagree" not in sara.text
    assert "Opt-out request honoured" in sara.text


def test_a_yes_said_while_the_signal_is_on_is_taken_and_explained(sara):
    signals(sara)
    sara.answers(targeting="yes", performance="no")
    assert "You said yes here to: Advertising" in sara.text


def test_the_footer_of_every_page_leads_there(sara):
    assert f'href="{PATH}"' in sara.opens_the_page().text
    assert sara.browser.get(PATH).status_code == 200


def test_opting_out_asks_for_nothing_and_says_that_it_is_done(sara):
    page = sara.browser.get(PATH)
    assert "no-store" in page["Cache-Control"]
    assert page.content.decode().count('type="submit"') == 1
    assert not re.search(r'<input(?! type="hidden")', page.content.decode())
    answer = sara.opts_out()
    assert answer.status_code == 303
    done = sara.browser.get(answer["Location"]).content.decode()
    assert "Opt-out request honoured" in done
    [entry] = Entry.objects.all()
    assert subject_of(re.search(r"/choices/receipts/([^/]+)/", done)[1], purpose="receipt") == entry.uid


def test_it_is_entered_as_an_opt_out_without_an_identifier(sara):
    sara.opts_out()
    [entry] = Entry.objects.all()
    assert (entry.kind, entry.subject, entry.facts["method"]) == ("optout.requested", None, "button")
    assert list(entry.facts["refused"]) == ["targeting"]
    assert sara.opens_the_page().ticked == {"targeting": "no"}


def test_it_takes_a_yes_back_and_stands_in_her_history(sara):
    sara.answers(all="yes")
    sara.opts_out()
    assert lines() == ["consent.given", "optout.requested"]
    assert Choice.objects.get(purpose="targeting").state == "withdrawn"
    sara.opens_the_page()
    assert sara.ticked == {"performance": "yes", "functional": "yes", "targeting": "no"}
    assert "You opted out of the sale and sharing" in sara.text


def test_pressing_twice_enters_it_once_and_forgets_nothing(sara):
    sara.answers(performance="no")
    sara.opts_out()
    sara.browser.post(PATH, sara.fields)
    assert lines() == ["consent.refused", "optout.requested"]
    assert sara.opens_the_page().ticked == {"performance": "no", "targeting": "no"}


def test_who_had_refused_before_is_left_in_peace_for_another_year(sara):
    sara.answers(all="no")
    with time_machine.travel(clock.now() + timedelta(days=300)):
        sara.opts_out()
    with time_machine.travel(clock.now() + timedelta(days=500)):
        said = sara.opens_the_page().text
    assert said.count("we may ask you once more") == 2


def test_a_later_yes_ends_the_opt_out_and_that_is_entered_too(sara):
    sara.answers(performance="yes", targeting="yes")
    sara.opts_out()
    sara.answers(functional="yes")
    assert "optout.ended" not in lines()
    sara.answers(targeting="yes")
    assert lines()[-2:] == ["consent.given", "optout.ended"]
    assert Entry.objects.last().facts["purposes"] == ["targeting"]
    assert "Your opt-out ended" in sara.text
    sara.answers(targeting="no")
    sara.answers(targeting="yes")
    assert lines().count("optout.ended") == 1


def test_it_needs_a_form_of_our_own_page(sara):
    sara.browser.defaults["HTTP_ORIGIN"] = "https://evil.example"
    answer = sara.opts_out()
    assert "Please confirm" in answer.content.decode()
    assert not lines()
    fields = dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', answer.content.decode()))
    assert sara.browser.post(PATH, fields).status_code == 303
    assert lines() == ["optout.requested"]


@pytest.mark.parametrize(
    "changed", [{"wording": "0" * 64}, {"wording": ""}, {"key": "short"}, {"key": ""}, {"x": "\x00"}]
)
def test_an_opt_out_is_never_refused_for_its_form(sara, changed):
    assert sara.opts_out(**changed).status_code == 303
    assert lines() == ["optout.requested"]


def test_the_key_of_another_form_is_not_taken_for_this_one(sara):
    sara.opts_out()
    sara.opens_the_page()
    sara.page = sara.sends(performance="yes", key=sara.fields["key"])
    assert sara.page.status_code == 422
    assert not ledger()


def test_its_wording_is_kept_and_asks_for_nothing_else(sara):
    sara.opts_out()
    wording = Wording.objects.get(pk=Entry.objects.get().facts["wording"])
    assert (wording.kind, wording.purposes) == ("form", ["targeting"])
    shown = sara.browser.get(PATH).content.decode()
    assert "".join(wording.content["html"].split()) in "".join(shown.split())
    sara.opens_the_page()
    sara.page = sara.sends(performance="yes", wording=wording.sha256)
    assert sara.page.status_code == 409
    assert not ledger()


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_only_forms_are_read(sara, content_type):
    assert sara.browser.post(PATH, data=b"{}", content_type=content_type).status_code == 415
    assert sara.browser.put(PATH).status_code == 405


def test_before_there_is_a_policy_it_says_so(db):
    bilal = Opting()
    assert "nothing to opt out of yet" in bilal.browser.get(PATH).content.decode()
    assert bilal.browser.post(PATH, {}).status_code == 409
