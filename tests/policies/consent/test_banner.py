"""The banner: the same bytes for everybody, whoever they are and whatever they chose before."""

import re
from html import unescape

import pytest
from django.test import Client

from common.canonical import sha256
from policies.consent.models import Category, Purpose, Wording
from policies.consent.standard import make_standard
from policies.consent.wordings import wording_in_force
from tests.factories import draft, home, locale, material, policy, publish
from tests.people import editor, signed_in
from tests.policies.consent.readers import Reader
from tests.policies.consent.visitors import ledger, told

pytestmark = pytest.mark.django_db

PAGES = ["/", "/privacy/", "/privacy/versions/", "/updates/", "/no/such/page/"]


@pytest.fixture
def page():
    return policy()


@pytest.fixture
def sara(page):
    return Reader().opens_the_page()


@pytest.mark.parametrize("path", PAGES)
def test_it_is_on_every_page(page, path):
    fields = Reader(path).opens_the_page().fields
    assert fields == {"wording": fields["wording"], "only-open": "1", "next": path}


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/updates/"])  # whose own form has a token
def test_everybody_gets_the_same_bytes(page, path):
    sara = Reader("/privacy/").opens_the_page()
    stranger = Client().get(path).content
    sara.presses("yes")
    assert sara.browser.get(path).content == stranger
    assert Client(headers={"Sec-GPC": "1"}).get(path).content == stranger
    assert Client(headers={"Cookie": "kept_choices=forged; kept_said=saved"}).get(path).content == stranger


def test_no_page_sets_a_cookie_or_holds_a_token(page):
    for path in [*PAGES, "/choices/", "/choices/state.css"]:
        reader = Reader(path).opens_the_page()
        assert "csrfmiddlewaretoken" not in reader.banner
        assert path == "/updates/" or not reader.page.cookies


def test_reject_comes_first_and_looks_like_accept(sara):
    buttons = re.findall(r"<button (.*?)>(.*?)</button>", sara.banner)
    assert [label for _, label in buttons] == ["Reject all", "Accept all"]
    assert len({attributes.replace('"no"', '"yes"') for attributes, _ in buttons}) == 1
    assert not re.search(r"checked|autofocus|aria-modal|<dialog", sara.banner)


def test_it_names_what_is_asked_for_and_nothing_else(sara):
    assert re.findall(r"<strong>(.*?):</strong>", sara.banner) == ["Performance", "Functional", "Targeting"]


def test_what_is_shown_is_what_is_filed(sara):
    wording = Wording.objects.get(kind="banner")
    assert wording.sha256 == sara.wording == sha256(wording.content)
    assert wording.content["html"] in sara.page.content.decode()
    assert set(wording.content["buttons"].values()) == {"Reject all", "Accept all", "Choose"}


@pytest.mark.parametrize(("answer", "became"), [("no", "refused"), ("yes", "given")])
def test_one_press_answers_everything_and_leads_back(sara, answer, became):
    response = sara.presses(answer)
    assert (response.status_code, response["Location"]) == (303, "/privacy/")
    assert set(told()) == {(became, code, 1) for code in ("performance", "functional", "targeting")}
    assert [(entry.facts["method"], entry.facts["wording"]) for entry in ledger()] == [("button", sara.wording)]


def test_the_way_back_keeps_the_question_of_the_address(page):
    answer = Reader("/privacy/?where=gdpr").opens_the_page().presses("no")
    assert answer["Location"] == "/privacy/?where=gdpr"


def test_markup_in_the_address_is_no_markup(page):
    reader = Reader('/privacy/?x="><script>alert(1)</script>').opens_the_page()
    assert "<script>alert" not in reader.page.content.decode()
    assert unescape(reader.fields["next"]).startswith("/privacy/?x=")


def test_it_answers_only_what_is_open(sara):
    choices = Reader("/choices/").opens_the_page()
    choices.browser = sara.browser
    choices.sends(performance="yes", functional="no")
    sara.presses("no")
    assert set(told()) == {("given", "performance", 1), ("refused", "functional", 1), ("refused", "targeting", 1)}


@pytest.mark.parametrize("path", ["/choices/", "/choices/changes/", "/choices/wordings/" + 64 * "0" + "/"])
def test_it_is_not_where_people_choose(page, path):
    assert not Reader(path).opens_the_page().banner


def test_it_is_not_there_before_there_is_a_policy(db):
    home()
    assert not Reader("/").opens_the_page().banner


def test_it_is_not_there_before_the_first_version_is_in_force(db):
    publish(draft(), **material())
    assert not Reader().opens_the_page().banner


def test_it_is_not_in_the_preview_nor_in_the_admin(page):
    assert b"consent-banner" not in page.make_preview_request().content
    assert b"consent-banner" not in signed_in(editor()).get("/admin/", follow=True).content


def test_it_is_not_there_where_nothing_is_asked_for(page):
    Purpose.objects.filter(category__in=["performance", "functional", "targeting"]).delete()
    assert not Reader().opens_the_page().banner


def test_what_rests_on_another_basis_is_told_and_not_asked(page):
    Purpose.objects.filter(code="performance").update(legal_basis="legitimate_interest")
    sara = Reader().opens_the_page()
    assert "Performance:" not in sara.banner
    sara.presses("yes")
    assert {code for _, code, _ in told()} == {"functional", "targeting"}


def test_what_editors_write_is_text_and_no_markup(page):
    Category.objects.filter(code="targeting").update(text='<script>alert("x")</script>')
    assert "<script>" not in Reader().opens_the_page().banner


def test_urdu_readers_are_asked_in_urdu_and_led_back_there(page):
    home("ur")
    locale("ur")
    make_standard()
    zainab = Reader("/ur/").opens_the_page()
    assert 'action="/ur/choices/"' in zainab.banner
    assert "کارکردگی" in zainab.banner
    assert wording_in_force(language="ur", kind="banner").sha256 == zainab.wording
    assert zainab.presses("no")["Location"] == "/ur/"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "\\\\evil.example", "evil", ""])
def test_nobody_is_led_elsewhere(sara, back):
    answer = sara.browser.post("/choices/", sara.fields | {"all": "no", "next": back})
    assert answer["Location"].startswith("/choices/")


@pytest.mark.django_db(transaction=True)
def test_it_costs_a_page_one_small_question(page, client, django_assert_num_queries):
    client.get("/updates/")
    with django_assert_num_queries(1):
        assert wording_in_force(language="en", kind="banner")
    assert Wording.objects.filter(kind="banner").count() == 1
