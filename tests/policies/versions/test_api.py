"""Another front end reads policies through `/api/v1/` alone: it knows no table, no page and no template."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.test import RequestFactory
from django.urls import resolve

from common import clock
from common.canonical import sha256
from common.shelf import MARK
from policies.versions.models import Work
from policies.versions.redline import new_of, old_of
from tests.factories import (
    CONTACT,
    LONG_AGO,
    RETENTION,
    draft,
    faster_reply,
    home,
    locale,
    material,
    newest,
    policy,
    publish,
    section,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/policies"
FIRST = LONG_AGO.isoformat()
FOR_GDPR = section("Your rights", "You may object.", regimes=["gdpr"])


def read(client, path="", status=200, **query):
    response = client.get(API + path, query)
    assert response.status_code == status, response.content
    kind = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    return response.json()


def follow(client, address):
    return client.get(address.removeprefix("http://testserver")).json()


def announce_faster_reply(page):
    return publish(page, sections=faster_reply(), **material())


def translate(page):
    urdu = page.copy_for_translation(locale("ur"), copy_parents=True)
    urdu.title = "رازداری"
    urdu.save_revision().publish()


# --- what a front end reads


def test_another_front_end_reads_the_policy_in_force(client):
    policy()
    body = read(client, "/privacy")
    assert (body["title"], body["language"], body["last_updated"]) == ("Privacy policy", "en", FIRST)
    assert [(each["heading"], each["html"]) for each in body["sections"]] == [
        ("Retention", "<p>We keep invoices for seven years.</p>"),
        (
            "Contact",
            '<p>Write to us.</p>\n<p class="promise" data-promise="first_reply">We answer within 72 hours.</p>',
        ),
    ]
    assert body["sections"][0]["blocks"] == [{"type": "paragraph", "html": "We keep invoices for seven years."}]
    assert body["promises"] == [{"kind": "first_reply", "amount": 72, "unit": "hours", "anchor": "contact"}]
    assert body["coming"] == []


def test_another_front_end_finds_everything_from_the_list(client):
    announce_faster_reply(policy())
    [line] = read(client)["policies"]
    assert follow(client, line["links"]["api"])["slug"] == "privacy"
    assert follow(client, line["in_force"]["links"]["api"])["standing"] == "in_force"
    [coming] = line["coming"]
    assert follow(client, coming["links"]["api"])["standing"] == "coming"
    assert follow(client, coming["links"]["changes"])["newer"]["permalink"] == coming["permalink"]
    assert [each["number"] for each in follow(client, line["links"]["versions"])["versions"]] == [2, 1]


def test_the_list_names_every_policy_once_and_nothing_else(client):
    policy(slug="terms", title="Terms")
    announce_faster_reply(policy())
    draft(RETENTION, slug="cookies", title="Cookies")
    Work.objects.create(
        key="00000000-0000-0000-0000-000000000001", kind="product", slug="inverter", source_language="en"
    )
    assert [line["slug"] for line in read(client)["policies"]] == ["privacy", "terms"]
    read(client, "/inverter", status=404)


def test_a_coming_version_is_told_but_not_yet_shown(client):
    coming = announce_faster_reply(policy())
    body = read(client, "/privacy")
    assert body["promises"][0]["amount"] == 72
    assert [each["permalink"] for each in body["coming"]] == [coming.permalink]
    with time_machine.travel(coming.effective_at):
        body = read(client, "/privacy")
        assert (body["promises"][0]["amount"], body["coming"]) == (48, [])


def test_a_front_end_shows_only_what_applies_at_a_place(client):
    policy(RETENTION, FOR_GDPR)
    assert [each["heading"] for each in read(client, "/privacy")["sections"]] == ["Retention", "Your rights"]
    assert [each["heading"] for each in read(client, "/privacy", where="gdpr")["sections"]] == [
        "Retention",
        "Your rights",
    ]
    assert [each["heading"] for each in read(client, "/privacy", where="ccpa")["sections"]] == ["Retention"]


def test_the_timeline_tells_dates_and_summaries(client):
    coming = announce_faster_reply(policy())
    second, first = read(client, "/privacy/versions")["versions"]
    assert (first["permalink"], first["standing"], first["links"]["changes"]) == (FIRST, "in_force", None)
    assert (second["permalink"], second["standing"], second["change_class"]) == (coming.permalink, "coming", "material")
    assert (second["summary"], second["sha256"]) == ("We answer sooner.", coming.sha256)
    assert second["links"]["page"] == f"http://testserver/privacy/versions/{coming.permalink}/"


def test_a_long_timeline_costs_no_more_queries_than_a_short_one(client, django_assert_num_queries):
    page = policy()
    read(client, "/privacy/versions")  # fills Wagtail's cache of site roots
    with django_assert_num_queries(6) as asked:
        read(client, "/privacy/versions")
    for hours in (47, 46, 45):
        publish(page, sections=faster_reply(hours), change_class="editorial")
    with django_assert_num_queries(6):
        assert len(read(client, "/privacy/versions")["versions"]) == 4
    assert not any('"content"' in query["sql"] for query in asked.captured_queries)


def test_a_stranger_recomputes_the_hash_of_a_version(client):
    coming = announce_faster_reply(policy())
    body = read(client, f"/privacy/versions/{coming.permalink}")
    assert sha256(body["content"]) == body["text_sha256"]
    assert sha256({"en": body["text_sha256"]}) == body["sha256"]
    assert set(body["html"]) == {each["id"] for each in body["content"]["sections"]}


def test_moments_are_exact_and_say_their_offset(client):
    version = announce_faster_reply(policy())
    body = read(client, f"/privacy/versions/{version.permalink}")
    assert body["announced_at"].endswith("+00:00")
    assert datetime.fromisoformat(body["announced_at"]) == version.announced_at
    assert datetime.fromisoformat(body["effective_at"]) == version.effective_at


# --- comparing


def test_a_comparison_says_what_changed_in_words_and_numbers(client):
    coming = announce_faster_reply(policy())
    body = read(client, f"/privacy/compare/{FIRST}...{coming.permalink}")
    assert [(each["heading"], each["change"]) for each in body["contents"]] == [
        ("Retention", "unchanged"),
        ("Contact", "changed"),
    ]
    [figure] = body["figures"]
    assert (figure["old"], figure["new"], figure["promise"]) == ("72 hours", "48 hours", "first_reply")
    assert body["counts"]["changed"] == 1
    assert [each["change"] for each in body["redline"]["sections"]] == ["unchanged", "changed"]
    assert "<ins>" in body["html"]
    assert not body["identical"]


def test_a_stranger_rebuilds_both_texts_from_a_comparison(client):
    coming = announce_faster_reply(policy())
    redline = read(client, f"/privacy/compare/{FIRST}...{coming.permalink}")["redline"]
    assert old_of(redline) == read(client, f"/privacy/versions/{FIRST}")["content"]
    assert new_of(redline) == read(client, f"/privacy/versions/{coming.permalink}")["content"]


def test_swapped_ends_are_compared_from_the_older_to_the_newer(client):
    coming = announce_faster_reply(policy())
    forwards = read(client, f"/privacy/compare/{FIRST}...{coming.permalink}")
    backwards = read(client, f"/privacy/compare/{coming.permalink}...{FIRST}")
    assert backwards == forwards
    assert (backwards["older"]["number"], backwards["newer"]["number"]) == (1, 2)


def test_a_version_is_identical_to_itself(client):
    policy()
    body = read(client, f"/privacy/compare/{FIRST}...{FIRST}")
    assert body["identical"]
    assert body["figures"] == []


def test_versions_that_are_not_neighbours_are_compared_too(client):
    page = policy()
    for hours in (48, 24):
        publish(page, sections=faster_reply(hours), change_class="editorial")
    body = read(client, f"/privacy/compare/{FIRST}...{newest(page).permalink}")
    assert [(each["old"], each["new"]) for each in body["figures"]] == [("72 hours", "24 hours")]


# --- as of


def test_a_day_means_its_end_and_a_moment_is_exact(client):
    page = policy()
    changed = publish(page, sections=faster_reply(), change_class="editorial")
    before = changed.effective_at - timedelta(microseconds=1)
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    asked = [today.isoformat(), yesterday.isoformat(), changed.effective_at.isoformat(), before.isoformat()]
    assert [read(client, f"/privacy/as-of/{day}")["number"] for day in asked] == [2, 1, 2, 1]


def test_as_of_the_future_is_what_is_announced_for_then(client):
    coming = announce_faster_reply(policy())
    body = read(client, f"/privacy/as-of/{coming.effective_on.isoformat()}")
    assert (body["permalink"], body["standing"]) == (coming.permalink, "coming")


def test_a_day_before_the_first_version_is_not_found(client):
    policy()
    body = read(client, "/privacy/as-of/1999-12-31", status=404)
    assert f"The first, {FIRST}, takes effect at" in body["detail"]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9999-12-31", "2026-13-01T00:00:00Z", "%00", "📅"])
def test_what_is_no_date_is_a_bad_request(client, day):
    policy()
    assert "is no date" in read(client, f"/privacy/as-of/{day}", status=400)["detail"]


# --- languages


def test_an_urdu_front_end_reads_the_translation(client):
    page = policy()
    translate(page)
    response = client.get(f"{API}/privacy", {"language": "ur"})
    body = response.json()
    assert (body["title"], body["language"], body["is_translated"]) == ("رازداری", "ur", True)
    assert body["languages"] == ["en", "ur"]
    assert body["links"]["page"] == "http://testserver/ur/privacy/"
    assert response["Content-Language"] == "ur"
    assert follow(client, body["in_force"]["links"]["api"])["text_added_late"]


def test_a_language_without_a_translation_gets_the_original_and_is_told(client):
    policy()
    response = client.get(f"{API}/privacy", {"language": "ur"})
    body = response.json()
    assert (body["title"], body["language"], body["is_translated"]) == ("Privacy policy", "en", False)
    assert response["Content-Language"] == "en"


def test_a_comparison_is_labelled_in_the_readers_language_and_made_in_one(client):
    page = policy()
    translate(page)
    coming = announce_faster_reply(page)
    body = read(client, f"/privacy/compare/{FIRST}...{coming.permalink}", language="ur")
    assert (body["older"]["language"], body["newer"]["language"], body["is_translated"]) == ("en", "en", False)


def test_without_a_wish_a_policy_written_in_urdu_is_answered_in_urdu(client):
    home()
    policy(title="رازداری", code="ur")
    body = read(client, "/privacy")
    assert (body["language"], body["is_translated"]) == ("ur", True)
    assert body["links"]["api"] == "http://testserver/api/v1/policies/privacy"


# --- mistakes

BAD_REQUESTS = [
    ("", {"language": "tlh"}, "`language` is “tlh”; it may be en, ur."),
    ("/privacy", {"language": "EN"}, "`language` is “EN”; it may be en, ur."),
    ("/privacy", {"where": "mars"}, "`where` is “mars”; it may be ccpa, gdpr, uk-gdpr."),
    ("/privacy/versions", {"language": "x" * 5000}, f"`language` is “{'x' * 40}”; it may be en, ur."),
]


@pytest.mark.parametrize(("path", "query", "detail"), BAD_REQUESTS)
def test_a_bad_request_is_told_what_would_be_a_good_one(client, path, query, detail):
    policy()
    assert read(client, path, status=400, **query) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "instance": API + path,
    }


def test_a_bad_language_is_told_even_where_there_is_no_policy(client):
    read(client, status=400, language="tlh")


MISSING = [
    "/cookies",
    "/cookies/versions",
    "/%00",
    "/privacy/versions/2020-01-01",
    "/privacy/versions/latest",
    f"/privacy/compare/{FIRST}...2020-01-01",
    f"/privacy/compare/2020-01-01...{FIRST}",
    f"/privacy/compare/{FIRST}",
    "/privacy/nonsense",
    "/",
    "/../..",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_is_missing_is_a_problem_with_status_404(client, path):
    policy()
    body = read(client, path, status=404)
    assert (body["title"], body["status"]) == ("Not Found", 404)
    assert body["detail"]


def test_a_policy_that_is_not_in_force_yet_says_from_when_it_is(client):
    policy(effective_on=clock.today() + timedelta(days=9))
    detail = read(client, "/privacy", status=404)["detail"]
    coming = (clock.today() + timedelta(days=9)).isoformat()
    assert detail.startswith(f"No version of this policy was in force then. The first, {coming}, takes effect at")
    [line] = read(client)["policies"]
    assert (line["in_force"], line["coming"][0]["permalink"], line["title"]) == (None, coming, "Privacy policy")


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nonsense", "/api/v1/nonsense/", "/api/nonsense", "/api/v3/nonsense"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_nothing_stays_a_404_under_api(client, path, method):
    response = getattr(client, method)(path, headers={"Accept": "text/html", "Accept-Language": "ur"})
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["instance"] == path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_can_change_a_policy_through_it(client, method):
    response = getattr(client, method)(f"{API}/privacy")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD"


def test_our_own_mistake_shows_no_trace_and_is_logged(client, monkeypatch, settings, caplog):
    monkeypatch.setattr("policies.versions.api.questions.policies", lambda: 1 / 0)
    settings.DEBUG = True
    response = client.get(API)
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["detail"] == "Something went wrong on our side."
    assert "ZeroDivisionError" in caplog.text


# --- finished bytes


def test_an_answer_is_shelved_unless_a_strangers_key_is_in_the_query(client):
    policy()
    for path in [
        "",
        "/privacy",
        "/privacy/versions",
        f"/privacy/versions/{FIRST}",
        f"/privacy/compare/{FIRST}...{FIRST}",
    ]:
        assert MARK in client.get(API + path).headers
        assert MARK in client.get(API + path, {"language": "ur"}).headers
        assert MARK not in client.get(API + path, {"utm_source": "mail"}).headers
    assert MARK not in client.get(f"{API}/privacy/versions", {"where": "gdpr"}).headers
    assert MARK not in client.get(f"{API}/privacy/as-of/2026-06-01").headers
    assert MARK not in client.get(f"{API}/cookies").headers


def test_the_same_question_has_the_same_bytes_for_everybody(client):
    translate(policy())
    answers = [client.get(f"{API}/privacy", headers={"Accept-Language": spoken}) for spoken in ("en", "ur", "de")]
    assert all(one.content == other.content for one, other in pairwise(answers))
    assert not any("Set-Cookie" in answer.headers or "Vary" in answer.headers for answer in answers)


def test_head_is_answered_like_get(client):
    policy()
    response = client.head(f"{API}/privacy")
    assert (response.status_code, response.content) == (200, b"")
    assert MARK in response.headers
    request = RequestFactory().head(f"{API}/privacy")
    resolve(request.path).func(request, slug="privacy")
    assert request.method == "HEAD"


# --- Wagtail's own API


def test_anybody_reads_a_policy_page_through_wagtails_api(client):
    page = policy()
    body = client.get(f"/api/v3/pages/{page.pk}/").json()
    assert (body["title"], body["meta"]["type"]) == ("Privacy policy", "versions.PolicyPage")
    assert [part["value"]["heading"] for part in body["sections"]] == ["Retention", "Contact"]
    listed = client.get("/api/v3/pages/", {"type": "versions.PolicyPage"}).json()
    assert [each["id"] for each in listed["items"]] == [page.pk]


def test_nobody_reads_a_draft_through_wagtails_api(client):
    page = draft(CONTACT)
    response = client.get(f"/api/v3/pages/{page.pk}/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
