"""Finished bytes: the same for everybody, never stale, never somebody else's."""

import gzip
import threading

import brotli
import pytest

from common import shelf as shelf_module
from common.shelf import MARK, Shelf


class Site:
    """A WSGI application that counts how often it is asked, and says what it is told to say."""

    def __init__(self, body=b"hello " * 200, marked=True, headers=(), status="200 OK"):
        self.body, self.marked, self.headers, self.status, self.asked = body, marked, list(headers), status, 0

    def __call__(self, environ, start_response):
        self.asked += 1
        mark = [(MARK, "1")] if self.marked else []
        start_response(self.status, [("Content-Type", "text/html"), *mark, *self.headers])
        return [self.body]


class Clock:
    """Time and the generation, as far as the test wants."""

    def __init__(self):
        self.generation, self.looks = 1, 0

    def __call__(self):
        self.looks += 1
        if isinstance(self.generation, Exception):
            raise self.generation
        return self.generation


@pytest.fixture
def now(monkeypatch):
    class Now:
        moment = 1000.0

    monkeypatch.setattr(shelf_module.time, "monotonic", lambda: Now.moment)
    return Now


def get(application, path="/privacy/", query="", method="GET", **headers):
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer["status"], answer["headers"] = status, {name.lower(): value for name, value in headers}

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "kept.example",
        "wsgi.url_scheme": "https",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    answer["body"] = b"".join(application(environ, start_response))
    return answer


def test_the_second_reader_gets_finished_bytes(now):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    first, second = get(shelf), get(shelf)
    assert (first["body"], second["body"]) == (site.body, site.body)
    assert site.asked == 1
    assert second["headers"]["cache-control"] == "public, max-age=0, must-revalidate"
    assert MARK.lower() not in first["headers"] | second["headers"]


def test_cookies_make_no_difference(now):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    for number in range(5):
        get(shelf, cookie=f"kept_choices={number}; sessionid={number}")
    assert site.asked == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip;q=0", None),
        ("", None),
        ("identity", None),
    ],
)
def test_the_reader_gets_the_coding_it_can_read(now, accepted, coding):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    get(shelf)
    answer = get(shelf, accept_encoding=accepted)
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert answer["headers"].get("content-encoding") == coding
    assert decode(answer["body"]) == site.body
    assert int(answer["headers"]["content-length"]) == len(answer["body"])


def test_who_has_it_already_gets_304_without_a_body(now):
    shelf = Shelf(Site(), generation=Clock())
    get(shelf)
    etag = get(shelf, accept_encoding="br")["headers"]["etag"]
    answer = get(shelf, accept_encoding="br", if_none_match=f'"other", {etag}')
    assert (answer["status"], answer["body"]) == ("304 Not Modified", b"")
    assert answer["headers"]["etag"] == etag
    assert "content-length" not in answer["headers"]


def test_every_coding_has_its_own_etag(now):
    shelf = Shelf(Site(), generation=Clock())
    get(shelf)
    etags = {get(shelf, accept_encoding=coding)["headers"]["etag"] for coding in ("", "gzip", "br")}
    assert len(etags) == 3


def test_a_publish_is_seen_within_a_second(now):
    site, clock = Site(), Clock()
    shelf = Shelf(site, generation=clock)
    get(shelf)
    site.body, clock.generation = b"new", 2
    now.moment += 0.6
    assert get(shelf)["body"] == b"new"


def test_while_nothing_changes_nobody_asks_the_database_more_than_twice_a_second(now):
    clock = Clock()
    shelf = Shelf(Site(), generation=clock)
    for _ in range(100):
        get(shelf)
    assert clock.looks == 1


def test_a_page_made_during_a_publish_is_not_kept(now):
    clock = Clock()
    site = Site()
    shelf = Shelf(site, generation=clock)
    make = site.__call__

    def slow(environ, start_response):
        answer = make(environ, start_response)
        clock.generation, now.moment = 2, now.moment + 0.6
        shelf._is_current()
        return answer

    shelf.application = slow
    get(shelf)
    shelf.application = make
    get(shelf)
    assert site.asked == 2


def test_without_the_database_everything_is_asked_of_django(now):
    clock, site = Clock(), Site()
    shelf = Shelf(site, generation=clock)
    get(shelf)
    clock.generation, now.moment = RuntimeError("no database"), now.moment + 5
    get(shelf)
    get(shelf)
    assert site.asked == 3


def test_others_do_not_wait_for_the_one_who_looks_nor_go_on_for_ever(now):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    get(shelf)
    shelf.looking.acquire()
    now.moment += 0.7
    get(shelf)
    assert site.asked == 1
    now.moment += 0.4
    get(shelf)
    assert site.asked == 2


@pytest.mark.parametrize(
    "site",
    [
        Site(marked=False),
        Site(status="404 Not Found"),
        Site(headers=[("Set-Cookie", "a=b")]),
    ],
    ids=["unmarked", "missing", "with a cookie"],
)
def test_what_is_not_for_everybody_is_never_kept(now, site):
    shelf = Shelf(site, generation=Clock())
    get(shelf)
    get(shelf)
    assert site.asked == 2


def test_posts_and_other_hosts_pass_by(now):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    get(shelf)
    get(shelf, method="POST")
    get(shelf, host="other.example")
    assert site.asked == 3


def test_head_has_the_headers_of_get_and_no_body(now):
    shelf = Shelf(Site(), generation=Clock())
    get(shelf, method="HEAD")
    whole = get(shelf)
    head = get(shelf, method="HEAD")
    assert head["body"] == b""
    assert int(head["headers"]["content-length"]) == len(whole["body"])


def test_the_oldest_goes_when_the_shelf_is_full(now):
    site = Site(body=bytes(range(256)) * 40)
    shelf = Shelf(site, generation=Clock(), capacity=40_000)
    for number in range(10):
        get(shelf, query=f"n={number}")
    assert 0 < shelf.size <= 40_000
    assert len(shelf.answers) < 10


def test_many_threads_read_while_the_generation_moves():
    """Nobody ever reads a text older than the one that was there a second before."""
    site, clock = Site(), Clock()
    site.body = b"1"
    shelf = Shelf(site, generation=clock)
    failures = []

    def read():
        for _ in range(300):
            answer = get(shelf)
            if answer["body"] not in (b"1", b"2"):
                failures.append(answer)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    site.body, clock.generation = b"2", 2
    for thread in threads:
        thread.join()
    assert not failures


def test_other_spellings_of_a_query_and_other_methods_fill_no_shelf(rf):
    from django.http import HttpResponse

    def is_marked(address, method="get"):
        return MARK in shelf_module.shelve(getattr(rf, method)(address), HttpResponse(), query={"where"})

    assert is_marked("/privacy/")
    assert is_marked("/privacy/?where=gdpr")
    for odd in ("/privacy/?&", "/privacy/?where=gdpr&where=gdpr", "/privacy/?utm=1", "/privacy/?where=%67dpr"):
        assert not is_marked(odd)
    assert not is_marked("/privacy/", method="options")


def test_ports_and_invented_schemes_share_one_entry(now):
    site = Site()
    shelf = Shelf(site, generation=Clock())
    for host in ("kept.example", "kept.example:81", "kept.example:82"):
        get(shelf, host=host, x_forwarded_proto="zzz")
    assert site.asked == 1


def test_the_mark_never_leaves_the_house(now):
    shelf = Shelf(Site(), generation=Clock())
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        assert MARK.lower() not in get(shelf, method=method)["headers"]
