"""Old versions for machines and for keeping: Memento, TimeMap, and one version as a file."""

import hashlib
import re
from datetime import UTC, timedelta
from email.utils import format_datetime

import pytest
import time_machine
from django.core.cache import cache

from policies.versions.actions import cancel_version
from policies.versions.models import VersionFile
from tests.factories import faster_reply, home, locale, material, policy, publish

pytestmark = pytest.mark.django_db

FIRST = "2026-03-01"


def links(response):
    """The targets by relation; a link may have several."""
    found = {}
    for target, relations in re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"]):
        for relation in relations.split():
            found.setdefault(relation, []).append(target.removeprefix("http://testserver"))
    return found


@pytest.fixture
def changed():
    """A policy in force with a change that is coming."""
    cache.clear()
    page = policy()
    return page, publish(page, sections=faster_reply(), **material())


def at(moment):
    return {"Accept-Datetime": format_datetime(moment.astimezone(UTC), usegmt=True)}


def test_the_document_names_its_timegate_its_timemap_and_its_mementos(client, changed):
    found = links(client.get("/privacy/"))
    assert found["timegate"] == ["/privacy/timegate/"]
    assert found["timemap"] == ["/privacy/timemap/"]
    assert found["version-history"] == ["/privacy/versions/"]
    assert found["memento"] == [f"/privacy/versions/{FIRST}/"] * 2


def test_a_version_that_was_in_force_is_a_memento_and_knows_its_neighbours(client, changed):
    _, coming = changed
    response = client.get(f"/privacy/versions/{FIRST}/")
    assert response["Memento-Datetime"] == "Sat, 28 Feb 2026 19:00:00 GMT"  # midnight in Karachi
    found = links(response)
    assert found["original"] == ["/privacy/"]
    assert found["successor-version"] == [f"/privacy/versions/{coming.permalink}/"]


def test_what_is_only_announced_is_no_memento_yet(client, changed):
    _, coming = changed
    path = f"/privacy/versions/{coming.permalink}/"
    assert "Memento-Datetime" not in client.get(path)
    with time_machine.travel(coming.effective_at + timedelta(hours=1)):
        assert "Memento-Datetime" in client.get(path)
        assert links(client.get("/privacy/"))["memento"][-1] == path


@pytest.mark.parametrize(("days", "which"), [(-4000, 0), (-1, 0), (0, 1), (400, 1)])
def test_the_timegate_sends_on_to_what_was_in_force_then(client, changed, days, which):
    _, second = changed
    with time_machine.travel(second.effective_at + timedelta(days=500)):
        response = client.get("/privacy/timegate/", headers=at(second.effective_at + timedelta(days=days)))
    assert response.status_code == 302
    assert response["Location"].endswith(f"/privacy/versions/{[FIRST, second.permalink][which]}/")
    assert "accept-datetime" in response["Vary"].lower()


def test_the_timegate_without_a_date_sends_on_to_the_version_in_force(client, changed):
    assert client.get("/privacy/timegate/")["Location"].endswith(f"/privacy/versions/{FIRST}/")


@pytest.mark.parametrize("words", ["yesterday", "2026-03-01", "Sun, 99 Foo 2026 00:00:00 GMT", "\x00"])
def test_a_date_that_is_none_is_answered_with_words(client, changed, words):
    response = client.get("/privacy/timegate/", headers={"Accept-Datetime": words})
    assert response.status_code == 400
    assert b"Accept-Datetime" in response.content


def test_the_timemap_lists_what_was_in_force_and_nothing_that_was_cancelled(client, changed):
    page, second = changed
    cancel_version(second, words={"en": "A mistake."}, by=None)
    third = publish(page, sections=faster_reply(24), **material())
    with time_machine.travel(third.effective_at + timedelta(days=1)):
        response = client.get("/privacy/timemap/")
    text = response.content.decode()
    assert response["Content-Type"] == "application/link-format"
    assert re.findall(r"versions/([\w-]+)/>; rel=\"([a-z ]+)\"", text) == [
        (FIRST, "first memento"),
        (third.permalink, "last memento"),
    ]


def test_as_of_a_day_of_change_is_its_end_and_a_moment_is_exact(client, changed):
    _, second = changed
    day = second.effective_on.isoformat()
    assert client.get(f"/privacy/as-of/{day}/")["Location"].endswith(f"/versions/{second.permalink}/")
    before = (second.effective_at - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert client.get(f"/privacy/as-of/{before}/")["Location"].endswith(f"/versions/{FIRST}/")


def test_the_data_of_a_version_are_the_bytes_that_were_hashed(client, changed):
    _, version = changed
    response = client.get(f"/privacy/versions/{version.permalink}.json")
    assert response["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == version.texts.get().sha256


def test_a_version_as_plain_text_and_as_a_pdf_that_is_made_once(client, changed):
    _, version = changed
    text = client.get(f"/privacy/versions/{version.permalink}.txt")
    assert "We answer within 48 hours." in text.content.decode()
    first = client.get(f"/privacy/versions/{version.permalink}.pdf")
    assert first.content.startswith(b"%PDF-")
    assert first["Content-Disposition"] == f'inline; filename="privacy-{version.permalink}.en.pdf"'
    assert client.get(f"/privacy/versions/{version.permalink}.pdf").content == first.content
    assert VersionFile.objects.count() == 1


def test_files_are_in_the_language_of_their_address_or_in_that_of_the_original(client, changed):
    page, version = changed
    home("ur")
    urdu = page.copy_for_translation(locale("ur"))
    urdu.title, urdu.sections = "رازداری", faster_reply()
    urdu.save_revision().publish()
    path = f"/ur/privacy/versions/{version.permalink}.txt"
    assert client.get(path)["Content-Language"] == "ur"
    assert client.get(f"/ur/privacy/versions/{FIRST}.txt")["Content-Language"] == "en"


@pytest.mark.parametrize(
    "name", ["1999-01-01.pdf", "2026-03-01.exe", "2026-03-01.", "nonsense.json", "2026-03-01.pdf.pdf"]
)
def test_a_file_that_there_is_not_is_not_found(client, changed, name):
    assert client.get(f"/privacy/versions/{name}", follow=True).status_code == 404
