"""How often a question was sent out: in sum, by day, with nothing about anybody."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from common import clock
from common.shelf import Shelf, shelve
from common.tallying import Tally
from policies.consent.models import Served, Wording
from policies.consent.serving import add_counts, enter_served, mark_served, note_shown
from policies.ledger.models import Entry
from tests.policies.consent.visitors import Visitor

WORDING = "a" * 64


def counted():
    return dict(Served.objects.values_list("wording", "times"))


class Handed:
    """What a tally was asked to keep."""

    def __init__(self):
        self.counts = {}

    def __call__(self, counts):
        for key, times in counts.items():
            self.counts[key] = self.counts.get(key, 0) + times


def site(*, is_shelved):
    """A site with one page that asks with a wording."""

    def application(environ, start_response):
        request = RequestFactory().get(environ["PATH_INFO"])
        response = mark_served(HttpResponse(b"question"), WORDING)
        if is_shelved:
            shelve(request, response)
        start_response("200 OK", list(response.headers.items()))
        return [response.content]

    return application


def ask(shelf, method="GET", **headers):
    seen = {}

    def start_response(status, headers, exc_info=None):
        seen.update(status=status, headers=dict(headers))

    environ = RequestFactory().generic(method, "/").environ | headers | {"wsgi.input": io.BytesIO()}
    seen["body"] = b"".join(shelf(environ, start_response))
    return seen


@pytest.fixture
def handed():
    return Handed()


@pytest.mark.parametrize("is_shelved", [True, False])
def test_every_answer_counts_kept_or_not_and_the_mark_never_leaves_the_house(handed, is_shelved):
    tally = Tally(handed)
    shelf = Shelf(site(is_shelved=is_shelved), generation=lambda: 1, tally=tally)
    answers = [ask(shelf) for _ in range(5)]
    ask(shelf, method="HEAD")
    tally.flush()
    assert handed.counts == {WORDING: 5}
    assert all("X-Kept-Counts" not in answer["headers"] for answer in answers)


def test_a_reader_who_has_the_page_already_sees_the_question_again(handed):
    tally = Tally(handed)
    shelf = Shelf(site(is_shelved=True), generation=lambda: 1, tally=tally)
    etag = ask(shelf) and ask(shelf)["headers"]["ETag"]
    assert ask(shelf, HTTP_IF_NONE_MATCH=etag)["status"].startswith("304")
    tally.flush()
    assert handed.counts == {WORDING: 3}


def test_eight_threads_lose_no_count(handed):
    tally = Tally(handed, every=0.001)
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: [tally.add(WORDING) for _ in range(500)], range(8)))
    tally.end()
    assert handed.counts == {WORDING: 4000}


def test_what_cannot_be_kept_now_is_kept_later(handed):
    def refuse(counts):
        raise OSError

    tally = Tally(refuse)
    tally.add(WORDING)
    tally.flush()
    tally.hand_over = handed
    tally.add(WORDING)
    tally.end()
    assert handed.counts == {WORDING: 2}


def test_the_choices_page_says_which_wording_it_shows(sara):
    page = sara.opens_the_page().page
    assert page["X-Kept-Counts"] == Wording.objects.get().sha256 == sara.wording


def test_two_questions_on_one_page_count_both_once():
    request = RequestFactory().get("/")
    for wording in (WORDING, "b" * 64, WORDING):
        note_shown(request, wording)
    assert request.kept_wordings == [WORDING, "b" * 64]


def test_pages_that_ask_nothing_are_not_counted(sara):
    assert "X-Kept-Counts" not in sara.browser.get("/choices/changes/")
    assert "X-Kept-Counts" not in Visitor().browser.post("/choices/", {"wording": ""})


@pytest.mark.django_db(transaction=True)
def test_counts_of_a_day_add_up_and_are_entered_once_when_it_is_over():
    add_counts({WORDING: 3})
    add_counts({WORDING: 4, "b" * 64: 1})
    assert counted() == {WORDING: 7, "b" * 64: 1}
    today = clock.today()
    assert enter_served() == 0
    with time_machine.travel(clock.end_of(today) + timedelta(minutes=6)):

        def tick(_):
            try:
                return enter_served()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as workers:
            assert sum(workers.map(tick, range(2))) == 2
        assert enter_served() == 0
    lines = Entry.objects.filter(kind="consent.served").order_by("pk")
    assert [line.facts for line in lines] == [
        {"wording": WORDING, "day": today.isoformat(), "times": 7},
        {"wording": "b" * 64, "day": today.isoformat(), "times": 1},
    ]
    assert {line.subject for line in lines} == {None}


@pytest.mark.django_db(transaction=True)
def test_a_count_that_comes_after_the_day_was_entered_goes_to_the_next():
    today = clock.today()
    Served.objects.create(wording=WORDING, day=today, times=5, entered=True)
    Served.objects.add(WORDING, today, 2)
    rows = set(Served.objects.values_list("day", "times"))
    assert rows == {(today, 5), (today + timedelta(days=1), 2)}


@pytest.mark.django_db(transaction=True)
def test_the_day_stays_open_for_late_counts_after_midnight():
    add_counts({WORDING: 1})
    with time_machine.travel(clock.end_of(clock.today()) + timedelta(minutes=4)):
        assert enter_served() == 0
