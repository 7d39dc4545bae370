"""The public archive of what was asked."""

import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from common.shelf import MARK
from policies.consent.archive import inert
from policies.consent.models import Wording
from policies.versions.models import Version
from tests.factories import home, locale, policy, section
from tests.policies.consent.readers import Reader
from tests.policies.consent.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """The wordings of the banner and of the page, as Sara met them."""
    policy()
    Reader().opens_the_page()
    Visitor().opens_the_page()
    return {wording.kind: wording for wording in Wording.objects.all()}


def page_of(wording, prefix=""):
    return Client().get(f"{prefix}/choices/wordings/{wording.sha256}/")


def test_the_file_is_what_the_hash_is_of(shown):
    for wording in shown.values():
        answer = Client().get(f"/choices/wordings/{wording.sha256}.json")
        assert hashlib.sha256(answer.content).hexdigest() == wording.sha256
        assert json.loads(answer.content) == wording.content
        assert answer["Content-Type"] == "application/json"
        assert "immutable" in answer["Cache-Control"]
        known = {"If-None-Match": answer["ETag"]}
        assert Client().get(f"/choices/wordings/{wording.sha256}.json", headers=known).status_code == 304


def test_the_page_says_when_where_and_under_which_version_it_was_shown(shown):
    version = Version.objects.get()
    text = page_of(shown["banner"]).content.decode()
    for words in ("In the banner on every page", "English", version.permalink, shown["banner"].sha256):
        assert words in text
    assert f"/privacy/versions/{version.permalink}/" in text
    assert shown["banner"].content["looks"]["css"] in text
    assert "sha256sum" in text


@pytest.mark.parametrize("kind", ["banner", "choices"])
def test_what_was_shown_can_be_seen_and_not_sent(shown, kind):
    text = page_of(shown[kind]).content.decode()
    box = re.search(r'<div class="wording__shown"[^>]*?\sinert>(.*?)<h2>In words', text, re.DOTALL)[1]
    assert "Targeting" in box
    assert not re.search(r'<form|\s(?:id|name|for|action|formaction)="', box)


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name == "id"]


@pytest.mark.parametrize("path", ["/privacy/", None])
def test_no_id_is_given_twice(shown, path):
    ids = Ids()
    ids.feed((Client().get(path) if path else page_of(shown["choices"])).content.decode())
    assert len(ids.found) == len(set(ids.found))


def test_a_policy_with_a_section_on_consent_keeps_its_anchor(db):
    policy(section("Consent", "You agree by choosing."))
    text = Client().get("/privacy/").content.decode()
    assert text.count('id="consent"') == 1


def test_quotes_in_the_text_are_left_alone():
    html = '<p id="a" class="b">name=&quot;c&quot; <label for="d">e</label></p><form action="/"><b></b></form>'
    assert inert(html) == '<p class="b">name=&quot;c&quot; <label>e</label></p><div><b></b></div>'


def test_a_wording_of_the_first_release_is_shown_by_its_labels(shown):
    content = {
        "language": "ur",
        "version": shown["banner"].content["version"],
        "title": "Privacy choices",
        "introduction": "Choose what we may use.",
        "categories": [
            {"code": "essential", "name": "Essential", "text": "Needed.", "essential": True, "cookies": []},
            {"code": "targeting", "name": "Targeting", "text": "For ads.", "essential": False, "cookies": []},
        ],
        "answers": {"yes": "Yes", "no": "No"},
        "buttons": {"save": "Save", "accept": "Accept all", "reject": "Reject all", "withdraw": "Withdraw"},
    }
    old = Wording.objects.create(sha256="a" * 64, language="ur", version=Version.objects.get(), content=content)
    answer = page_of(old)
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "inert" not in text
    assert "For ads." in text
    assert 'lang="ur" dir="rtl"' in text


def test_the_page_around_it_speaks_the_readers_language(shown):
    locale("ur")
    home("ur")
    text = page_of(shown["banner"], "/ur").content.decode()
    assert '<html lang="ur"' in text
    assert 'lang="en" dir="ltr" inert' in " ".join(text.split())


def test_an_unknown_hash_gets_a_kind_page(shown):
    answer = Client().get(f"/choices/wordings/{'0' * 64}/")
    assert answer.status_code == 404
    assert "We have no such wording" in answer.content.decode()
    assert Client().get(f"/choices/wordings/{'0' * 64}.json").status_code == 404


@pytest.mark.parametrize("odd", ["x", "0" * 63, "0" * 65, "A" * 64, "%00" * 64, "..", "'" * 64, "ہ" * 64, "０" * 64])
def test_so_do_odd_strings(shown, odd):
    for ending in ("/", ".json"):
        assert Client().get(f"/choices/wordings/{odd}{ending}", follow=True).status_code == 404


def test_it_is_the_same_for_everybody_and_kept(shown):
    stranger = page_of(shown["banner"])
    sara = Reader().opens_the_page()
    sara.presses("yes")
    assert sara.browser.get(f"/choices/wordings/{shown['banner'].sha256}/").content == stranger.content
    assert stranger.has_header(MARK)
    assert not stranger.cookies
