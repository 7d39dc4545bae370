"""A page that was kept while another version was in force: its banner still counts, for what it asked."""

from io import BytesIO

import pytest
from django.core.wsgi import get_wsgi_application

from common import clock
from common.shelf import Shelf
from policies.consent.models import Wording
from policies.versions.generation import read_generation
from policies.versions.models import Version
from tests.factories import policy
from tests.policies.consent.readers import Reader
from tests.policies.consent.visitors import told

pytestmark = pytest.mark.django_db(transaction=True)


def get(shelf, **headers):
    answer = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/privacy/", "QUERY_STRING": "", "HTTP_HOST": "testserver"}
    environ |= {"wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "SERVER_NAME": "testserver", "SERVER_PORT": "80"}

    def start_response(status, found, exc_info=None):
        answer.update(status=status, **dict(found))

    return b"".join(shelf(environ | headers, start_response)), answer


def take_effect():
    work, now = Version.objects.get().work, clock.now()
    return Version.objects.create(
        work=work,
        number=2,
        permalink=f"{clock.today()}",
        change_class="material",
        renews=["performance"],
        announced_at=now,
        effective_at=now,
        approval="direct",
        sha256="2" * 64,
    )


class OldPage:
    """What a cache handed out."""

    def __init__(self, content):
        self.content = content


def test_the_shelf_hands_the_same_page_to_everybody():
    policy()
    shelf = Shelf(get_wsgi_application(), generation=read_generation)
    first, _ = get(shelf)
    shelf.application = None  # from here on it has only what it kept
    for headers in ({}, {"HTTP_COOKIE": "kept_choices=x; kept_said=saved"}, {"HTTP_SEC_GPC": "1"}):
        body, answer = get(shelf, **headers)
        assert (body, answer["Vary"]) == (first, "Accept-Encoding")
    assert b"consent-banner" in first


def test_a_press_on_yesterdays_page_counts_for_what_it_showed():
    policy()
    body, _ = get(Shelf(get_wsgi_application(), generation=read_generation))
    take_effect()
    sara = Reader()
    sara.page = OldPage(body)
    assert sara.presses("yes").status_code == 303
    assert {number for _, _, number in told()} == {1}
    assert ".consent__again{display:block}" in sara.state


def test_tomorrows_page_asks_with_another_wording():
    policy()
    before = Reader().opens_the_page().wording
    take_effect()
    after = Reader("/no/such/page/").opens_the_page().wording
    assert before != after
    assert {wording.version.number for wording in Wording.objects.all()} == {1, 2}
