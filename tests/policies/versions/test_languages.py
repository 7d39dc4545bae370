"""A version in every language: which translation belongs to which text, and what readers see where one is old or missing."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from marketing.products.models import ProductIndexPage, ProductPage
from policies.versions.history import History
from policies.versions.languages import mixed_view
from policies.versions.models import Version, VersionText
from tests.factories import (
    clarifying,
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


def retention(words="We keep invoices for seven years.", *, regimes=(), urdu=""):
    return _in_urdu(section("Retention", words, regimes=regimes), "مدت", urdu)


def contact(words="Write to us.", *, hours=72, urdu=""):
    sentence = "ہم {amount} میں جواب دیتے ہیں۔" if urdu else "We answer within {amount}."
    return _in_urdu(section("Contact", words, blocks=[promise(sentence, amount=hours)]), "رابطہ", urdu)


def _in_urdu(part, heading, words):
    if words:
        part["value"]["heading"] = heading
        part["value"]["body"][0]["value"] = f"<p>{words}</p>"
    return part


OLD_RETENTION = "ہم رسیدیں سات سال رکھتے ہیں۔"
OLD_CONTACT = "ہمیں لکھیں۔"


@pytest.fixture
def english():
    return policy(retention(), contact())


@pytest.fixture
def urdu(english):
    """The Urdu page, announced with everything in it."""
    page = english.copy_for_translation(locale("ur"), copy_parents=True)
    translate(page, retention(urdu=OLD_RETENTION), contact(urdu=OLD_CONTACT))
    return type(page).objects.get(pk=page.pk)


def translate(page, *parts, ready=False, title="رازداری", live=True):
    """Write a translation in the page editor, and publish it."""
    page = type(page).objects.get(pk=page.pk)
    page.title, page.sections, page.translation_ready = title, sections(*parts), ready
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def urdu_texts(page):
    """Which version has Urdu, how often it was written down, and whether it came late."""
    rows = VersionText.objects.filter(version__work__key=page.translation_key, language="ur")
    return [(row.version.number, row.sequence, row.added_late) for row in rows.order_by("version__number", "sequence")]


def clearer(*summary):
    """A clarifying change, whatever the redline makes of it."""
    return clarifying(*summary) | {"class_reason": "It was meant so before."}


def longer_retention(page, **fields):
    """The original changes one section; no number in a promise."""
    return publish(page, sections=sections(retention("We keep invoices for ten years."), contact()), **fields)


def read(client, path="/ur/privacy/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def part(page, anchor):
    """The HTML of one section."""
    return page.split(f'<section id="{anchor}"')[1].split("</section>")[0]


# --- what goes out with a version


def test_a_translation_that_is_ready_goes_along_though_no_number_changed(english, urdu):
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), ready=True, live=False)
    version = longer_retention(english, **clearer())
    assert urdu_texts(english) == [(1, 1, True), (2, 1, False)]
    assert version.texts.get(language="ur").source_sha256 == version.texts.get(language="en").sha256


def test_a_translation_that_is_not_ready_stays_behind(english, urdu):
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), live=False)
    longer_retention(english, **clearer())
    assert urdu_texts(english) == [(1, 1, True)]


def test_a_tick_counts_for_one_version_only(english, urdu):
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), ready=True, live=False)
    longer_retention(english, **clearer())
    publish(english, sections=sections(retention("We keep nothing."), contact()), **clearer())
    assert [number for number, *_ in urdu_texts(english)] == [1, 2]


def test_a_change_without_words_takes_every_language_along(english, urdu):
    moved = [contact(), retention(regimes=["gdpr"])]
    version = publish(english, sections=sections(*moved), **clearer())
    text = version.texts.get(language="ur")
    assert [(each["anchor"], each["regimes"]) for each in text.content["sections"]] == [
        ("contact", []),
        ("retention", ["gdpr"]),
    ]
    assert (text.title, text.added_late) == ("رازداری", False)


def test_a_section_that_goes_takes_no_language_with_it(english, urdu):
    version = publish(english, sections=sections(contact()), **clearer())
    [left] = version.texts.get(language="ur").content["sections"]
    assert left["heading"] == "رابطہ"


def test_a_language_that_was_taken_offline_is_not_carried(english, urdu):
    type(urdu).objects.filter(pk=urdu.pk).update(live=False)
    version = publish(english, sections=sections(contact(), retention()), **clearer())
    assert set(version.texts.values_list("language", flat=True)) == {"en"}


def test_words_that_come_back_bring_their_translation_back(english, urdu):
    longer_retention(english, **clearer())
    version = publish(english, sections=sections(retention(), contact()), **clearer())
    assert [number for number, *_ in urdu_texts(english)] == [1, version.number]


def test_one_language_goes_along_and_another_stays_behind(english, urdu):
    locale("ar")
    home("ar")
    arabic = english.copy_for_translation(locale("ar"))
    translate(arabic, retention(), contact(), title="الخصوصية")
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), ready=True, live=False)
    version = longer_retention(english, **clearer())
    assert set(version.texts.values_list("language", flat=True)) == {"en", "ur"}
    assert set(Version.objects.get(number=1).texts.values_list("language", flat=True)) == {"en", "ur", "ar"}


def test_a_made_summary_names_what_the_original_changed_not_what_was_never_translated(english, urdu):
    longer_retention(english, **clearer())
    parts = [retention("We keep invoices for ten years."), contact("Call us.")]
    in_urdu = [retention(urdu="دس سال"), contact(urdu="فون کریں۔")]
    translate(urdu, *in_urdu, ready=True, live=False)
    version = publish(english, sections=sections(*parts), **clearer(""))
    assert "رابطہ" in version.texts.get(language="ur").summary
    assert "مدت" not in version.texts.get(language="ur").summary


# --- what is added later


def test_a_late_translation_has_its_own_date_and_makes_the_version_whole(client, english, urdu):
    longer_retention(english, **clearer())
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT))
    assert urdu_texts(english) == [(1, 1, True), (2, 1, True)]
    page = read(client)
    assert "دس سال" in page
    assert "outdated" not in page
    assert "شامل" in page or "was added on" in page


def test_a_correction_of_the_live_translation_goes_to_the_version_it_translates_not_to_the_newer_one(english, urdu):
    version = longer_retention(english, **material())
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu="ہمیں ضرور لکھیں۔"))
    assert urdu_texts(english) == [(1, 1, True), (1, 2, True)]
    assert not version.texts.filter(language="ur").exists()


def test_a_translation_with_another_promise_goes_to_the_version_that_promises_it(english, urdu):
    publish(english, sections=sections(retention(), contact(hours=48)), **material())
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu="ہمیں ضرور لکھیں۔"))
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu=OLD_CONTACT, hours=48))
    assert urdu_texts(english) == [(1, 1, True), (2, 1, True)]


def test_half_a_translation_is_added_to_nothing(english, urdu):
    parts = [retention("We keep invoices for ten years."), contact("Call us.")]
    publish(english, sections=sections(*parts), **clearer())
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT))
    assert urdu_texts(english) == [(1, 1, True)]
    translate(urdu, retention(urdu="دس سال"), contact(urdu="فون کریں۔"))
    assert urdu_texts(english) == [(1, 1, True), (2, 1, True)]


def test_a_translation_that_rightly_stays_as_it_is_says_so_with_the_tick(english, urdu):
    publish(english, sections=sections(retention("We keep invoices for 7 years."), contact()), **clearer())
    same = [retention(urdu=OLD_RETENTION), contact(urdu=OLD_CONTACT)]
    translate(urdu, *same)
    assert urdu_texts(english) == [(1, 1, True)]
    translate(urdu, *same, ready=True)
    assert urdu_texts(english) == [(1, 1, True), (2, 1, True)]


def test_a_ready_translation_published_before_its_original_waits_for_it(english, urdu):
    english.sections = sections(retention("We keep invoices for ten years."), contact())
    for name, value in clearer().items():
        setattr(english, name, value)
    revision = english.save_revision()
    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), ready=True)
    assert urdu_texts(english) == [(1, 1, True)]
    revision.publish()
    assert urdu_texts(english) == [(1, 1, True), (2, 1, False)]


def test_the_same_translation_again_is_no_news_but_an_earlier_wording_may_come_back(english, urdu):
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu=OLD_CONTACT))
    assert urdu_texts(english) == [(1, 1, True)]
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu="غلط"))
    translate(urdu, retention(urdu=OLD_RETENTION), contact(urdu=OLD_CONTACT))
    assert [sequence for _, sequence, _ in urdu_texts(english)] == [1, 2, 3]


# --- what readers see


def test_readers_see_what_is_still_right_in_their_language_and_the_rest_in_the_original(client, english, urdu):
    longer_retention(english, **clearer())
    page = read(client)
    stale, fresh = part(page, "retention"), part(page, "contact")
    assert 'lang="en" dir="ltr"' in stale
    assert stale.index("ten years") < stale.index("<details") < stale.index(OLD_RETENTION)
    assert f"/ur/privacy/versions/{FIRST}/#retention" in stale
    assert OLD_CONTACT in fresh
    assert "lang=" not in fresh
    assert "72 گھنٹے" in fresh


def test_the_note_on_top_counts_and_links_both_pure_texts(client, english, urdu):
    version = longer_retention(english, **clearer())
    note = read(client, f"/ur/privacy/versions/{version.permalink}/").split('class="box box--notice mixed"')[1]
    note = note.split("</section>")[0]
    assert "2" in note
    assert "1" in note
    assert f'href="/privacy/versions/{version.permalink}/"' in note
    assert f'href="/ur/privacy/versions/{FIRST}/"' in note


def test_a_new_section_is_in_the_original_with_nothing_outdated_beside_it(client, english, urdu):
    new = section("Cookies", "We set one.")
    publish(english, sections=sections(retention(), contact(), new), **clearer())
    shown = part(read(client), "cookies")
    assert "We set one." in shown
    assert "<details" not in shown
    assert 'lang="en"' in shown


def test_the_title_is_translated_only_as_long_as_the_original_keeps_its_own(client, english, urdu):
    longer_retention(english, **clearer())
    assert "رازداری</h1>" in read(client)
    publish(english, title="Privacy notice", **clearer())
    assert '<h1 lang="en" dir="ltr">Privacy notice</h1>' in read(client)


def test_an_announced_version_is_mixed_too_while_the_one_in_force_stays_whole(client, english, urdu):
    version = longer_retention(english, **material())
    assert "outdated" not in read(client)
    assert "outdated" in read(client, f"/ur/privacy/versions/{version.permalink}/")
    assert "outdated" not in read(client, f"/ur/privacy/versions/{FIRST}/")
    with time_machine.travel(version.effective_at):
        assert "outdated" in read(client)


def test_a_version_before_the_first_translation_is_shown_in_the_original(client):
    english = policy(retention(), contact())
    longer_retention(english, **clearer())
    page = english.copy_for_translation(locale("ur"), copy_parents=True)
    translate(page, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT))
    shown = read(client, f"/ur/privacy/versions/{FIRST}/")
    assert OLD_CONTACT not in shown
    assert '<h1 lang="en" dir="ltr">' in shown
    assert "mixed" not in shown


def test_a_cancelled_version_lends_no_words(english, urdu):
    from policies.versions.actions import cancel_version
    from tests.people import officer

    translate(urdu, retention(urdu="دس سال"), contact(urdu=OLD_CONTACT), ready=True, live=False)
    cancelled = longer_retention(english, **material())
    cancel_version(cancelled, words={"en": "A mistake."}, by=officer())
    version = publish(english, sections=sections(retention("We keep nothing."), contact()), **clearer())
    history = History(english.translation_key, language="ur")
    mixed = mixed_view(history, version, history.text(version))
    assert mixed.last.text.version.number == 1


def test_the_hash_that_is_shown_and_the_files_are_those_of_the_original(client, english, urdu):
    version = longer_retention(english, **clearer())
    assert version.sha256 in read(client)
    response = client.get(f"/ur/privacy/versions/{version.permalink}.json")
    if response.status_code == 200:
        assert response["Content-Language"] == "en"


def test_a_comparison_with_an_untranslated_version_is_all_in_the_original(client, english, urdu):
    version = longer_retention(english, **clearer())
    page = read(client, f"/ur/privacy/compare/{FIRST}...{version.permalink}/")
    assert OLD_RETENTION not in page
    assert 'lang="en" dir="ltr"' in page


def test_a_mixed_page_needs_two_queries_more_than_the_original(client, english, urdu):
    longer_retention(english, **clearer())
    assert queries_for(client, "/ur/privacy/") <= queries_for(client, "/privacy/") + 2


def queries_for(client, path):
    read(client, path)
    with CaptureQueriesContext(connection) as context:
        read(client, path)
    return len(context)


def test_a_product_shows_its_outdated_facts_as_such_and_the_right_words_in_the_readers_language(client):
    home("ur")
    index = home().add_child(instance=ProductIndexPage(title="Products", slug="products", locale=locale()))
    index.save_revision().publish()
    kept = ProductPage(title="Kept", slug="kept", locale=locale(), live=False, price_pkr=40000)
    kept.sections = sections(retention(), section("Key", "Quiet."))
    index.add_child(instance=kept)
    publish(kept)
    index_in_urdu = index.copy_for_translation(locale("ur"))
    index_in_urdu.save_revision().publish()
    twin = kept.copy_for_translation(locale("ur"))
    translate(twin, retention(urdu=OLD_RETENTION), _in_urdu(section("Key", "Quiet."), "چابی", "خاموش"), title="کیپٹ")
    publish(kept, price_pkr=43000, sections=sections(retention(), section("Key", "Quiet and small.")))
    page = read(client, "/ur/products/kept/")
    assert "43,000" in part(page, "facts").split("<details")[0]
    assert "40,000" in part(page, "facts").split("<details")[1]
    assert OLD_RETENTION in part(page, "retention")
    assert 'lang="en"' in part(page, "key")


# --- the API agrees


def test_the_api_gives_the_original_with_what_is_known_of_its_translation(client, english, urdu):
    longer_retention(english, **clearer())
    body = client.get("/api/v1/policies/privacy", {"language": "ur"}).json()
    assert (body["language"], body["is_translated"], body["title"]) == ("en", False, "Privacy policy")
    found = {each["anchor"]: (each["language"], each["is_stale"]) for each in body["sections"]}
    assert found == {"retention": ("en", True), "contact": ("en", False)}
    last = body["last_translation"]
    assert (last["language"], last["permalink"], last["title"]) == ("ur", FIRST, "رازداری")
    assert {each["anchor"]: each["is_stale"] for each in last["sections"]} == {"retention": True, "contact": False}
    assert OLD_CONTACT in last["sections"][1]["html"]


def test_the_api_says_nothing_of_translations_where_the_text_is_translated(client, english, urdu):
    body = client.get("/api/v1/policies/privacy", {"language": "ur"}).json()
    assert (body["is_translated"], body["last_translation"]) == (True, None)
    assert {each["language"] for each in body["sections"]} == {"ur"}
    version = longer_retention(english, **clearer())
    line = client.get(f"/api/v1/policies/privacy/versions/{version.permalink}", {"language": "ur"}).json()
    assert line["last_translation"]["permalink"] == FIRST
    assert newest(english).announced_at <= clock.now()
