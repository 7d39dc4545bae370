"""Forms that are sent twice, at once, late or again: one line, and the answer that holds now."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine

from common import clock
from policies.consent.models import Choice
from policies.consent.projecting import differences
from policies.consent.remembering import read_token
from tests.policies.consent.visitors import Visitor, ledger, told

KEY = "a-key-of-her-own-for-this-form"
OTHER = "another-key-of-her-own-later-on"


def answers_of(visitor):
    """What the cookie says, by purpose."""
    return {code: answer.granted for code, answer in read_token(visitor.cookie).answers.items()}


def post(server, form, cookie=""):
    """The status and the cookie of one answer of a running server."""
    host = urlsplit(server.url).netloc
    headers = {"Origin": server.url, "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("POST", "/choices/", urlencode(form), headers)
    answer = line.getresponse()
    cookies = dict(each.split(";")[0].split("=", 1) for each in answer.headers.get_all("Set-Cookie", []))
    answer.read()
    return answer.status, cookies.get("kept_choices", "")


def at_once(times, work):
    with ThreadPoolExecutor(times) as people:
        return [each.result() for each in [people.submit(work) for _ in range(times)]]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Against a running server, on whichever database the tests run."""

    def test_fifty_equal_posts_with_one_key_make_one_line_and_get_one_answer(self, sara, live_server):
        form = {"wording": sara.opens_the_page().wording, "all": "yes", "key": KEY}
        answers = at_once(50, lambda: post(live_server, form))
        assert len(set(answers)) == 1, answers
        assert answers[0][0] == 303
        [line] = ledger()
        assert read_token(answers[0][1]).subject == line.subject
        assert Choice.objects.count() == 3

    def test_fifty_clicks_of_somebody_known_without_a_key_make_one_line(self, sara, live_server):
        sara.answers(performance="yes")
        form = {"wording": sara.wording, "all": "yes"}
        at_once(50, lambda: post(live_server, form, f"kept_choices={sara.cookie}"))
        assert [state for state, _, _ in told()].count("given") == 3
        assert len(ledger()) == 2

    def test_yes_and_no_at_once_leave_what_the_ledger_says(self, sara, live_server):
        sara.answers(all="yes")
        cookie, wording = f"kept_choices={sara.cookie}", sara.wording
        with ThreadPoolExecutor(8) as people:
            for number in range(24):
                people.submit(post, live_server, {"wording": wording, "all": ("no", "yes")[number % 2]}, cookie)
        assert list(differences()) == []


def test_a_repeat_gets_the_same_answer(sara):
    sara.opens_the_page().sends(all="yes", key=KEY)
    first = sara.cookie
    lost = Visitor()
    lost.opens_the_page().sends(all="yes", key=KEY)
    assert lost.cookie == first
    assert len(ledger()) == 1


def test_the_same_key_for_something_else_is_refused_in_words(sara):
    sara.opens_the_page().sends(all="yes", key=KEY)
    sara.page = sara.sends(all="no", key=KEY)
    assert sara.page.status_code == 422
    assert "sent before with other answers" in sara.text
    assert len(ledger()) == 1
    assert Choice.objects.granted().count() == 3


def test_an_old_form_does_not_undo_a_withdrawal(sara):
    sara.opens_the_page().sends(all="yes", key=KEY)
    sara.answers(all="no")
    sara.opens_the_page().sends(all="yes", key=KEY)
    assert len(ledger()) == 2
    assert not any(answers_of(sara).values())
    assert not Choice.objects.granted().exists()


def test_nor_does_it_without_the_cookie(sara):
    sara.opens_the_page().sends(all="yes", key=KEY)
    sara.answers(all="no")
    stranger = Visitor()
    stranger.opens_the_page().sends(all="yes", key=KEY)
    assert not any(answers_of(stranger).values())
    assert not Choice.objects.granted().exists()


def test_an_old_refusal_takes_nobody_their_id(sara):
    sara.opens_the_page().sends(all="no", key=KEY)
    sara.opens_the_page().sends(all="yes", key=OTHER)
    subject = read_token(sara.cookie).subject
    sara.opens_the_page().sends(all="no", key=KEY)
    assert read_token(sara.cookie).subject == subject
    assert answers_of(sara) == {"performance": True, "functional": True, "targeting": True}


def test_an_old_refusal_does_not_age_a_newer_one(sara, announce):
    sara.opens_the_page()
    old = sara.wording
    sara.sends(all="no", key=KEY)
    announce(2)
    sara.answers(all="no")
    sara.sends(all="no", key=KEY, wording=old)
    assert {answer.version for answer in read_token(sara.cookie).answers.values()} == {2}


def test_a_repeat_after_a_lost_refusal_is_remembered(sara):
    sara.opens_the_page().sends(all="no", key=KEY)
    lost = Visitor()
    lost.opens_the_page().sends(all="no", key=KEY)
    assert lost.cookie == sara.cookie
    assert len(ledger()) == 1


@pytest.mark.parametrize("name", ["at", "time", "happened_at", "chosen_at", "subject", "uid", "until"])
def test_only_our_own_clock_and_ids_count(sara, name):
    sara.opens_the_page()
    before = clock.now()
    values = {"wording": sara.wording, "all": "yes", name: "2001-01-01T00:00:00Z"}
    assert sara.browser.post("/choices/", values).status_code == 303
    [line] = ledger()
    assert before <= line.happened_at <= clock.now()
    assert "2001" not in str(line.facts)


def test_a_clock_that_jumps_back_undoes_no_withdrawal(sara):
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        Visitor().opens_the_page()
    with time_machine.travel(noon + timedelta(days=2), tick=False):
        sara.answers(all="yes")
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        sara.answers(all="no")
        assert not any(answers_of(sara).values())
        assert not Choice.objects.granted().exists()
        assert list(differences()) == []
    with time_machine.travel(noon + timedelta(days=3), tick=False):
        sara.answers(functional="yes")
    assert [state for state, _, _ in told()] == ["given"] * 3 + ["withdrawn"] * 3 + ["given"]
    assert list(differences()) == []
