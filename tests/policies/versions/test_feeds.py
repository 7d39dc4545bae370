"""What feed readers get: valid Atom and JSON Feed, entries that never change, and nothing that did not happen in public."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from io import BytesIO

import feedparser
import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date

from common.shelf import Shelf
from policies.versions.actions import cancel_version, correct_version, postpone_version, withdraw_version
from policies.versions.feeds.entries import absolute
from policies.versions.feeds.feed import NOTHING_YET, Feed
from policies.versions.feeds.writing import as_atom, as_json
from policies.versions.generation import read_generation
from policies.versions.history import History
from policies.versions.models import Act, Rendering, Version, VersionText
from tests.factories import (
    CONTACT,
    RETENTION,
    clarifying,
    draft,
    faster_reply,
    home,
    locale,
    material,
    policy,
    promise,
    publish,
    section,
    sections,
)
from tests.marketing.shop import inverter
from tests.people import reviewer

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG_URI = re.compile(r"tag:[\w.\-]+,\d{4}(-\d{2}(-\d{2})?)?:[\w\-/.%]+")
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = {"en": "We need more time.", "ur": "ہمیں مزید وقت چاہیے۔"}
FEEDS = ["/feed", "/privacy/feed", "/privacy/sections/contact/feed"]


@pytest.fixture
def page():
    with time_machine.travel(NOON - timedelta(days=60)):
        return policy()


def at(days):
    return time_machine.travel(NOON + timedelta(days=days))


def atom(client, path="/privacy/feed.atom"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def feed_of(client, path="/privacy/feed.json"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def titles(client, path="/privacy/feed.json"):
    return [item["title"] for item in feed_of(client, path)["items"]]


def in_force(page):
    return History(page.translation_key, language="en").in_force


def everything_happens(page):
    """A change, one that is postponed, one that is cancelled, an erratum, a withdrawal; each on a day of its own."""
    with at(1):
        publish(page, sections=faster_reply(48), **clarifying("We answer sooner."))
    with at(2):
        coming = publish(page, sections=faster_reply(24), **material(summary="Even sooner."))
    with at(3):
        later = postpone_version(coming, until=coming.effective_on + timedelta(days=9), words=WORDS, by=reviewer())
    with at(4):
        cancel_version(later, words=WORDS, by=reviewer())
    with at(5):
        correct_version(in_force(page), words={"en": "It is 48 hours."}, by=reviewer(), anchor="contact")
    with at(6):
        withdraw_version(in_force(page), words={"en": "The shop closes."}, by=reviewer())


def test_everything_public_is_told_the_newest_first_and_nothing_else(client, page):
    everything_happens(page)
    first = in_force(page)
    assert first is None
    text = VersionText.objects.filter(language="en").first()
    Rendering.objects.create(text=text, html=text.html, html_sha256=text.html_sha256, because="a better table")
    Act.objects.create(version=text.version, kind="told", facts={"sent": 3})
    assert titles(client) == [
        "Privacy policy: withdrawn",
        "Privacy policy: erratum to the version of 2 November 2026",
        "Privacy policy: the version of 13 December 2026 is cancelled",
        "Privacy policy: postponed to 13 December 2026",
        "Privacy policy: new version from 4 December 2026",
        "Privacy policy: new version from 2 November 2026",
        "Privacy policy: new version from 1 March 2026",
    ]


def test_a_postponement_is_one_entry_and_a_cancellation_that_was_read_stays_one(client, page):
    with at(1):
        coming = publish(page, sections=faster_reply(24), **material())
        cancel_version(coming, words=WORDS, by=reviewer())
    with at(2):
        postpone_version(coming, until=coming.effective_on + timedelta(days=9), words=WORDS, by=reviewer())
    assert [each.split(":")[1].split()[0] for each in titles(client)] == ["postponed", "the", "new", "new"]


@pytest.mark.parametrize("path", FEEDS)
def test_atom_has_all_that_rfc_4287_demands(client, page, path):
    everything_happens(page)
    feed = atom(client, f"{path}.atom")
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG) == "en"
    assert TAG_URI.fullmatch(feed.findtext(f"{ATOM}id"))
    assert feed.findtext(f"{ATOM}title")
    assert feed.find(f"{ATOM}author").findtext(f"{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{path}.atom"
    assert client.get(links["alternate"].removeprefix("http://testserver")).status_code == 200
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 3
    for entry in entries:
        assert len(entry.findall(f"{ATOM}id")) == len(entry.findall(f"{ATOM}title")) == 1
        assert RFC_3339.fullmatch(entry.findtext(f"{ATOM}updated"))
        assert [each.get("type") for each in entry.findall(f"{ATOM}content")] == ["html"]
        assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    assert feed.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)


@pytest.mark.parametrize("path", FEEDS)
def test_an_independent_reader_understands_the_atom_feed(client, page, path):
    everything_happens(page)
    read = feedparser.parse(BytesIO(client.get(f"{path}.atom").content))
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == "en"
    assert len({entry.id for entry in read.entries}) == len(read.entries) >= 3
    newest = read.entries[0]
    assert newest.content[0].type == "text/html"
    assert newest.updated_parsed[:3] == (2026, 11, 7)


@pytest.mark.parametrize("path", FEEDS)
def test_json_feed_has_all_that_version_1_1_demands(client, page, path):
    everything_happens(page)
    feed = feed_of(client, f"{path}.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{path}.json"
    assert isinstance(feed["title"], str)
    assert isinstance(feed["authors"], list)
    assert feed["language"] == "en"
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert item["content_html"]
        assert RFC_3339.fullmatch(item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert item["url"].startswith("http://testserver/privacy/versions/")


@pytest.mark.parametrize("path", FEEDS)
def test_both_formats_tell_the_same(client, page, path):
    everything_happens(page)
    written = [
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content"))
        for entry in atom(client, f"{path}.atom").findall(f"{ATOM}entry")
    ]
    items = feed_of(client, f"{path}.json")["items"]
    assert written == [(item["id"], item["title"], item["content_html"]) for item in items]


def test_entries_are_named_by_tags_and_all_languages_differ(client, page):
    home("ur")
    page.copy_for_translation(locale("ur"))
    type(page).objects.update(live=True)
    everything_happens(page)
    english, urdu = feed_of(client)["items"], feed_of(client, "/ur/privacy/feed.json")["items"]
    ids = [item["id"] for item in (*english, *urdu)]
    assert len(english) == len(urdu)
    assert all(TAG_URI.fullmatch(each) for each in ids)
    assert len(set(ids)) == len(ids)


def test_what_was_told_once_stays_as_it_was(client, page, settings):
    """Whatever happens later, and wherever the site moves: entries are named and worded as on their first day."""
    settings.FEED_AUTHORITY = "buy-inverter.example,2026"
    with at(1):
        publish(page, sections=faster_reply(48), **clarifying("We answer sooner."))
        before = feed_of(client)["items"]
    settings.SITE_URL = "http://testserver"
    with at(2):
        correct_version(in_force(page), words=WORDS, by=reviewer())
        correct_version(in_force(page), words=WORDS, by=reviewer(), anchor="contact")
        coming = publish(page, title="New title", sections=faster_reply(24), **material())
        postpone_version(coming, until=coming.effective_on + timedelta(days=9), words=WORDS, by=reviewer())
    with at(300):
        assert feed_of(client)["items"][-len(before) :] == before
        settings.SITE_URL = "https://moved.example"
        assert [each["id"] for each in feed_of(client)["items"][-2:]] == [each["id"] for each in before]
        assert before[0]["id"].startswith("tag:buy-inverter.example,2026:en/policy/privacy/")


def test_two_errata_of_one_version_have_names_of_their_own(client, page):
    for _ in range(2):
        correct_version(in_force(page), words=WORDS, by=reviewer())
    ids = [item["id"] for item in feed_of(client)["items"][:2]]
    assert ids[0].endswith("corrected-2")
    assert ids[1].endswith("corrected-1")


def test_an_entry_shows_what_changed(client, page):
    with at(1):
        publish(page, sections=faster_reply(48), **clarifying("We answer sooner."))
    item = feed_of(client)["items"][0]
    assert item["summary"] == "We answer sooner."
    assert "<del>" in item["content_html"]
    assert "48 hours" in item["content_html"]
    assert "2 November 2026" in item["content_html"]
    assert "http://testserver/privacy/compare/2026-03-01...2026-11-02/" in item["content_html"]
    assert {"announced", "policy", "privacy", "clarifying"} == set(item["tags"])


def test_the_feed_of_a_section_tells_of_that_section_only(client, page):
    with at(1):
        longer = section("Retention", "We keep invoices for nine years.")
        publish(page, sections=sections(longer, CONTACT), **clarifying("We keep longer."))
    with at(2):
        faster = section("Contact", "Write to us.", blocks=[promise("We answer within {amount}.", amount=48)])
        publish(page, sections=sections(longer, faster), **clarifying("We answer sooner."))
        correct_version(in_force(page), words={"en": "Nine means nine."}, by=reviewer(), anchor="retention")
    contact = feed_of(client, "/privacy/sections/contact/feed.json")
    retention = feed_of(client, "/privacy/sections/retention/feed.json")
    assert [item.get("summary") for item in contact["items"]] == ["We answer sooner.", None]
    assert [item.get("summary") for item in retention["items"]] == ["Nine means nine.", "We keep longer.", None]
    assert "nine" not in contact["items"][0]["content_html"]
    assert contact["title"] == "Privacy policy: “Contact”"
    assert contact["home_page_url"] == "http://testserver/privacy/sections/contact/"
    assert not {item["id"] for item in contact["items"]} & {item["id"] for item in feed_of(client)["items"]}


def test_the_whole_site_has_a_feed_of_policies_and_products(client, page):
    with at(1):
        product = inverter()
    with at(2):
        publish(product, price_pkr=43000, summary="It costs more.")
    assert titles(client, "/feed.json") == [
        "BI-1500: new version from 3 November 2026",
        "BI-1500: new version from 2 November 2026",
        "Privacy policy: new version from 1 March 2026",
    ]
    assert titles(client, "/products/bi-1500/feed.json") == titles(client, "/feed.json")[:2]
    assert "43,000" in feed_of(client, "/feed.json")["items"][0]["content_html"]


def test_what_nobody_can_read_is_not_in_the_feed_of_the_whole_site(client, page):
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert titles(client, "/feed.json") == []


def test_a_late_translation_is_told_in_its_own_language_only(client, page):
    home("ur")
    twin = page.copy_for_translation(locale("ur"))
    parts = [section("مدت", "سات سال۔") | {"id": RETENTION["id"]}]
    reply = promise("{amount} کے اندر جواب۔")
    parts.append(section("رابطہ", "لکھیں۔", blocks=[reply]) | {"id": CONTACT["id"]})
    with at(1):
        publish(twin, title="رازداری", sections=sections(*parts))
    urdu = feed_of(client, "/ur/privacy/feed.json")
    assert urdu["language"] == "ur"
    assert len(urdu["items"]) == 2
    assert urdu["items"][0]["title"].startswith("رازداری")
    assert urdu["items"][1]["title"].startswith("Privacy policy")  # as it was told on its day
    assert len(feed_of(client)["items"]) == 1
    assert atom(client, "/ur/privacy/feed.atom").get(LANG) == "ur"
    assert 'dir="rtl"' in urdu["items"][0]["content_html"]


def test_a_feed_of_nothing_is_valid_and_does_not_change_by_itself(client):
    home()
    draft(RETENTION)
    with at(1):
        first = client.get("/feed.atom").content
    with at(9):
        assert client.get("/feed.atom").content == first
    assert ET.fromstring(first).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"
    assert ET.fromstring(first).find(f"{ATOM}author") is not None


def test_a_document_that_was_never_published_has_no_feed(client):
    home()
    draft(RETENTION)
    assert client.get("/privacy/feed.atom").status_code == 404
    assert client.get("/nonsense/feed.atom").status_code == 404
    assert client.get("/privacy/feed.rss").status_code == 404


def test_a_section_that_never_was_has_no_feed(client, page):
    assert client.get("/privacy/sections/nonsense/feed.atom").status_code == 404


@pytest.mark.parametrize("path", [f"{path}.{form}" for path in FEEDS for form in ("atom", "json")])
def test_readers_that_ask_for_what_is_newer_get_304(client, page, path):
    with at(1):
        publish(page, sections=faster_reply(48), **clarifying())
    with at(2):
        moment = client.get(path)["Last-Modified"]
        assert parse_http_date(moment) == (NOON + timedelta(days=1)).timestamp()
        assert client.get(path, headers={"If-Modified-Since": moment}).status_code == 304
        before = http_date((NOON + timedelta(hours=23)).timestamp())
        assert client.get(path, headers={"If-Modified-Since": before}).status_code == 200


@pytest.fixture
def finished():
    """The whole application behind its shelf, whose requests leave the transaction of the test open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    shelf = Shelf(get_wsgi_application(), generation=read_generation)

    def ask(**headers):
        answer = {}

        def start_response(status, found, exc_info=None):
            answer.update(status=status, **dict(found))

        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/privacy/feed.atom", "QUERY_STRING": ""}
        environ |= {"HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": BytesIO()}
        environ |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80", **headers}
        return answer, b"".join(shelf(environ, start_response))

    yield ask
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_finished_feeds_answer_304_from_the_shelf_to_those_who_have_them(page, finished):
    finished()
    kept, body = finished()
    assert body.startswith(b"<?xml")
    for header, value in (("HTTP_IF_NONE_MATCH", kept["ETag"]), ("HTTP_IF_MODIFIED_SINCE", kept["Last-Modified"])):
        again, nothing = finished(**{header: value})
        assert (again["status"], nothing) == ("304 Not Modified", b"")
    other = {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": kept["Last-Modified"]}
    assert finished(**other)[0]["status"] == "200 OK"


def test_feeds_only_answer_safe_requests(client, page):
    assert client.post("/feed.atom").status_code == 405
    assert client.post("/privacy/feed.atom").status_code == 405
    assert client.head("/privacy/feed.atom").status_code == 200


def test_a_feed_takes_as_many_queries_for_many_changes_as_for_few(client, page):
    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    publish(page, sections=faster_reply(71), **clarifying())
    correct_version(in_force(page), words=WORDS, by=reviewer())
    few = [asked(f"{path}.atom") for path in FEEDS]
    for hours in range(70, 60, -1):
        publish(page, sections=faster_reply(hours), **clarifying())
        correct_version(in_force(page), words=WORDS, by=reviewer())
    policy(slug="terms", title="Terms")
    assert [asked(f"{path}.atom") for path in FEEDS] == few
    assert max(few) <= 19


def test_only_the_newest_stand_in_a_feed(client, page):
    for hours in range(71, 21, -1):
        publish(page, sections=faster_reply(hours), change_class="editorial")
    items = feed_of(client)["items"]
    assert len(items) == 40
    assert items[0]["url"].endswith(f"{Version.objects.first().permalink}/")


def test_content_is_inert_whatever_was_written(client):
    with at(0):
        page = policy(section("<script>alert(1)</script>", "Text & more."), title="A <b>bold</b> policy")
        publish(page, sections=sections(section("<script>alert(1)</script>", "Other.")), **clarifying("<img src=x>"))
    content = client.get("/privacy/feed.atom").content.decode()
    entry = ET.fromstring(content).find(f"{ATOM}entry")
    html = entry.findtext(f"{ATOM}content")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
    assert "&lt;img" in entry.findtext(f"{ATOM}summary")
    assert not re.search(r"\son\w+=|javascript:", html)


def test_links_inside_hold_wherever_they_are_read():
    html = '<a href="/updates/">a</a> <a href="#contact">b</a> <a href="https://x.example/">c</a> <a href="//y.example/">d</a>'
    assert absolute(html, page="http://testserver/privacy/") == (
        '<a href="http://testserver/updates/">a</a> <a href="http://testserver/privacy/#contact">b</a> '
        '<a href="https://x.example/">c</a> <a href="//y.example/">d</a>'
    )


def test_no_feed_is_updated_before_its_newest_entry_or_without_one():
    feed = Feed("tag:a,2026:b", "http://a/", "http://a/feed.atom", "Title", "", "Somebody", "en", [])
    assert feed.updated == NOTHING_YET
    assert json.loads(as_json(feed))["items"] == []
    assert not feedparser.parse(as_atom(feed)).bozo


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("/", ["/feed.atom", "/feed.json"]),
        ("/privacy/", ["/privacy/feed.atom", "/privacy/feed.json"]),
        ("/privacy/versions/", ["/privacy/feed.atom", "/privacy/feed.json"]),
        ("/privacy/versions/2026-03-01/", ["/privacy/feed.atom"]),
        ("/privacy/sections/contact/", ["/privacy/sections/contact/feed.atom", "/privacy/feed.atom"]),
    ],
)
def test_pages_name_their_feeds_for_programs(client, page, path, feeds):
    head = client.get(path).content.decode().split("</head>")[0]
    found = re.findall(r'<link rel="alternate"\s+type="application/(?:atom\+xml|feed\+json)"\s+href="([^"]*)"', head)
    assert {each.removeprefix("http://testserver") for each in found} >= set(feeds)


def test_the_timeline_shows_people_how_to_follow(client, page):
    text = client.get("/privacy/versions/").content.decode()
    assert "Follow this policy" in text
    assert 'href="/privacy/feed.atom"' in text
