"""What visitors read: the version in force, any other, what changed, and a kind page where there is nothing."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from policies.versions.models import PolicyPage
from tests.factories import (
    CONTACT,
    RETENTION,
    draft,
    faster_reply,
    home,
    locale,
    material,
    newest,
    policy,
    promise,
    publish,
    section,
    sections,
)

pytestmark = pytest.mark.django_db

FIRST = "2026-03-01"


@pytest.fixture
def changed():
    """A policy with a version in force and one that is coming: 72 hours become 48."""
    page = policy()
    return page, publish(page, sections=faster_reply(), **material())


def read(client, path):
    response = client.get(path)
    return response, response.content.decode()


def test_visitors_read_the_version_in_force_not_the_one_that_is_coming(client, changed):
    _, page = read(client, "/privacy/")
    assert "72 hours" in page
    assert "48 hours" not in page
    assert "1 March 2026" in page


def test_the_coming_version_is_announced_with_date_and_link(client, changed):
    _, version = changed
    _, page = read(client, "/privacy/")
    assert "We answer sooner." in page
    assert f"/privacy/versions/{version.permalink}/" in page
    assert f"/privacy/compare/{FIRST}...{version.permalink}/" in page


def test_on_its_day_the_new_version_is_what_visitors_read(client, changed):
    _, version = changed
    with time_machine.travel(version.effective_at):
        _, page = read(client, "/privacy/")
    assert "48 hours" in page


def test_a_draft_reaches_nobody(client):
    page = policy()
    page.title = "Secret draft"
    page.save_revision()
    assert "Secret draft" not in read(client, "/privacy/")[1]


def test_what_went_live_without_a_record_reaches_nobody(client):
    page = policy()
    PolicyPage.objects.filter(pk=page.pk).update(title="Unrecorded")
    assert "<h1>Unrecorded" not in read(client, "/privacy/")[1]


def test_old_versions_stay_at_their_address_and_say_that_they_are_old(client, changed):
    _, version = changed
    with time_machine.travel(version.effective_at):
        response, page = read(client, f"/privacy/versions/{FIRST}/")
    assert response.status_code == 200
    assert "72 hours" in page
    assert "old version" in page


def test_the_second_version_of_a_day_has_its_own_address(client):
    page = policy()
    for title in ("One", "Two"):
        publish(page, title=title, change_class="editorial")
    assert newest(page).permalink == f"{clock.today()}-2"
    assert "Two" in read(client, f"/privacy/versions/{clock.today()}-2/")[1]


def test_the_timeline_lists_every_version(client, changed):
    _, version = changed
    _, page = read(client, "/privacy/versions/")
    assert FIRST in page
    assert version.permalink in page
    assert "We answer sooner." in page


@pytest.mark.django_db(transaction=True)  # as it is served: inside of a transaction nothing is kept
def test_the_timeline_needs_as_many_queries_for_twenty_versions_as_for_two(client, django_assert_max_num_queries):
    page = policy()
    for number in range(20):
        publish(page, title=f"Title {number}", change_class="editorial")
    client.get("/privacy/versions/")
    with django_assert_max_num_queries(9):
        client.get("/privacy/versions/")


def test_the_comparison_shows_changed_numbers_first(client, changed):
    _, version = changed
    response, page = read(client, f"/privacy/compare/{FIRST}...{version.permalink}/")
    assert response.status_code == 200
    assert page.index("48 hours") < page.index("redline__section")
    assert "<del" in page
    assert "<ins" in page


def test_the_comparison_can_be_read_side_by_side(client, changed):
    _, version = changed
    address = f"/privacy/compare/{FIRST}...{version.permalink}/"
    _, one_column = read(client, address)
    response, page = read(client, f"{address}?view=side")
    assert f'href="{address}?view=side"' in one_column
    assert f'href="{address}"' in page
    assert "redline__side--old" in page
    assert "redline__side--old" not in one_column
    assert "X-Kept-Shelf" in response.headers


def test_other_ways_to_ask_for_two_columns_fill_no_shelf(client, changed):
    _, version = changed
    for query in ("?view=else", "?view=side&view=side", "?view=side&x=1"):
        assert "X-Kept-Shelf" not in client.get(f"/privacy/compare/{FIRST}...{version.permalink}/{query}").headers


def test_the_form_keeps_the_columns(client, changed):
    _, version = changed
    response = client.get("/privacy/compare/", {"older": FIRST, "newer": version.permalink, "view": "side"})
    assert response.url == f"/privacy/compare/{FIRST}...{version.permalink}/?view=side"


def test_swapped_ends_are_put_in_order(client, changed):
    _, version = changed
    response = client.get(f"/privacy/compare/{version.permalink}...{FIRST}/")
    assert response.status_code == 302
    assert response.url == f"/privacy/compare/{FIRST}...{version.permalink}/"


def test_equal_ends_are_said_to_be_identical(client, changed):
    response, page = read(client, f"/privacy/compare/{FIRST}...{FIRST}/")
    assert response.status_code == 200
    assert "identical" in page


def test_the_form_of_the_comparison_leads_to_its_address(client, changed):
    _, version = changed
    response = client.get("/privacy/compare/", {"older": FIRST, "newer": version.permalink})
    assert response.url == f"/privacy/compare/{FIRST}...{version.permalink}/"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/privacy/versions/1999-01-01/", 404),
        (f"/privacy/compare/{FIRST}...1999-01-01/", 404),
        ("/privacy/compare/?older=x&newer=y", 404),
        ("/privacy/as-of/2020-01-01/", 404),
        ("/privacy/as-of/2026-02-31/", 400),
        ("/privacy/as-of/yesterday/", 400),
        ("/privacy/as-of/9999-12-31/", 400),
    ],
)
def test_wrong_dates_and_unknown_versions_get_a_kind_page(client, changed, path, status):
    response, page = read(client, path)
    assert response.status_code == status
    assert "/privacy/versions/" in page


@pytest.mark.parametrize(
    ("moment", "permalink"),
    [("2026-03-01", FIRST), ("2026-10-05T12:00:00+05:00", FIRST), ("2026-10-05T12:00:00Z", FIRST)],
)
def test_as_of_leads_to_the_version_in_force_then(client, changed, moment, permalink):
    response = client.get(f"/privacy/as-of/{moment}/")
    assert response.url == f"/privacy/versions/{permalink}/"


def test_as_of_a_day_of_change_means_the_end_of_that_day(client, changed):
    _, version = changed
    day = version.effective_on
    assert client.get(f"/privacy/as-of/{day}/").url.endswith(f"{version.permalink}/")
    assert client.get(f"/privacy/as-of/{day - timedelta(days=1)}/").url.endswith(f"{FIRST}/")


def test_sections_of_a_regime_are_marked_and_can_be_filtered_without_script(client):
    policy(RETENTION, section("California", "Your rights there.", regimes=["ccpa"]))
    everywhere = read(client, "/privacy/")[1]
    assert "CCPA" in everywhere
    assert "Your rights there." in everywhere
    assert "Your rights there." in read(client, "/privacy/?where=ccpa")[1]
    assert "Your rights there." not in read(client, "/privacy/?where=gdpr")[1]
    assert "Your rights there." in read(client, "/privacy/?where=atlantis")[1]


def test_a_missing_translation_shows_the_original_and_says_so(client):
    home("ur")
    page = policy()
    urdu = page.copy_for_translation(locale("ur"))
    type(urdu).objects.filter(pk=urdu.pk).update(live=True)
    response, text = read(client, "/ur/privacy/")
    assert response.status_code == 200
    assert "72 hours" in text
    assert 'lang="en" dir="ltr"' in text


def test_markup_in_a_heading_is_shown_not_run(client):
    policy(section("<script>alert(1)</script>", "Text."))
    page = read(client, "/privacy/")[1]
    assert "<script>alert" not in page


@pytest.mark.django_db(transaction=True)  # as it is served: inside of a transaction nothing is kept
def test_a_version_page_and_the_policy_page_need_few_queries(client, changed, django_assert_max_num_queries):
    _, version = changed
    for path in ("/privacy/", f"/privacy/versions/{version.permalink}/"):
        client.get(path)
        with django_assert_max_num_queries(10):
            client.get(path)


def test_the_preview_shows_the_draft():
    page = draft(RETENTION, CONTACT)
    page.title = "Not yet public"
    response = page.make_preview_request()
    assert (
        "Not yet public" in response.rendered_content
        if hasattr(response, "rendered_content")
        else response.content.decode()
    )


def test_a_promise_stands_in_the_text_with_its_number(client):
    policy(section("Contact", blocks=[promise("Within {amount} we reply.", amount=1, unit="days")]))
    assert "Within 1 day we reply." in read(client, "/privacy/")[1]


def test_sections_with_the_same_heading_have_their_own_anchors(client):
    parts = sections(section("Contact", "One."), section("Retention", "Two."))
    assert len({part.id for part in parts}) == 2
    twin = section("Contact", "Again.")
    twin["id"] = "5b0cbcb2-5a0e-4f1c-9d3a-0b1b7a1f0001"
    policy(section("Contact", "One."), twin)
    page = read(client, "/privacy/")[1]
    assert 'id="contact"' in page
    assert 'id="contact-2"' in page
