"""Whatever way leads to publishing, exactly one version is frozen."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from wagtail.models import APIToken, Page

from common import clock
from common.immutable import FrozenError
from policies.ledger.models import Entry
from policies.versions.actions import record_publish
from policies.versions.models import Version, VersionText
from tests.editing import announce, edit_form
from tests.factories import (
    CONTACT,
    REPLY,
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
from tests.people import editor, officer, reviewer, signed_in

pytestmark = pytest.mark.django_db


def numbers(page):
    return list(Version.objects.of(page.translation_key).values_list("number", flat=True))


def saved(page, *, by, **changes):
    """A draft that somebody has written in the editor."""
    form = edit_form(page, **changes)
    assert signed_in(by).post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    return type(page).objects.get(pk=page.pk)


def test_the_button_freezes_one_version():
    page = saved(policy(), by=editor(), title="Privacy, retitled", change_class="editorial")
    response = announce(signed_in(officer()), page)
    assert response.status_code == 302
    assert numbers(page) == [2, 1]
    assert newest(page).published_by.username == "officer"


def test_a_double_click_on_the_button_freezes_one_version():
    page = saved(policy(), by=editor(), title="Privacy, retitled", change_class="editorial")
    browser = signed_in(officer())
    for _ in range(2):
        announce(browser, page)
    assert numbers(page) == [2, 1]


def test_the_same_revision_again_adds_nothing():
    page = policy()
    publish(page, title="Privacy, retitled", change_class="editorial")
    page.refresh_from_db()
    page.get_latest_revision().publish()
    assert numbers(page) == [2, 1]


def test_a_review_that_ends_well_and_its_announcement_freeze_one_version_and_name_the_reviewer():
    page = policy()
    page.sections = faster_reply()
    for name, value in material().items():
        setattr(page, name, value)
    author, second = editor(), reviewer()
    page.save_revision(user=author)
    page.get_workflow().start(page, author).current_task_state.approve(user=second)
    assert numbers(page) == [1]
    announce(signed_in(second), page)
    version = newest(page)
    assert (version.number, version.approval) == (2, "workflow")
    assert (version.written_by, version.approved_by, version.published_by) == (author, second, second)


def test_a_schedule_freezes_one_version_when_its_time_has_come():
    page = policy()
    page.sections = faster_reply()
    page.change_class, page.class_reason = "editorial", "The number was a slip of the pen."
    page.go_live_at = clock.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert numbers(page) == [1]
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert numbers(page) == [2, 1]


def test_the_first_scheduling_of_a_new_page_freezes_nothing():
    page = draft(RETENTION)
    page.go_live_at = clock.now() + timedelta(days=1)
    page.save_revision().publish()
    assert numbers(page) == []


def test_policies_are_not_announced_in_bulk_and_the_editor_learns_where():
    first, second = draft(RETENTION), draft(CONTACT, slug="cookies", title="Cookies")
    for page in (first, second):
        page.save_revision()
    url = f"/admin/bulk/wagtailcore/page/publish/?id={first.pk}&id={second.pk}"
    response = signed_in(officer()).post(f"{url}&next=/admin/", {"include_descendants": ""}, follow=True)
    assert "announced on its own page" in response.content.decode()
    assert (numbers(first), numbers(second)) == ([], [])


@pytest.mark.parametrize("way", ["action", "patch"])
def test_the_api_freezes_one_version_and_names_the_owner_of_the_token(client, way):
    page = policy()
    user = officer()
    _, key = APIToken.create_token(user=user, name="front end")
    headers = {"Authorization": f"Bearer {key}"}
    page.title, page.change_class = "Privacy, retitled", "editorial"
    page.save_revision(user=editor())
    if way == "action":
        response = client.post(
            f"/api/v3/pages/{page.pk}/actions/publish/", headers=headers, content_type="application/json"
        )
    else:
        body = {"meta": {"action": "publish"}}
        response = client.patch(f"/api/v3/pages/{page.pk}/", body, headers=headers, content_type="application/json")
    assert response.status_code == 200, response.content
    assert numbers(page) == [2, 1]
    assert newest(page).published_by == user


def test_a_translation_adds_its_language_to_the_version_it_translates():
    page = policy()
    urdu = page.copy_for_translation(locale("ur"), copy_parents=True)
    urdu.title = "رازداری"
    urdu.save_revision().publish()
    assert numbers(page) == [1]
    text = newest(page).texts.get(language="ur")
    assert (text.title, text.added_late) == ("رازداری", True)


def test_a_translation_that_is_ready_goes_out_with_the_original():
    home("ur")
    page = policy()
    urdu = page.copy_for_translation(locale("ur"))
    urdu.title, urdu.sections, urdu.translation_ready = "رازداری", faster_reply(), True
    urdu.save_revision()
    version = publish(page, sections=faster_reply(), **material())
    assert set(version.texts.values_list("language", "added_late")) == {("en", False), ("ur", False)}


def test_a_translation_with_another_number_in_it_is_shown_to_nobody():
    page = policy()
    urdu = page.copy_for_translation(locale("ur"), copy_parents=True)
    urdu.sections = faster_reply(24)
    urdu.save_revision().publish()
    assert not VersionText.objects.filter(language="ur").exists()


def test_the_same_text_again_freezes_nothing():
    page = policy()
    publish(page)
    assert numbers(page) == [1]


def test_an_alias_makes_no_version_of_its_own():
    page = policy()
    page.create_alias(update_slug="privacy-too", parent=home())
    publish(page, title="Privacy, retitled", change_class="editorial")
    assert Version.objects.count() == 2


def test_what_skipped_the_form_is_read_strictly():
    """No class, no summary, no date: material, described from the redline, after the whole notice period."""
    version = publish(policy(), sections=faster_reply())
    assert version.change_class == "material"
    assert version.effective_on >= clock.today() + timedelta(days=30)
    assert version.texts.get().summary == "Changed: Contact."
    assert version.completed == ["change_class", "triggers", "summary.en"]


def test_an_editorial_change_is_in_force_at_once():
    version = publish(policy(), title="Our privacy policy", change_class="editorial")
    assert not version.is_coming()


def test_an_editorial_change_cannot_overtake_a_coming_version():
    page = policy()
    coming = publish(page, sections=faster_reply(), **material())
    follower = publish(page, title="Our privacy policy", change_class="editorial")
    assert follower.effective_at == coming.effective_at
    assert follower.permalink == f"{coming.permalink}-2"


def test_the_publishing_fields_are_empty_for_the_next_change():
    page = policy()
    publish(page, sections=faster_reply(), **material())
    page.refresh_from_db()
    assert (page.change_class, page.summary, page.effective_on) == ("", "", None)


def test_a_version_is_in_the_ledger_with_its_hashes():
    version = publish(policy(), sections=faster_reply(), **material())
    facts = Entry.objects.get(kind="version.announced", facts__number=2).facts
    assert facts["sha256"] == version.sha256
    assert facts["texts"] == {"en": version.texts.get().sha256}


def test_nobody_changes_a_version_not_even_by_sql():
    policy()
    version = Version.objects.get()
    with pytest.raises(FrozenError):
        version.save()
    with pytest.raises(FrozenError):
        Version.objects.update(number=7)
    for statement in ("UPDATE versions_version SET number = 7", "DELETE FROM versions_versiontext"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_page_with_versions_is_not_deleted():
    page = policy()
    with pytest.raises(PermissionDenied), transaction.atomic():
        page.delete()
    response = signed_in(officer()).post(f"/admin/pages/{page.pk}/delete/")
    assert response.status_code == 302
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_publish_that_cannot_be_recorded_publishes_nothing(monkeypatch):
    page = policy()

    def fail(**kwargs):
        raise RuntimeError("the ledger is down")

    saved(page, by=editor(), title="Lost", change_class="editorial")
    monkeypatch.setattr("policies.versions.actions.announcing.append", fail)
    browser = signed_in(officer())
    browser.raise_request_exception = False
    assert announce(browser, page).status_code == 500
    page.refresh_from_db()
    assert page.title == "Privacy policy"
    assert numbers(page) == [1]


def test_recording_twice_is_as_good_as_once():
    page = policy()
    assert record_publish(page, revision=page.latest_revision) is None


def test_links_and_promises_are_written_out_in_the_frozen_text():
    page = policy(section("Contact", f'<a linktype="page" id="{home().pk}">home</a>', blocks=[promise("In {amount}.")]))
    content = newest(page).texts.get().content
    blocks = content["sections"][0]["blocks"]
    assert blocks[0]["html"] == '<a href="/">home</a>'
    assert (blocks[1]["html"], blocks[1]["amount"]) == ("In 72 hours.", 72)


def test_a_coming_version_of_the_urdu_text_shows_its_own_words():
    page = policy()
    assert sections(RETENTION)[0].value["heading"] == "Retention"
    assert newest(page).texts.get().title == "Privacy policy"


def test_a_section_keeps_its_anchor_when_its_heading_changes_and_in_every_language():
    home("ur")
    page = policy(CONTACT)
    renamed = section("Contact", "Write to us.", blocks=[REPLY])
    renamed["value"]["heading"] = "How to reach us"
    urdu = page.copy_for_translation(locale("ur"))
    renamed_in_urdu = {**renamed, "value": {**renamed["value"], "heading": "رابطہ"}}
    urdu.sections, urdu.translation_ready = sections(renamed_in_urdu), True
    urdu.save_revision()
    version = publish(page, sections=sections(renamed), change_class="editorial")
    anchors = {text.language: text.content["sections"][0]["anchor"] for text in version.texts.all()}
    assert anchors == {"en": "contact", "ur": "contact"}


def test_the_translation_editor_of_wagtail_adds_its_language_too(django_capture_on_commit_callbacks):
    from wagtail_localize.models import StringTranslation, Translation, TranslationSource

    home("ur")
    page = policy()
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale("ur"))
    for segment in source.stringsegment_set.all():
        words = {"Privacy policy": "رازداری"}.get(segment.string.data, segment.string.data)
        StringTranslation.objects.create(
            translation_of=segment.string, locale=locale("ur"), context=segment.context, data=words
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert numbers(page) == [1]
    text = newest(page).texts.get(language="ur")
    assert text.title == "رازداری"
    assert text.content["sections"][0]["id"] == newest(page).texts.get(language="en").content["sections"][0]["id"]
