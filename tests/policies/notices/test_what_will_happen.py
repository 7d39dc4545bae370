"""Before anything is announced the editor sees one page, and its button is the announcement."""

from datetime import timedelta

import pytest
from django.db import connection
from wagtail.models import PageLogEntry, Revision

from common import clock
from policies.ledger.models import Entry
from policies.notices.foresight.views import seen_as
from policies.notices.models import Notice
from policies.versions.models import PolicyPage, Version, VersionText
from policies.versions.reviewing import state_of_draft
from policies.versions.states import State
from tests.editing import announce, edit_form, what_will_happen
from tests.factories import (
    CONTACT,
    RETENTION,
    faster_reply,
    home,
    locale,
    material,
    newest,
    policy,
    section,
    sections,
)
from tests.people import auditor, editor, officer, reviewer, signed_in
from tests.policies.notices.telling import subscriber

pytestmark = pytest.mark.django_db


def drafted(page=None, *, by=None, **fields):
    """A draft of the editor's: 72 hours become 48, unless a test says otherwise."""
    page = page or policy()
    for name, value in ({"sections": faster_reply()} | (fields or material())).items():
        setattr(page, name, value)
    page.save_revision(user=by or editor())
    return PolicyPage.objects.get(pk=page.pk)


def read(page, *, by=None):
    return signed_in(by or reviewer()).get(what_will_happen(page))


def rows():
    """Everything that an announcement would write."""
    models = (Version, VersionText, Notice, Entry, Revision, PageLogEntry)
    return [model.objects.count() for model in models]


def test_looking_changes_nothing():
    page = drafted()
    subscriber("ayesha", "ur")
    reviewer()
    before = rows()
    assert read(page).status_code == 200
    assert rows() == before
    assert newest(page).number == 1


def test_it_says_who_is_told_in_which_language_and_when_it_takes_effect():
    page = drafted()
    for name, language in (("ayesha", "ur"), ("bilal", "en"), ("carol", "en")):
        subscriber(name, language)
    seen = read(page).context["rehearsal"]
    assert [(line.language, line.people) for line in seen.told] == [("en", 2), ("ur", 1)]
    assert seen.version.effective_on == clock.today() + timedelta(days=31)


def test_the_letter_and_the_notice_are_shown_in_every_language():
    home("ur")
    page = drafted()
    seen = {preview.language: preview for preview in read(page).context["rehearsal"].previews}
    assert set(seen) == {"en", "ur"}
    assert "72 hours → 48 hours" in seen["en"].text
    assert "We answer sooner." in seen["en"].home_notice
    assert 'dir="rtl"' in seen["ur"].html
    assert not seen["ur"].is_translated


def test_what_is_shown_is_what_is_sent():
    page = drafted()
    subscriber("bilal")
    [shown] = [each for each in read(page).context["rehearsal"].previews if each.language == "en"]
    announce(signed_in(reviewer()), page)
    from policies.notices.actions import send_out_notices

    send_out_notices()
    sent = Notice.objects.get().mailing.renditions.get(language="en")
    announced = newest(page)
    assert shown.subject == sent.subject
    assert shown.text.replace("\r", "") == sent.text.replace("\r", "")
    assert announced.sha256 in sent.text


def test_a_promise_that_changes_is_named_with_what_it_does():
    text = read(drafted()).content.decode()
    assert "first reply to a question or request" in text
    assert "Deadlines are counted by it" in text


def test_languages_that_are_missing_or_stale_are_named():
    home("ur")
    page = policy()
    assert read(drafted(page)).context["rehearsal"].languages == {"en": "ready", "ur": "missing"}
    urdu = page.copy_for_translation(locale("ur"))
    urdu.sections = PolicyPage.objects.get(pk=page.pk).sections
    urdu.save_revision().publish()
    assert read(page).context["rehearsal"].languages == {"en": "ready", "ur": "stale"}


def test_people_who_agreed_are_counted_where_a_new_purpose_asks_them_again(client):
    page = policy()
    wording = client.get("/choices/").context["wording"]
    client.post("/choices/", {"wording": wording.sha256, "all": "yes"}, headers={"Origin": "http://testserver"})
    usual = read(drafted(page)).context["rehearsal"].asked_again
    fields = material() | {"triggers": ["new_purpose"]}
    again = read(drafted(page, **fields)).context["rehearsal"].asked_again
    assert usual == []
    asked = {row.purpose: (row.agreed, row.kept, row.asked) for row in again}
    assert asked["performance"] == asked["functional"] == asked["targeting"] == (1, 0, 1)
    one = material() | {"renews": ["targeting"]}
    named = {row.purpose: row.asked for row in read(drafted(page, **one)).context["rehearsal"].asked_again}
    assert (named["performance"], named["targeting"]) == (0, 1)


def test_a_change_of_purposes_that_asks_nobody_is_pointed_out():
    page = policy()
    hint = "names no consent to ask for again"
    silent = material() | {"triggers": ["purposes"]}
    assert hint in read(drafted(page, **silent)).content.decode()
    assert hint not in read(drafted(page, **silent, renews=["targeting"])).content.decode()
    assert hint not in read(drafted(page, **material())).content.decode()


def test_the_editor_names_the_consent_to_ask_for_again(editor_of_policies):
    page = policy()
    fields = {"triggers": ["purposes"], "renews": ["targeting"]}
    form = edit_form(page, change_class="material", summary="More.", effective_on="2030-01-01") | fields
    assert editor_of_policies.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.triggers, draft.renews) == (["purposes"], ["targeting"])
    wrong = editor_of_policies.post(f"/admin/pages/{page.pk}/edit/", form | {"renews": ["mining"]})
    assert "Select a valid choice" in wrong.content.decode()


@pytest.fixture
def editor_of_policies():
    return signed_in(editor())


def test_a_contradiction_between_class_and_redline_blocks_until_there_is_a_reason():
    page = drafted(change_class="editorial")
    context = read(page).context
    assert context["judgement"].contradictions
    assert not context["can_announce"]
    announce(signed_in(reviewer()), page)
    assert newest(page).number == 1
    page = drafted(page, change_class="editorial", class_reason="It was 48 hours all along.")
    announce(signed_in(reviewer()), page)
    assert newest(page).class_reason == "It was 48 hours all along."


def test_the_lint_warns_and_holds_nothing_back():
    words = "By using this site you consent to this policy."
    page = drafted(sections=sections(RETENTION, CONTACT, section("Agreement", words)), **material())
    context = read(page).context
    assert words in [finding.sentence for finding in context["judgement"].findings]
    assert context["can_announce"]


def test_the_author_is_told_to_submit_and_has_no_button():
    page = drafted()
    reviewer()
    context = read(page, by=editor()).context
    assert not context["can_announce"]
    assert "Submit the draft for review." in context["blockers"][0]
    assert announce(signed_in(editor()), page).status_code != 200
    assert newest(page).number == 1


def test_a_reviewer_approves_and_announces_in_one():
    page = drafted()
    reviewer()
    page.get_workflow().start(page, editor())
    assert "Approve and announce" in read(page).content.decode()
    announce(signed_in(reviewer()), page)
    version = newest(page)
    assert (version.number, version.approval) == (2, "workflow")
    assert state_of_draft(PolicyPage.objects.get(pk=page.pk)) is None


def test_what_was_sent_back_cannot_be_announced():
    page = drafted()
    page.get_workflow() or reviewer()
    reviewer()
    page = PolicyPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, editor()).current_task_state.reject(user=reviewer())
    assert state_of_draft(PolicyPage.objects.get(pk=page.pk)) == State.REJECTED
    announce(signed_in(officer()), page)
    assert newest(page).number == 1


def test_a_draft_that_changed_meanwhile_is_shown_again():
    page = drafted()
    seen = seen_as(page.get_latest_revision())
    drafted(page, title="Something else entirely", **material())
    response = signed_in(reviewer()).post(what_will_happen(page), {"revision": seen}, follow=True)
    assert "The draft has changed since you opened this page" in response.content.decode()
    assert newest(page).number == 1


def test_a_draft_that_was_saved_over_in_place_meanwhile_is_shown_again():
    page = drafted()
    revision = page.get_latest_revision()
    seen = seen_as(revision)
    page.title = "Something else entirely"
    page.save_revision(user=editor(), overwrite_revision=revision)
    assert page.get_latest_revision().pk == revision.pk
    signed_in(reviewer()).post(what_will_happen(page), {"revision": seen})
    assert newest(page).number == 1


def test_who_may_not_edit_sees_nothing():
    response = read(drafted(), by=auditor())
    assert response.status_code in (302, 403)
    assert b"redline" not in response.content


def test_the_editor_has_no_publish_button_and_a_way_to_the_page():
    page = drafted()
    text = signed_in(officer()).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in text
    assert what_will_happen(page) in text


def test_a_publish_posted_all_the_same_keeps_every_word_and_says_where_to_go():
    page = policy()
    form = edit_form(page, action="publish", title="Kept words", change_class="editorial")
    response = signed_in(officer()).post(f"/admin/pages/{page.pk}/edit/", form)
    text = response.content.decode()
    assert "announce it on the page “What will happen”" in text
    assert "Kept words" in text
    assert newest(page).number == 1


def test_a_section_written_again_is_linked_to_the_one_it_continues():
    page = policy(RETENTION, CONTACT)
    again = section("Retention anew", "We keep invoices for seven years.")
    page = drafted(page, sections=sections(again, CONTACT), **material())
    [offer] = read(page).context["offers"]
    signed_in(reviewer()).post(what_will_happen(page), {"relink": f"{offer.new}:{offer.old}"})
    announce(signed_in(officer()), PolicyPage.objects.get(pk=page.pk))
    content = newest(page).texts.get().content["sections"][0]
    assert (content["id"], content["anchor"], content["heading"]) == (RETENTION["id"], "retention", "Retention anew")


def test_sections_that_have_nothing_in_common_are_not_offered():
    other = section("Cookies", "We set three cookies, each with a name.")
    page = drafted(policy(RETENTION, CONTACT), sections=sections(other, CONTACT), **material())
    assert read(page).context["offers"] == []
    signed_in(reviewer()).post(what_will_happen(page), {"relink": f"{other['id']}:{RETENTION['id']}"})
    assert PolicyPage.objects.get(pk=page.pk).get_latest_revision().as_object().sections[0].id == other["id"]


def test_a_draft_that_is_not_whole_says_what_is_missing():
    page = drafted(sections=sections(section("")), **material())
    context = read(page).context
    assert context["blockers"][0] == "Section 1 has no heading."
    assert not context["can_announce"]


def test_a_rehearsal_leaves_the_connection_as_it_was():
    read(drafted())
    assert not connection.needs_rollback
