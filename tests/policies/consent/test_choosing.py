"""Choosing and taking back, as a visitor does it."""

import re
from html import unescape

import pytest

from common import clock
from common.canonical import sha256
from policies.consent.models import Choice, Wording
from policies.consent.standard import make_standard
from policies.jurisdictions.asking import months_after
from tests.factories import locale
from tests.policies.consent.visitors import Visitor, ledger, told


def test_nothing_is_chosen_before_sara_chooses(sara):
    assert sara.opens_the_page().ticked == {}


def test_a_choice_is_recorded_against_the_version_and_the_wording_she_saw(sara, version):
    sara.answers(performance="yes")
    [entry] = ledger()
    wording = Wording.objects.get()
    assert entry.kind == "consent.given"
    until = months_after(clock.today(), 6).isoformat()
    assert entry.facts == {
        "given": {"performance": until},
        "version": {
            "policy": str(version.work.key),
            "number": 1,
            "permalink": version.permalink,
            "sha256": version.sha256,
        },
        "wording": wording.sha256,
        "language": "en",
        "regime": "strict",
        "method": "form",
    }
    assert (wording.version, wording.language) == (version, "en")


def test_the_wording_is_kept_as_it_was_shown(sara):
    sara.answers(all="yes")
    wording = Wording.objects.get()
    assert wording.sha256 == sara.wording == sha256(wording.content)
    unchosen = re.sub(r"\bchecked\b", "", sara.text)
    assert "".join(unescape(wording.content["html"]).split()) in "".join(unchosen.split())


def test_what_holds_now_can_be_asked_of_the_database(sara, version):
    sara.answers(performance="yes", functional="no")
    rows = {choice.purpose: choice for choice in Choice.objects.all()}
    assert {purpose: choice.state for purpose, choice in rows.items()} == {
        "performance": "given",
        "functional": "refused",
    }
    assert {choice.version for choice in rows.values()} == {version}
    assert [rows["performance"].entry] == [rows["functional"].entry] == ledger()


def test_the_page_shows_her_choices_when_she_comes_back(sara):
    sara.answers(performance="yes", functional="no")
    assert sara.ticked == {"performance": "yes", "functional": "no"}


def test_what_she_leaves_open_stays_open(sara):
    sara.answers(performance="no")
    assert told() == [("refused", "performance", 1)]


def test_refusing_everything_makes_no_identifier(sara):
    bilal = Visitor()
    sara.answers(all="no")
    bilal.answers(all="no")
    assert {entry.subject for entry in ledger()} == {None}
    assert not Choice.objects.exists()
    assert sara.cookie == bilal.cookie


def test_whoever_grants_something_is_known_by_a_random_number(sara):
    bilal = Visitor()
    sara.answers(all="yes")
    bilal.answers(all="yes")
    subjects = [entry.subject for entry in ledger()]
    assert None not in subjects
    assert len(set(subjects)) == len(subjects) == 2


def test_taking_back_takes_one_step_as_giving_did(sara):
    sara.answers(all="yes")
    sara.answers(all="no")
    assert set(told()[3:]) == {("withdrawn", purpose, 1) for purpose in ("performance", "functional", "targeting")}
    assert len({entry.subject for entry in ledger()}) == 1
    assert not Choice.objects.granted().exists()


def test_changing_her_mind_keeps_both_lines(sara):
    for answer in ("no", "yes", "no"):
        sara.answers(targeting=answer)
    assert [kind for kind, _, _ in told()] == ["refused", "given", "withdrawn"]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_clicking_twice_is_as_good_as_once(sara, answer):
    sara.answers(all=answer)
    sara.answers(all=answer)
    assert len(ledger()) == 1


def test_an_old_cookie_beside_newer_choices_enters_what_really_changes(sara):
    sara.answers(all="yes")
    old = sara.cookie
    sara.answers(all="no")
    sara.browser.cookies["kept_choices"] = old
    sara.answers(all="no")
    assert len(ledger()) == 2


def test_looking_changes_nothing(sara):
    sara.opens_the_page()
    sara.browser.get("/choices/?saved=1&all=yes&choice-performance=yes")
    assert not ledger()
    assert not Choice.objects.exists()
    assert "kept_choices" not in sara.browser.cookies


def test_the_page_is_never_kept_by_a_cache(sara):
    assert "no-store" in sara.opens_the_page().page["Cache-Control"]


def test_after_saving_the_browser_is_sent_to_a_page_that_says_so(sara):
    answer = sara.opens_the_page().sends(all="no")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/choices/?saved=1")
    assert "Your choices are saved." in sara.browser.get(answer["Location"]).content.decode()


def test_the_cookie_outlasts_every_answer_and_is_out_of_reach_of_scripts(sara):
    sara.answers(all="no")
    cookie = sara.browser.cookies["kept_choices"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (400 * 24 * 3600, True, "Lax")


def test_urdu_readers_are_recorded_with_the_urdu_wording(version):
    locale("ur")
    make_standard()
    zainab = Visitor("/ur/choices/")
    zainab.answers(functional="yes")
    assert Wording.objects.get().content["language"] == "ur"
    assert ledger()[0].facts["language"] == "ur"
    assert 'lang="ur"' in zainab.text
