"""What an editor is asked before anything goes out: the message stands at the field, and nothing typed is lost."""

from datetime import timedelta

import pytest
from wagtail.models import APIToken

from common import clock
from policies.versions.models import PolicyPage, Version
from tests import people
from tests.editing import announce, edit_form, promise_form, section_form
from tests.factories import draft, faster_reply, home, material, newest, policy, promise, publish, section
from tests.people import editor, officer, signed_in

pytestmark = pytest.mark.django_db


def post(page, *sections, action="submit", **changes):
    people.reviewer()  # and with the roles the review
    form = edit_form(page, *sections, action=action, **changes)
    return signed_in(editor()).post(f"/admin/pages/{page.pk}/edit/", form)


def test_a_change_without_a_kind_is_asked_for_it():
    page = policy()
    response = post(page, title="Kept words")
    text = response.content.decode()
    assert "Say what kind of change this is." in text
    assert "Kept words" in text
    assert newest(page).number == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"change_class": "material", "effective_on": "2999-01-01"}, "Say in a few plain sentences what changes."),
        ({"change_class": "clarifying"}, "Say in a few plain sentences what changes."),
        ({"change_class": "material", "summary": "Sooner."}, "Say when this material change takes effect."),
        ({"change_class": "material", "summary": "Sooner.", "effective_on": "2026-13-45"}, "Enter a valid date"),
    ],
)
def test_what_a_change_needs_is_said_at_the_field(changes, message):
    page = policy()
    response = post(page, **changes)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert newest(page).number == 1


def test_a_material_change_waits_the_notice_period():
    page = policy()
    too_soon = material(clock.today() + timedelta(days=29))
    assert "at the earliest" in post(page, **too_soon).content.decode()
    just_right = material(clock.today() + timedelta(days=30))
    assert post(page, **just_right).status_code == 302
    announce(signed_in(people.reviewer()), page)
    assert newest(page).effective_on == just_right["effective_on"]


def test_a_version_cannot_be_effective_before_its_predecessor():
    page = policy()
    publish(page, sections=faster_reply(), **material(clock.today() + timedelta(days=60)))
    response = post(page, **material(clock.today() + timedelta(days=40)))
    assert "this one cannot be earlier" in response.content.decode()
    assert newest(page).number == 2


def test_a_section_without_a_heading_is_said_to_have_none():
    response = post(policy(), section_form(heading=""), change_class="editorial")
    assert "This field is required." in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"amount": ""},
        {"amount": 0},
        {"amount": -5},
        {"amount": "many"},
        {"sentence": "Soon."},
        {"kind": "x"},
    ],
)
def test_a_promise_that_is_not_whole_is_not_published(wrong):
    page = policy()
    body = [promise_form(**wrong)]
    response = post(page, section_form("Kept heading", body=body), change_class="editorial")
    assert response.status_code == 200
    assert "Kept heading" in response.content.decode()
    assert newest(page).number == 1


def test_two_sections_cannot_have_the_same_anchor():
    twins = [section_form("One", anchor="same"), section_form("Two", anchor="same")]
    assert (
        "Two sections have the same anchor: same." in post(policy(), *twins, change_class="editorial").content.decode()
    )


def test_a_draft_may_be_as_unfinished_as_it_likes():
    page = policy()
    response = post(page, section_form(heading=""), action="")
    assert response.status_code == 302
    assert newest(page).number == 1


def test_an_unfinished_draft_is_not_published_in_bulk_and_the_editor_learns_why():
    page = draft(section("Contact", blocks=[promise("Within {amount}.", unit="")]))
    page.save_revision()
    url = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/"
    browser = signed_in(officer())
    response = browser.post(url, {"include_descendants": ""}, follow=True)
    assert "has no sentence, number or unit" in response.content.decode()
    assert not PolicyPage.objects.get(pk=page.pk).live
    assert not Version.objects.exists()


def test_an_unfinished_draft_is_refused_by_the_api(client):
    page = draft(section(""))
    page.save_revision()
    _, key = APIToken.create_token(user=officer(), name="front end")
    client.raise_request_exception = False
    response = client.post(
        f"/api/v3/pages/{page.pk}/actions/publish/",
        headers={"Authorization": f"Bearer {key}"},
        content_type="application/json",
    )
    assert response.status_code == 403
    assert not PolicyPage.objects.get(pk=page.pk).live


def test_an_editor_alone_publishes_nothing():
    page = policy()
    signed_in(editor()).post(
        f"/admin/pages/{page.pk}/edit/", edit_form(page, action="publish", change_class="editorial")
    )
    assert newest(page).number == 1


def test_the_edit_view_shows_the_redline_against_the_version_in_force():
    page = policy()
    page.sections = faster_reply()
    page.save_revision()
    text = signed_in(editor()).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "<bdi>72 hours</bdi> → <bdi>48 hours</bdi>" in text
    assert "<del" in text


def test_publishing_an_unchanged_page_again_asks_nothing():
    page = policy()
    page = PolicyPage.objects.get(pk=page.pk)
    page.get_latest_revision().publish()
    assert newest(page).number == 1


def test_the_first_version_needs_no_kind_and_no_day():
    home()
    page = draft(section("Contact", "Call."))
    assert post(page).status_code == 302
    announce(signed_in(people.reviewer()), page)
    assert newest(page).number == 1
