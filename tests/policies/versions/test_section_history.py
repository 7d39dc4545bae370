"""One section through all versions: what changed it, when, and where the same section is found whatever it was called."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from policies.versions.actions import cancel_version, postpone_version, withdraw_version
from policies.versions.history import History
from policies.versions.sections import last_changed, section_history
from policies.versions.sections.identity import same_section
from tests.factories import (
    CONTACT,
    RETENTION,
    clarifying,
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

FIRST = "2026-03-01"
WORDS = {"en": "We need more time."}


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def history_of(page, language="en"):
    return History(page.translation_key, language=language)


def dates_of(page, version, language="en"):
    """By anchor, the permalink of the version that last changed each section."""
    history = history_of(page, language)
    text = history.text(version)
    by_id = {section["id"]: section["anchor"] for section in text.content["sections"]}
    return {by_id[key]: found.permalink for key, (found, _) in last_changed(history, text).items()}


@pytest.fixture
def page():
    return policy()


def in_urdu(page, *parts):
    """A live Urdu translation of what the page says now."""
    home("ur")
    twin = page.copy_for_translation(locale("ur"))
    publish(twin, title="رازداری", sections=sections(*parts))
    return twin


def urdu(part, heading, *paragraphs, blocks=()):
    """The same section in other words: translations share the ids."""
    return section(heading, *paragraphs, blocks=blocks) | {"id": part["id"]}


def test_a_section_says_when_it_last_changed_and_the_others_keep_their_dates(page):
    changed = publish(page, sections=faster_reply(), **clarifying())
    assert dates_of(page, changed) == {"retention": FIRST, "contact": changed.permalink}


def test_an_old_version_tells_the_dates_as_of_then(page):
    publish(page, sections=faster_reply(48), **clarifying())
    first = history_of(page).versions[-1]
    assert dates_of(page, first) == {"retention": FIRST, "contact": FIRST}


def test_dates_take_one_query_however_many_versions_there_are(page, django_assert_num_queries):
    for hours in (60, 50, 40):
        publish(page, sections=faster_reply(hours), **clarifying())
    history = history_of(page)
    text = history.text(history.in_force)
    with django_assert_num_queries(1):
        last_changed(history, text)


def test_what_was_cancelled_changed_nothing(page):
    coming = publish(page, sections=faster_reply(), **material())
    cancel_version(coming, words=WORDS, by=reviewer())
    assert dates_of(page, history_of(page).in_force)["contact"] == FIRST
    assert len(section_history(history_of(page), "contact").changes) == 1


def test_a_postponed_change_counts_once_on_its_new_day(page):
    coming = publish(page, sections=faster_reply(), **material())
    later = postpone_version(coming, until=coming.effective_on + timedelta(days=10), words=WORDS, by=reviewer())
    found = section_history(history_of(page), "contact")
    assert [change.version.permalink for change in found.changes] == [later.permalink, FIRST]


def test_visitors_see_under_each_section_when_it_last_changed(client, page):
    with time_machine.travel("2026-12-22T08:00:00Z"):
        publish(page, sections=faster_reply(), **clarifying())
        text = read(client, "/privacy/")
    assert 'href="/privacy/sections/contact/"' in text
    assert "22 December 2026" in text[text.index("/privacy/sections/contact/") :]
    assert "1 March 2026" in text[text.index("/privacy/sections/retention/") :][:400]


def test_the_page_of_a_section_shows_its_figures_and_its_own_redline_only(client, page):
    both = sections(
        section("Retention", "We keep invoices for nine years."),
        section("Contact", "Write to us.", blocks=[promise("We answer within {amount}.", amount=48)]),
    )
    changed = publish(page, sections=both, **clarifying("We answer sooner and keep longer."))
    text = read(client, "/privacy/sections/contact/")
    assert "72 hours" in text
    assert "48 hours" in text
    assert "nine" not in text
    assert text.index("48 hours") < text.index("redline__section")
    assert "We answer sooner and keep longer." in text
    assert f"/privacy/versions/{changed.permalink}/#contact" in text
    assert f"/privacy/compare/{FIRST}...{changed.permalink}/" in text


def test_no_id_stands_twice_on_the_page_of_a_section(client, page):
    for hours in (60, 50):
        publish(page, sections=faster_reply(hours), **clarifying())
    text = read(client, "/privacy/sections/contact/")
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_a_coming_change_is_told_but_is_not_the_last_one(client, page):
    coming = publish(page, sections=faster_reply(), **material())
    found = section_history(history_of(page), "contact")
    assert (found.last.version.permalink, found.coming.version.permalink) == (FIRST, coming.permalink)
    assert "Not in force yet" in read(client, "/privacy/sections/contact/")


def test_a_removed_section_keeps_its_history(client, page):
    publish(page, sections=sections(RETENTION), **clarifying())
    text = read(client, "/privacy/sections/contact/")
    assert "not in the text any more" in text
    assert "Removed" in text
    assert 'href="/privacy/#contact"' not in text


def test_a_new_section_is_new_since_its_version_and_not_before(page):
    added = publish(page, sections=sections(RETENTION, CONTACT, section("Cookies", "Two.")), **clarifying())
    found = section_history(history_of(page), "cookies")
    assert [(each.version, each.row.change) for each in found.changes] == [(added, "added")]
    assert not found.changes[0].is_first


def test_a_moved_section_says_so(client, page):
    publish(page, sections=sections(CONTACT, RETENTION), **clarifying())
    moved = {anchor for anchor in ("contact", "retention") if ">Moved<" in read(client, f"/privacy/sections/{anchor}/")}
    assert len(moved) == 1


def test_a_new_heading_keeps_the_anchor_and_the_page_shows_it(client, page):
    renamed = section("How to reach us", "Write to us.") | {"id": CONTACT["id"]}
    publish(page, sections=sections(RETENTION, renamed), **clarifying())
    assert "How to reach us</span>" in read(client, "/privacy/sections/contact/")


@pytest.mark.parametrize(
    ("asked", "names", "found"),
    [
        ("contact", {("1", "contact")}, {"1"}),
        ("reach-us", {("1", "contact"), ("1", "reach-us"), ("2", "other")}, {"1"}),
        ("contact", {("1", "contact"), ("2", "contact")}, {"1", "2"}),
        ("a", {("1", "a"), ("1", "b"), ("2", "b"), ("2", "c"), ("3", "d")}, {"1", "2"}),
        ("unknown", {("1", "contact")}, set()),
    ],
)
def test_a_section_is_the_same_through_its_id_or_its_anchor(asked, names, found):
    assert same_section(asked, names) == found


def test_a_section_that_got_a_new_id_keeps_its_history_by_its_anchor(page):
    again = section("Contact", "Call us.") | {"id": "11111111-1111-1111-1111-111111111111"}
    publish(page, sections=sections(RETENTION, again), **clarifying())
    assert len(section_history(history_of(page), "contact").changes) == 2


def test_there_is_a_kind_page_for_sections_that_never_were(client, page):
    assert "never had such a section" in read(client, "/privacy/sections/nonsense/", 404)


@pytest.mark.parametrize("anchor", ["x" * 300, "%00", "..", "a.b", "كلمة"])
def test_odd_anchors_are_not_found(client, page, anchor):
    read(client, f"/privacy/sections/{anchor}/", 404)


def test_twenty_changes_stand_on_a_page_and_the_next_ones_behind_a_plain_link(client, page):
    for hours in range(71, 46, -1):
        publish(page, sections=faster_reply(hours), **clarifying())
    first, second = read(client, "/privacy/sections/contact/"), read(client, "/privacy/sections/contact/?page=2")
    assert first.count('class="timeline__') == 20
    assert second.count('class="timeline__') == 6
    assert 'href="?page=2"' in first
    assert "First version" in second
    assert read(client, "/privacy/sections/contact/?page=nonsense").count('class="timeline__') == 20
    assert read(client, "/privacy/sections/contact/?page=99").count('class="timeline__') == 6


@pytest.mark.django_db(transaction=True)  # as it is served: inside of a transaction nothing is kept
def test_a_long_history_costs_no_more_queries_and_loads_no_bodies(client, page):
    publish(page, sections=faster_reply(71), **clarifying())
    read(client, "/privacy/sections/contact/")
    with CaptureQueriesContext(connection) as few:
        read(client, "/privacy/sections/contact/")
    for hours in range(70, 60, -1):
        publish(page, sections=faster_reply(hours), **clarifying())
    read(client, "/privacy/sections/contact/")
    with CaptureQueriesContext(connection) as many:
        read(client, "/privacy/sections/contact/")
    assert len(few) == len(many) <= 12
    bodies = [each["sql"] for each in many if '"versions_versiontext"."html"' in each["sql"]]
    assert len(bodies) == 1  # of the version in force, for the heading as it reads now


def test_urdu_readers_get_their_own_redline_and_heading(client, page):
    contact = urdu(CONTACT, "رابطہ", "ہمیں لکھیں۔", blocks=[promise("{amount} کے اندر جواب۔")])
    twin = in_urdu(page, urdu(RETENTION, "مدت", "سات سال۔"), contact)
    faster = urdu(CONTACT, "رابطہ", "ہمیں لکھیں۔", blocks=[promise("{amount} کے اندر جواب۔", amount=48)])
    type(twin).objects.filter(pk=twin.pk).update(translation_ready=True)
    changed = publish(page, sections=faster_reply(), **clarifying())
    publish(twin, sections=sections(urdu(RETENTION, "مدت", "سات سال۔"), faster))
    assert changed.texts.filter(language="ur").exists()
    text = read(client, "/ur/privacy/sections/contact/")
    assert "رابطہ</span>" in text
    assert "Write to us" not in text
    assert 'href="/ur/privacy/' in text


def test_a_language_that_came_later_is_not_a_change_of_the_section(page):
    publish(page, sections=faster_reply(), **clarifying())
    faster = urdu(CONTACT, "رابطہ", "لکھیں۔", blocks=[promise("{amount} کے اندر جواب۔", amount=48)])
    in_urdu(page, urdu(RETENTION, "مدت", "سات سال۔"), faster)
    assert dates_of(page, history_of(page).in_force, "ur")["retention"] == FIRST


def test_urdu_readers_see_what_changed_in_the_original_where_it_is_not_translated(client, page):
    contact = urdu(CONTACT, "رابطہ", "ہمیں لکھیں۔", blocks=[promise("{amount} کے اندر جواب۔")])
    in_urdu(page, urdu(RETENTION, "مدت", "سات سال۔"), contact)
    publish(page, sections=faster_reply(), **clarifying())
    text = read(client, "/ur/privacy/sections/contact/")
    assert 'lang="en" dir="ltr"' in text
    assert "48 hours" in text


def test_a_withdrawn_policy_still_tells_of_its_sections(client, page):
    withdraw_version(history_of(page).in_force, words={"en": "The shop has closed."}, by=reviewer())
    assert "Contact</span>" in read(client, "/privacy/sections/contact/")


def test_before_the_first_version_takes_effect_its_sections_are_coming(client):
    policy(effective_on=clock.today() + timedelta(days=40))
    text = read(client, "/privacy/sections/contact/")
    assert "Changes on" in text
    assert "Not in force yet" in text


def test_a_product_has_section_pages_too(client):
    product = inverter()
    publish(product, sections=sections(section("What it powers", "Lights, fans and a fridge.")))
    text = read(client, "/products/bi-1500/sections/what-it-powers/")
    assert "fridge" in text
    assert "/products/bi-1500/sections/what-it-powers/feed.atom" in text


def test_the_api_tells_when_each_section_last_changed(client, page):
    with time_machine.travel("2026-12-22T08:00:00Z"):
        publish(page, sections=faster_reply(), **clarifying())
        found = client.get("/api/v1/policies/privacy").json()["sections"]
    assert {each["anchor"]: each["last_changed"] for each in found} == {"retention": FIRST, "contact": "2026-12-22"}


def test_the_api_tells_the_history_of_a_section(client, page):
    changed = publish(page, sections=faster_reply(), **clarifying())
    found = client.get("/api/v1/policies/privacy/sections/contact").json()
    assert found["heading"] == "Contact"
    assert found["is_there"] is True
    assert found["last_changed"] == changed.effective_on.isoformat()
    assert [(each["change"], each["version"]["permalink"]) for each in found["changes"]] == [
        ("changed", changed.permalink),
        ("added", FIRST),
    ]
    assert found["changes"][0]["figures"][0]["new"] == "48 hours"
    assert found["links"]["page"] == "http://testserver/privacy/sections/contact/"
    assert client.get("/api/v1/policies/privacy/sections/nonsense").status_code == 404
    assert date.fromisoformat(found["last_changed"]) <= clock.today()
