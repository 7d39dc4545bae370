"""What somebody with bad intentions could try: to have a yes recorded that nobody gave, or to become somebody else."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signing import Signer
from django.test import Client
from django.urls import get_script_prefix

from common.shelf import Shelf
from policies.consent.models import Choice
from policies.consent.remembering import remembered
from tests.factories import home, policy
from tests.policies.consent.visitors import Visitor, ledger, told

ELSEWHERE = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:81"},
    {"Origin": "http://testserver@evil.example"},
    {"Origin": "http://testserver, http://evil.example"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "none"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin, cross-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "SAME-ORIGIN"},
    {"Referer": "http://testserver/choices/"},
    {"X-Forwarded-Host": "evil.example", "Origin": "http://evil.example"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_form_that_did_not_come_from_here_records_nothing(sara, headers):
    sara.opens_the_page()
    stranger = Client(headers=headers)
    stranger.cookies = sara.browser.cookies
    answer = stranger.post("/choices/", {"wording": sara.wording, "all": "yes"})
    assert answer.status_code == 200
    assert "Nothing is saved yet" in answer.content.decode()
    assert not ledger()
    assert "kept_choices" not in answer.cookies


def test_a_token_of_somebody_else_confirms_nothing(sara):
    sara.opens_the_page()
    mallory = Client(enforce_csrf_checks=True)
    page = mallory.post("/choices/", {"wording": sara.wording, "all": "yes"}).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    victim = Client(enforce_csrf_checks=True)
    answer = victim.post("/choices/", {"wording": sara.wording, "all": "yes", "csrfmiddlewaretoken": token})
    assert answer.status_code == 200
    assert not ledger()


NOT_OURS = [
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "/\\/evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "evil.example",
    "\x00//evil.example/",
    "/\x00/evil.example/",
    "\u202e//evil.example/",
]


@pytest.mark.parametrize("back", NOT_OURS)
def test_nobody_is_led_away(sara, back):
    answer = sara.opens_the_page().sends(all="no", next=back)
    assert answer.status_code == 303
    goes_to = answer["Location"]
    assert goes_to.startswith(get_script_prefix())
    assert not re.match(r"^/[/\\\s]", goes_to)
    assert not re.search(r"[\x00-\x20\x7f]", goes_to)


def test_a_header_cannot_be_written_through_the_way_back(sara):
    answer = sara.opens_the_page().sends(all="no", next="/\r\nSet-Cookie: kept_choices=forged")
    assert answer.status_code == 303
    assert "\n" not in answer["Location"]
    assert answer.cookies["kept_choices"].value != "forged"


def test_a_way_back_without_end_is_no_trouble(sara):
    assert sara.opens_the_page().sends(all="no", next="/" + "x" * 100_000).status_code in (303, 413, 422)


def test_the_readable_cookie_is_believed_by_nobody(sara):
    sara.answers(all="no")
    sara.browser.cookies["kept_allows"] = "targeting-yes-1-20991231.performance-yes-1-20991231"
    sara.opens_the_page()
    assert "yes" not in sara.ticked.values()


def test_a_yes_cannot_be_added_to_ones_own_cookie(sara):
    sara.answers(performance="yes", targeting="no")
    sara.browser.cookies["kept_choices"] = sara.cookie.replace("targeting-no", "targeting-yes")
    assert sara.opens_the_page().ticked == {}


def test_another_persons_number_cannot_be_put_into_a_cookie(sara):
    sara.answers(all="yes")
    bilal = Visitor()
    bilal.answers(all="yes")
    body, _, seal = bilal.cookie.rpartition("~")
    mine = re.search(r"id-(\w{32})", body)[1]
    theirs = re.search(r"id-(\w{32})", sara.cookie)[1]
    bilal.browser.cookies["kept_choices"] = f"{body.replace(mine, theirs)}~{seal}"
    bilal.answers(all="no")
    assert Choice.objects.granted().of(theirs).count() == 3


def test_a_cookie_sealed_for_something_else_is_none(sara, rf):
    request = rf.get("/")
    said = "targeting-yes-1-20991231"
    for salt in ("", "django.core.signing.Signer", "kept.choices.key", "django.contrib.sessions.SessionStore"):
        request.COOKIES = {"kept_choices": Signer(salt=salt or None, sep="~").sign(said)}
        assert remembered(request).answers == {}


@pytest.mark.parametrize("order", ["{mine}; kept_choices=forged", "forged; kept_choices={mine}"])
def test_of_two_cookies_of_one_name_none_widens_the_other(sara, order):
    sara.answers(performance="yes", targeting="no")
    line = "kept_choices=" + order.format(mine=sara.cookie)
    page = Client().get("/choices/", headers={"Cookie": line})
    assert page.status_code == 200
    ticks = re.findall(r'name="choice-targeting"\s+value="yes"\s+checked', page.content.decode())
    assert ticks == []


@pytest.mark.parametrize(
    "cookie",
    [
        "x" * 60_000,
        "a-yes-1-20270101." * 3000,
        "id-" + "f" * 32,
        "\u202etargeting-yes",
        "targeting-yes-1-99999999",
        '"',
        ";;=,",
    ],
    ids=["long", "many", "id", "bidi", "day", "quote", "signs"],
)
def test_strange_cookies_are_no_trouble(version, cookie):
    sent = cookie.encode().decode("latin-1")  # as servers hand on what is no ASCII
    page = Client().get("/choices/", headers={"Cookie": f"kept_choices={sent}; kept_allows={sent}"})
    assert page.status_code == 200
    assert "checked" not in page.content.decode()


@pytest.mark.parametrize("number", [9_990, 10_050])
def test_ten_thousand_fields_are_answered_and_record_nothing(sara, number):
    sara.opens_the_page()
    body = "&".join(f"choice-{index}=yes" for index in range(number)) + f"&wording={sara.wording}"
    answer = sara.browser.post("/choices/", body, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500
    assert not ledger()


def test_purposes_that_were_not_asked_for_are_not_answered(sara):
    sara.opens_the_page()
    sara.sends(performance="no", email_offers="yes", mining="yes", __proto__="yes", essential="no")
    assert told() == [("refused", "performance", 1)]


@pytest.mark.parametrize(
    "body",
    [
        b"all=yes%00",
        b"all=y\xffes",
        b"all[]=yes",
        b"ALL=yes",
        b"all=%E2%80%AEyes",
        b"all=yes;all=no",
        b"{'all':'yes'}",
        b"&" * 500,
    ],
)
def test_odd_bodies_are_no_answer(sara, body):
    sara.opens_the_page()
    body = f"wording={sara.wording}&".encode() + body
    answer = sara.browser.post("/choices/", body, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500
    assert not ledger()


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "nonsense", "utf-8\r\nX-Evil: 1"])
def test_other_letters_are_refused_or_read_as_ours(sara, charset):
    sara.opens_the_page()
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = sara.browser.generic("POST", "/choices/", b"all=maybe", content_type=kind)
    assert answer.status_code in (400, 415, 422)
    assert not ledger()


def test_a_file_is_no_answer(sara):
    sara.opens_the_page()
    answer = sara.browser.post("/choices/", {"wording": sara.wording, "all": SimpleUploadedFile("yes", b"yes")})
    assert answer.status_code == 422
    assert not ledger()


def test_the_same_form_sent_again_and_again_is_one_line(sara):
    sara.opens_the_page()
    for _ in range(5):
        assert sara.sends(all="yes").status_code == 303
    assert len(ledger()) == 1


def test_a_key_that_stands_for_something_else_is_refused(sara):
    key = "k" * 30
    sara.opens_the_page().sends(all="no", key=key)
    mallory = Visitor().opens_the_page()
    answer = mallory.sends(all="yes", key=key)
    assert answer.status_code == 422
    assert "kept_choices" not in answer.cookies
    assert len(ledger()) == 1


@pytest.mark.parametrize("key", ["short", "k" * 101, "k" * 29 + "\x00", "k" * 29 + " ", "../" * 10, "ک" * 30])
def test_a_key_that_could_be_guessed_or_is_none_is_refused(sara, key):
    assert sara.opens_the_page().sends(all="yes", key=key).status_code == 422
    assert not ledger()


@pytest.mark.parametrize("wording", ["", "0" * 64, "' OR 1=1 --", "%", "_" * 64, "\u202e" * 64, "x" * 5000])
def test_a_wording_that_is_none_records_nothing(sara, wording):
    sara.opens_the_page()
    assert sara.sends(all="yes", wording=wording).status_code in (409, 422)
    assert not ledger()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "testserver/evil"},
        {"Host": "testserver\x00.evil.example"},
        {"Host": "evil.example#testserver"},
    ],
    ids=str,
)
def test_a_name_that_is_not_ours_gets_no_page(version, headers):
    answer = Client(headers=headers).get("/choices/")
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def served(application, **environ):
    """What a server hands out for the home page."""
    began = {}
    request = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    body = b"".join(application(request | environ, lambda status, headers, *rest: began.update(status=status)))
    return began["status"], body


POISON = [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_FORWARDED_PORT": "6666"},
    {"HTTP_X_FORWARDED_PROTO": "https, http"},
    {"HTTP_X_ORIGINAL_URL": "/evil/"},
    {"HTTP_X_REWRITE_URL": "/evil/"},
    {"HTTP_X_FORWARDED_PREFIX": "/evil"},
    {"HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_HOST": "testserver:6666"},
    {"HTTP_COOKIE": "kept_choices=evil; kept_allows=targeting-yes-1-20991231"},
    {"HTTP_SEC_GPC": "1"},
    {"HTTP_ACCEPT_LANGUAGE": "ur"},
    {"HTTP_USER_AGENT": "<script>evil</script>"},
]


@pytest.mark.django_db(transaction=True)
def test_one_visitor_cannot_change_what_the_shelf_gives_to_the_next():
    home()
    policy()
    fresh = served(Shelf(WSGIHandler(), generation=lambda: 1))
    assert fresh[0] == "200 OK"
    for poison in POISON:
        shelf = Shelf(WSGIHandler(), generation=lambda: 1)
        served(shelf, **poison)
        assert served(shelf) == fresh, poison
