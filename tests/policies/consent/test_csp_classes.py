"""The browser's own rules, by what a visitor allows: never wider than what is declared, never somebody else's."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from common.shelf import Shelf
from policies.consent.csp import ByVisitor, openings_of, origin_of, policy_update
from policies.consent.knowing import forget
from policies.consent.models import Service
from policies.versions.generation import read_generation
from tests.factories import policy as publish_policy
from tests.policies.consent.partnered import allows, page_with_a_map, services

PARTNER = "http://partner.localhost"


@pytest.fixture
def shop(version):
    services()
    page_with_a_map()
    return Client()


def rules(client, path="/find-us/", **headers):
    """The directives of an answer."""
    policy = client.get(path, headers=headers)["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_before_any_answer_everything_from_others_is_refused(shop):
    assert PARTNER not in str(rules(shop))
    assert rules(shop)["script-src"] == ["'self'"]


def test_who_allows_the_map_may_frame_the_map_and_nothing_else(shop):
    shop.cookies["kept_allows"] = allows("functional")
    found = rules(shop)
    assert found["frame-src"] == ["'self'", PARTNER]
    assert found["script-src"] == found["connect-src"] == ["'self'"]


def test_a_script_may_also_report_and_draw(shop):
    shop.cookies["kept_allows"] = allows("performance")
    found = rules(shop)
    assert [found[name] for name in ("script-src", "connect-src", "img-src")] == [["'self'", PARTNER]] * 3
    assert found["frame-src"] == ["'self'"]


def test_what_is_opened_for_one_is_kept_by_no_shared_cache(shop):
    shop.cookies["kept_allows"] = allows("performance")
    assert "private" in shop.get("/find-us/")["Cache-Control"]


@pytest.mark.parametrize("cookie", [allows("performance", days=-1), "performance-no-1-29991231"])
def test_a_yes_that_has_run_out_and_a_no_open_nothing(shop, cookie):
    shop.cookies["kept_allows"] = cookie
    assert PARTNER not in str(rules(shop))


def test_a_yes_to_an_earlier_version_opens_nothing_once_a_change_asks_again(shop, announce):
    announce(2, renews=["performance"])
    shop.cookies["kept_allows"] = allows("performance", number=1)
    assert PARTNER not in str(rules(shop))
    shop.cookies["kept_allows"] = allows("performance", number=2)
    assert PARTNER in str(rules(shop))


def test_the_signal_of_the_browser_closes_its_purposes_again(shop):
    Service.objects.filter(code="visits").update(purpose="targeting")
    forget()
    shop.cookies["kept_allows"] = allows("targeting")
    assert PARTNER in str(rules(shop))
    assert PARTNER not in str(rules(shop, sec_gpc="1"))


def test_pages_about_one_person_let_nobody_in(shop):
    shop.cookies["kept_allows"] = allows("performance", "functional")
    answer = shop.get("/choices/")
    assert PARTNER not in answer["Content-Security-Policy"] + answer.content.decode()


FORGED = [
    "x" * 5000,
    "performance",
    "performance-yes",
    "performance-yes-1-99999999",
    "performance-yes-x-20991231",
    "performance-yes-" + "9" * 5000 + "-20991231",
    "performance-yes--1-20991231",
    "everything-yes-9-20991231.*-yes-9-20991231",
    "'unsafe-inline' https://evil.example;-yes-1-20991231",
    'performance-yes-1-20991231"; script-src *',
    "id-zzz.performance-yes-1-20991231",
    "\xff\xfe-yes-1-20991231",
]


@pytest.mark.parametrize("cookie", FORGED)
def test_a_forged_cookie_opens_nothing_that_is_not_declared(shop, cookie):
    answer = shop.get("/find-us/", headers={"Cookie": f"kept_allows={cookie}"})
    assert answer.status_code == 200
    sources = {word for part in answer["Content-Security-Policy"].split(";") for word in part.split()[1:]}
    assert sources <= {"'self'", "'none'", PARTNER}


def test_a_cookie_that_allows_what_no_service_waits_for_is_everybodys_class(shop):
    shop.cookies["kept_allows"] = allows("targeting", "invented")
    assert "private" not in shop.get("/find-us/").get("Cache-Control", "")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://maps.example/embed?x=1", "https://maps.example"),
        ("https://user:pass@maps.example:8443/x", "https://maps.example:8443"),
        ("https://*.maps.example", "https://*.maps.example"),
        ("https://مثال.example/", "https://xn--mgbh0fb.example"),
        ("https://a.example;script-src *", ""),
        ("https://a.example,https://b.example", ""),
        ("javascript:alert(1)", ""),
        ("//a.example", ""),
        ("'unsafe-inline'", ""),
        ("*", ""),
        ("https://a.example:99999/", ""),
        ("https://[::1", ""),
    ],
)
def test_only_plain_origins_get_into_a_policy(address, origin):
    assert origin_of(address) == origin


def test_other_addresses_of_a_service_are_opened_with_it():
    counter = Service(purpose="performance", form="script", address="https://a.example/x.js")
    counter.origins = "https://stats.example\nnonsense; script-src *\n"
    update = policy_update(openings_of([counter]), ["performance"])
    assert update["connect-src"] == ["https://a.example", "https://stats.example"]


# --- the shelf: one body for everybody, a policy for each class


@pytest.fixture
def shelf():
    """Around the whole site; the connection, which is the test's, stays open between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Shelf(WSGIHandler(), generation=read_generation, adapt=ByVisitor())
    for signal in signals:
        signal.connect(close_old_connections)


def fetch(shelf, cookie="", path="/privacy/", **headers):
    answer = {}

    def start_response(status, found, exc_info=None):
        answer.update({name.lower(): value for name, value in found}, status=status)

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": cookie,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    answer["body"] = b"".join(shelf(environ, start_response))
    return answer


@pytest.fixture
def privacy(db):
    publish_policy()
    services()
    forget()


STATISTICS = f"kept_allows={allows('performance')}"


def test_the_first_reader_with_a_yes_leaves_everybodys_copy_on_the_shelf(privacy, shelf):
    first, everybody = fetch(shelf, STATISTICS), fetch(shelf)
    assert PARTNER in first["content-security-policy"]
    assert "private" in first["cache-control"]
    assert PARTNER not in everybody["content-security-policy"]
    assert everybody["cache-control"] == "public, max-age=0, must-revalidate"


def test_each_class_has_the_same_body_its_own_policy_and_its_own_etag(privacy, shelf):
    fetch(shelf)
    cookies = [
        "",
        *(f"kept_allows={allows(*each)}" for each in (["performance"], ["functional"], ["performance", "functional"])),
    ]
    answers = [fetch(shelf, cookie, accept_encoding="br") for cookie in cookies]
    assert len({answer["body"] for answer in answers}) == 1
    assert (
        len({answer["etag"] for answer in answers})
        == len({answer["content-security-policy"] for answer in answers})
        == 4
    )
    assert [answer["cache-control"].split(",")[0] for answer in answers] == ["public", "private", "private", "private"]


def test_a_copy_from_before_a_change_of_mind_is_not_confirmed(privacy, shelf):
    """A 304 leaves the policy of the copy as it is (RFC 9111, section 3.2: browsers keep such headers)."""
    fetch(shelf)
    before, after = fetch(shelf)["etag"], fetch(shelf, STATISTICS)["etag"]
    assert fetch(shelf, STATISTICS, if_none_match=before)["status"].startswith("200")
    assert fetch(shelf, if_none_match=after)["status"].startswith("200")
    assert fetch(shelf, STATISTICS, if_none_match=after)["status"].startswith("304")


def test_the_signal_closes_on_the_shelf_too(privacy, shelf):
    Service.objects.filter(code="visits").update(purpose="targeting")
    forget()
    cookie = f"kept_allows={allows('targeting')}"
    assert PARTNER in fetch(shelf, cookie)["content-security-policy"]
    assert PARTNER not in fetch(shelf, cookie, sec_gpc="1")["content-security-policy"]


@pytest.mark.parametrize("cookie", FORGED)
def test_a_forged_cookie_does_no_harm_at_the_shelf(privacy, shelf, cookie):
    fetch(shelf)
    answer = fetch(shelf, f"kept_allows={cookie}")
    assert answer["status"].startswith("200")
    assert "evil" not in answer["content-security-policy"]
    assert "script-src *" not in answer["content-security-policy"]


def test_a_new_service_is_let_in_with_the_next_generation(privacy, shelf):
    cookie = f"kept_allows={allows('functional')}"
    assert PARTNER in fetch(shelf, cookie)["content-security-policy"]
    row = Service.objects.get(code="map")
    row.address = "https://other.example/map/"
    row.save()
    shelf.looked_at = float("-inf")
    assert "https://other.example" in fetch(shelf, cookie)["content-security-policy"]


def test_a_visitor_with_a_yes_costs_no_query(privacy, shelf, django_assert_num_queries):
    fetch(shelf, STATISTICS)
    with django_assert_num_queries(0):
        shelf.looked_at = float("inf")
        fetch(shelf, STATISTICS)


def test_machines_answers_are_the_same_for_all(privacy, shelf):
    path = "/api/v1/policies/privacy"
    first = fetch(shelf, path=path)
    assert "etag" not in first
    assert fetch(shelf, STATISTICS, path) == fetch(shelf, "", path)
