"""What changed since a visitor agreed: from their own cookie or receipt, and kept nowhere."""

import pytest
from django.test import Client

from policies.ledger.models import Entry
from policies.ledger.receipts import receipt
from tests.factories import faster_reply, policy, publish
from tests.policies.consent.visitors import Visitor

pytestmark = pytest.mark.django_db

PATH = "/choices/changes/"


@pytest.fixture
def page():
    return policy()


def shorter(page, hours):
    """A change that is in force at once."""
    return publish(page, sections=faster_reply(hours), change_class="editorial")


def test_who_agreed_is_shown_what_changed_since(page):
    visitor = Visitor().opens_the_page()
    visitor.answers(all="yes")
    shorter(page, 48)
    newest = shorter(page, 24)
    answer = visitor.browser.get(PATH)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/privacy/compare/2026-03-01...{newest.permalink}/")
    assert "no-store" in answer["Cache-Control"]
    assert "72 hours" in visitor.browser.get(answer["Location"]).content.decode()


def test_the_oldest_yes_counts(page):
    visitor = Visitor().opens_the_page()
    visitor.answers(performance="yes", functional="no", targeting="no")
    second = shorter(page, 48)
    visitor.answers(performance="yes", functional="yes", targeting="no")
    shorter(page, 24)
    # Both answers were given anew to the second version, the older yes with them.
    assert f"compare/{second.permalink}..." in visitor.browser.get(PATH)["Location"]


def test_where_nothing_changed_it_says_so(page):
    visitor = Visitor().opens_the_page()
    visitor.answers(all="yes")
    answer = visitor.browser.get(PATH)
    assert answer.status_code == 200
    assert "Nothing has changed since you answered" in answer.content.decode()


def test_a_device_without_an_answer_is_told_so_and_gets_no_cookie(page):
    answer = Client().get(PATH)
    assert "does not know of an answer of yours" in answer.content.decode()
    assert not answer.cookies


def test_a_receipt_serves_on_any_device(page):
    Visitor().opens_the_page().answers(all="yes")
    shorter(page, 48)
    mine = receipt(Entry.objects.filter(kind="consent.given").first())
    assert "compare/2026-03-01..." in Client().get(PATH, {"receipt": f" {mine}\n"})["Location"]


def test_a_receipt_of_something_else_leads_nowhere(page):
    other = receipt(Entry.objects.get(kind="version.announced"))
    assert Client().get(PATH, {"receipt": other}).status_code == 200


@pytest.mark.parametrize("words", ["x", "a.b.c", "é" * 9000, "\x00", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_receipt_is_said_to_be_none_and_kept_in_the_field(page, words):
    answer = Client().get(PATH, {"receipt": words})
    assert answer.status_code == 400
    assert "This is not a receipt of ours" in answer.content.decode()


def test_without_a_policy_there_is_nothing_to_compare():
    assert "No policy is in force yet" in Client().get(PATH).content.decode()
