"""The example is whole, can be loaded again, and spares sites that hold something else."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from wagtail.models import Page

from common import clock
from home.example.texts import LANGUAGES, document
from policies.outbox.models import Letter
from policies.subscriptions.models import Subscriber
from policies.versions.document import promises
from policies.versions.models import Version, VersionText
from policies.versions.rules import shape
from tests.factories import policy

pytestmark = pytest.mark.django_db


SKIPPED = r"(/ur)?/(static|notices|admin)/"
"""Files, a form's address, and what needs a login."""


@pytest.fixture
def example(settings):
    settings.SITE_URL = "http://testserver"
    call_command("load_example")


class Links(HTMLParser):
    """Collects where a page leads to."""

    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found |= {value for name, value in attributes if name in ("href", "src", "action") and value}


def test_the_policy_has_two_versions_in_both_languages(example):
    texts = VersionText.objects.filter(version__work__slug="privacy")
    assert sorted(texts.values_list("version__number", "language")) == [(1, "en"), (1, "ur"), (2, "en"), (2, "ur")]
    coming = Version.objects.get(work__slug="privacy", number=2)
    assert coming.effective_on >= clock.today() + timedelta(days=30)
    assert coming.change_class == "material"


def test_the_second_version_keeps_what_the_story_changes_and_mends_what_no_law_accepts(example):
    old, new = (text.content for text in VersionText.objects.filter(version__work__slug="privacy", language="en"))
    if len(list(promises(old))) > len(list(promises(new))):
        old, new = new, old
    replies = [block["amount"] for text in (old, new) for _, block in promises(text) if block["kind"] == "first_reply"]
    assert replies == [72, 72]
    assert "constitute" in str(old).lower() or "continued use" in str(old).lower() or "keep using" in str(old).lower()
    assert any(block["kind"] == "notice_period" for _, block in promises(new))


@pytest.mark.parametrize("stem", ["privacy/1", "privacy/2", "cookies/1", "terms/1"])
def test_a_translation_has_the_sections_and_numbers_of_its_original(stem):
    english, urdu = (document(stem, language) for language in LANGUAGES)
    assert shape(english) == shape(urdu)


def test_loading_twice_changes_nothing(example):
    before = [Version.objects.count(), VersionText.objects.count(), Page.objects.count(), Subscriber.objects.count()]
    call_command("load_example")
    after = [Version.objects.count(), VersionText.objects.count(), Page.objects.count(), Subscriber.objects.count()]
    assert before == after


def test_a_site_with_other_content_is_left_alone_unless_told_otherwise():
    policy()
    with pytest.raises(CommandError, match="not the example's"):
        call_command("load_example")
    assert Version.objects.count() == 1
    call_command("load_example", beside_other_content=True)
    assert Version.objects.count() > 1


def test_there_are_no_example_accounts_where_debug_is_off(example):
    assert not django_settings.DEBUG
    assert not User.objects.exists()


def test_first_versions_are_written_to_nobody(example):
    assert not Letter.objects.exists()


def test_no_link_on_any_page_leads_nowhere(example, client):
    seen, waiting = set(), ["/", "/ur/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        if "text/html" not in response["Content-Type"]:
            continue
        for link in Links(response.content.decode()).found:
            assert not re.match(r"https?://(?!testserver)", link) or "mailto" in link or _is_text_link(link), link
            target = re.sub(r"^http://testserver", "", link).partition("#")[0]
            if target.startswith("/") and not re.match(SKIPPED, target):
                waiting.append(target)
    assert len(seen) > 30


def _is_text_link(link):
    """Texts may name other sites, and the place of a map may lead to it; nothing of ours is loaded from one."""
    return link.startswith(("https://", f"http://{django_settings.EXAMPLE_PARTNER}/"))
