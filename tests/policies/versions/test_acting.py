"""Staff take back, postpone, correct and withdraw what was announced; readers see it wherever they meet the version."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import APIToken, Page, PageLogEntry

from common import clock
from policies.notices.actions import close_notices, send_out_notices
from policies.versions.actions import (
    cancel_version,
    correct_version,
    finish_announcement,
    postpone_version,
    withdraw_version,
)
from policies.versions.models import PolicyPage, Version
from tests import people
from tests.factories import draft, home, newest, policy, publish
from tests.mailbox import deliver, mailbox
from tests.policies.notices.telling import announce, changed_method, in_urdu, small, subscriber

pytestmark = pytest.mark.django_db

FIRST = "2026-03-01"
WORDS = {"words_en": "We found that we cannot keep it yet.", "words_ur": ""}


@pytest.fixture
def page():
    return policy()


@pytest.fixture
def coming(page):
    return announce(page)


@pytest.fixture
def officer():
    return people.signed_in(people.officer())


def address(page, version, deed):
    return reverse("act_on_version", args=[page.pk, version.permalink, deed])


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def day(moment):
    local = clock.day_of(moment)
    return f"{local.day} {local:%B %Y}"


# --- the officer acts


def test_the_officer_cancels_a_coming_version(page, coming, officer):
    response = officer.post(address(page, coming, "cancel"), {**WORDS, "act": ""}, follow=True)
    assert "The version is cancelled." in response.content.decode()
    act = coming.acts.get()
    assert (act.kind, act.words, act.by.username) == ("cancelled", {"en": WORDS["words_en"]}, "officer")


def test_the_officer_postpones_it_to_a_later_day(page, coming, officer):
    later = coming.effective_on + timedelta(days=10)
    officer.post(address(page, coming, "postpone"), {**WORDS, "until": later.isoformat(), "act": ""})
    new = newest(page)
    assert (new.replaces, new.effective_on) == (coming, later)


def test_the_officer_writes_an_erratum_to_a_section(page, officer):
    version = newest(page)
    form = {"words_en": "It should say 24.", "words_ur": "یہاں 24 ہونا چاہیے۔", "anchor": "contact", "act": ""}
    officer.post(address(page, version, "correct"), form)
    act = version.acts.get()
    assert (act.kind, act.facts) == ("corrected", {"anchor": "contact"})
    assert act.words == {"en": "It should say 24.", "ur": "یہاں 24 ہونا چاہیے۔"}


def test_the_officer_withdraws_a_policy_and_its_history_stays(page, officer, client):
    version = newest(page)
    officer.post(address(page, version, "withdraw"), {**WORDS, "act": ""})
    assert Page.objects.get(pk=page.pk).live
    text = shown(client, "/privacy/")
    assert "This document is withdrawn." in text
    assert "72 hours" in text
    assert "72 hours" in shown(client, f"/privacy/versions/{FIRST}/")


def test_a_double_click_cancels_once(page, coming, officer):
    for _ in range(2):
        response = officer.post(address(page, coming, "cancel"), {**WORDS, "act": ""})
        assert response.status_code == 302
    assert coming.acts.count() == 1


def test_a_double_click_publishes_one_erratum_and_another_erratum_is_another(page, officer):
    version = newest(page)
    for words in ("One.", "One.", "Two."):
        officer.post(address(page, version, "correct"), {"words_en": words, "act": ""})
    assert [act.words["en"] for act in version.acts.all()] == ["One.", "Two."]


def test_a_double_click_postpones_once(page, coming, officer):
    later = coming.effective_on + timedelta(days=10)
    for _ in range(2):
        officer.post(address(page, coming, "postpone"), {**WORDS, "until": later.isoformat(), "act": ""})
    assert Version.objects.of(page.translation_key).count() == 3


def test_looking_at_the_letters_does_nothing(page, coming, officer):
    subscriber("carol")
    before = PageLogEntry.objects.count()
    response = officer.post(address(page, coming, "cancel"), {**WORDS, "look": ""})
    assert WORDS["words_en"] in response.content.decode()
    assert not coming.acts.exists()
    assert PageLogEntry.objects.count() == before


def test_opening_the_page_does_nothing_and_tells_how_many_people_in_which_language(page, coming, officer):
    for name, language in (("carol", "en"), ("david", "en"), ("ayesha", "ur")):
        subscriber(name, language)
    with mailbox():
        deliver()
    text = shown(officer, address(page, coming, "cancel"))
    assert "3 people get a letter." in text
    assert "Cancelled: the change of “Privacy policy”" in text
    assert "منسوخ" in text or 'lang="ur"' in text
    assert not coming.acts.exists()


def test_nobody_is_counted_who_has_not_heard_of_it(page, coming, officer):
    subscriber("carol")
    assert "Nobody gets a letter." in shown(officer, address(page, coming, "cancel"))
    assert "1 person gets a letter." in shown(officer, address(page, coming, "postpone"))


def test_words_in_the_language_of_the_original_are_asked_for_at_the_field(page, coming, officer):
    response = officer.post(address(page, coming, "cancel"), {"words_en": " ", "words_ur": "ابھی نہیں۔", "act": ""})
    text = response.content.decode()
    assert response.status_code == 200
    assert "Say it in the language of the original." in text
    assert "ابھی نہیں۔" in text
    assert not coming.acts.exists()


@pytest.mark.parametrize("until", ["", "2026-02-31", "2026-03-01", "yesterday"])
def test_a_day_that_is_none_or_too_early_is_said_at_the_field(page, coming, officer, until):
    response = officer.post(address(page, coming, "postpone"), {**WORDS, "until": until, "act": ""})
    assert response.status_code == 200
    assert WORDS["words_en"] in response.content.decode()
    assert response.context["form"].errors.keys() == {"until"}
    assert Version.objects.of(page.translation_key).count() == 2


def test_a_version_that_took_effect_meanwhile_is_not_cancelled_and_the_words_are_not_lost(page, coming, officer):
    with time_machine.travel(coming.effective_at):
        officer = people.signed_in(people.officer())
        response = officer.post(address(page, coming, "cancel"), {**WORDS, "act": ""})
    text = response.content.decode()
    assert response.status_code == 409
    assert "This version has taken effect" in text
    assert WORDS["words_en"] in text
    assert not coming.acts.exists()


def test_only_the_last_announcement_can_be_taken_back(page, coming, officer):
    follower = publish(page, title="Privacy, retitled", **changed_method())
    text = shown(officer, address(page, coming, "cancel"))
    assert f"Version {follower.permalink} builds on this one." in text


@pytest.mark.parametrize(
    ("deed", "words"),
    [("correct", "not in force yet"), ("withdraw", "not in force yet")],
)
def test_what_cannot_happen_says_why(page, coming, officer, deed, words):
    assert words in shown(officer, address(page, coming, deed))
    assert officer.post(address(page, coming, deed), {**WORDS, "act": ""}).status_code == 409


def test_an_act_on_a_version_that_is_not_there_is_not_found(page, officer):
    assert officer.get(reverse("act_on_version", args=[page.pk, "1999-01-01", "cancel"])).status_code == 404


def test_the_list_offers_what_can_be_done(page, coming, officer):
    text = shown(officer, reverse("policy_versions", args=[page.pk]))
    assert address(page, coming, "cancel") in text
    assert address(page, coming, "correct") not in text
    assert reverse("act_on_version", args=[page.pk, FIRST, "correct"]) in text


def test_the_edit_page_leads_to_the_list_and_not_to_unpublishing(page, officer):
    text = shown(officer, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert reverse("policy_versions", args=[page.pk]) in text


def test_the_translation_leads_to_the_acts_of_the_original(page, officer):
    in_urdu(page)
    urdu = PolicyPage.objects.get(translation_key=page.translation_key, locale__language_code="ur")
    assert FIRST in shown(officer, reverse("policy_versions", args=[urdu.pk]))


# --- who may


@pytest.mark.parametrize("deed", ["cancel", "postpone", "correct", "withdraw"])
@pytest.mark.parametrize(
    ("who", "status"),
    [(people.editor, 403), (people.auditor, 403), (people.reviewer, 200), (people.officer, 200)],
)
def test_who_may_publish_the_policy_may_act_and_nobody_else(page, coming, deed, who, status):
    browser = people.signed_in(who())
    assert browser.get(address(page, coming, deed)).status_code == status
    assert browser.get(reverse("policy_versions", args=[page.pk])).status_code == status
    if status == 403:
        assert browser.post(address(page, coming, deed), {**WORDS, "act": ""}).status_code == 403
        assert not coming.acts.exists()


def test_a_stranger_is_asked_to_sign_in(page, coming, client):
    response = client.get(address(page, coming, "cancel"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_the_history_of_the_page_tells_of_the_act(page, coming, officer):
    officer.post(address(page, coming, "cancel"), {**WORDS, "act": ""})
    entry = PageLogEntry.objects.get(action="versions.cancel")
    assert (entry.user.username, entry.data["permalink"]) == ("officer", coming.permalink)
    history = shown(officer, reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert f"Version {coming.permalink} was cancelled in public" in history


# --- a policy is never taken from the public


def test_unpublishing_leads_to_the_page_that_withdraws(page, officer):
    response = officer.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), follow=True)
    assert response.redirect_chain[0][0] == reverse("act_on_version", args=[page.pk, FIRST, "withdraw"])
    assert "Withdraw it instead." in response.content.decode()
    assert Page.objects.get(pk=page.pk).live


def test_deleting_leads_there_too(page, officer):
    response = officer.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response["Location"] == reverse("act_on_version", args=[page.pk, FIRST, "withdraw"])
    officer.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("what", ["page", "home"])
def test_bulk_actions_take_no_policy_away(page, officer, action, what):
    chosen = page if what == "page" else home()
    url = f"/admin/bulk/wagtailcore/page/{action}/?id={chosen.pk}"
    officer.post(url, {"include_descendants": "on"})
    assert list(Page.objects.filter(pk__in=[page.pk, home().pk]).values_list("live", flat=True)) == [True, True]


def test_unpublishing_the_home_page_with_everything_below_is_refused_whole(page, officer):
    officer.post(reverse("wagtailadmin_pages:unpublish", args=[home().pk]), {"include_descendants": "on"})
    assert Page.objects.filter(pk__in=[page.pk, home().pk], live=True).count() == 2


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_api_takes_no_policy_away(client, page, action):
    _, key = APIToken.create_token(user=people.officer(), name="front end")
    ask = client.post if action == "unpublish" else client.delete
    response = ask(
        f"/api/v3/pages/{page.pk}/actions/{action}/",
        headers={"Authorization": f"Bearer {key}"},
        content_type="application/json",
    )
    assert response.status_code == 403, response.content
    assert Page.objects.get(pk=page.pk).live
    assert shown(client, f"/privacy/versions/{FIRST}/")


def test_code_takes_no_policy_away_either(page):
    for each in (page, Page.objects.get(pk=page.pk)):
        with pytest.raises(PermissionDenied), transaction.atomic():
            each.unpublish()
    assert Page.objects.get(pk=page.pk).live


def test_a_policy_does_not_expire_and_holds_up_nothing_else_that_does(page):
    other = draft(slug="old-offer", title="Old offer")
    yesterday = clock.now() - timedelta(days=1)
    Page.objects.filter(pk=other.pk).update(live=True, expire_at=yesterday)
    page.expire_at = yesterday
    page.save()
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).live
    assert not Page.objects.get(pk=other.pk).live


def test_a_draft_that_was_never_published_can_be_deleted(officer):
    page = draft(slug="never", title="Never")
    officer.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


# --- what readers see


def test_the_page_of_a_cancelled_version_says_when_and_why(page, coming, client):
    cancel_version(coming, words={"en": "Not yet.", "ur": "ابھی نہیں۔"}, by=people.reviewer())
    text = shown(client, f"/privacy/versions/{coming.permalink}/")
    assert "This version was cancelled and never took effect." in text
    assert "Not yet." in text
    assert day(clock.now()) in text


def test_the_urdu_reader_reads_urdu_words_and_marked_english_ones(page, client):
    in_urdu(page)
    coming = announce(page)
    cancel_version(coming, words={"en": "Not yet.", "ur": "ابھی نہیں۔"}, by=people.reviewer())
    assert "ابھی نہیں۔" in shown(client, f"/ur/privacy/versions/{coming.permalink}/")
    version = Version.objects.get(permalink=FIRST)
    correct_version(version, words={"en": "It should say 24."}, by=people.reviewer())
    text = shown(client, "/ur/privacy/")
    assert text.index('lang="en" dir="ltr">') < text.index("It should say 24.")


def test_a_postponed_version_and_the_one_it_replaces_lead_to_each_other(page, coming, client):
    later = coming.effective_on + timedelta(days=10)
    new = postpone_version(coming, until=later, words={"en": "We need more time."}, by=people.reviewer())
    old, fresh = (shown(client, f"/privacy/versions/{each.permalink}/") for each in (coming, new))
    assert f"/privacy/versions/{new.permalink}/" in old
    assert f"/privacy/versions/{coming.permalink}/" in fresh
    assert day(coming.effective_at) in fresh
    assert "We need more time." in old
    assert "We need more time." in fresh


def test_the_policy_page_tells_of_a_postponed_change_and_of_no_cancelled_one(page, coming, client):
    new = postpone_version(coming, until=coming.effective_on + timedelta(days=10), words={"en": "Why."}, by=None)
    text = shown(client, "/privacy/")
    assert f"/privacy/versions/{new.permalink}/" in text
    assert f"/privacy/versions/{coming.permalink}/" not in text
    assert day(coming.effective_at) in text
    cancel_version(new, words={"en": "Not at all."}, by=None)
    assert f"/privacy/versions/{new.permalink}/" not in shown(client, "/privacy/")


def test_the_timeline_tells_of_every_act(page, coming, client):
    version = Version.objects.get(permalink=FIRST)
    correct_version(version, words={"en": "It should say 24."}, by=None)
    new = postpone_version(coming, until=coming.effective_on + timedelta(days=10), words={"en": "More time."}, by=None)
    text = shown(client, "/privacy/versions/")
    for words in ("It should say 24.", "More time.", "Cancelled before it took effect", day(new.effective_at)):
        assert words in text


@pytest.mark.django_db(transaction=True)  # as it is served: inside of a transaction nothing is kept
def test_the_timeline_of_many_acts_asks_no_more_of_the_database(page, client, django_assert_max_num_queries):
    version = Version.objects.get(permalink=FIRST)
    for number in range(10):
        correct_version(version, words={"en": f"Erratum {number}."}, by=None)
    client.get("/privacy/versions/")
    with django_assert_max_num_queries(9):
        client.get("/privacy/versions/")


def test_a_comparison_says_that_one_end_was_cancelled(page, coming, client):
    cancel_version(coming, words={"en": "Not yet."}, by=None)
    text = shown(client, f"/privacy/compare/{FIRST}...{coming.permalink}/")
    assert "Not yet." in text


def test_an_erratum_stands_beside_its_section_and_the_text_stays(page, client):
    version = Version.objects.get(permalink=FIRST)
    before = version.texts.get().sha256
    correct_version(version, words={"en": "It should say 24."}, by=None, anchor="contact")
    for path in ("/privacy/", f"/privacy/versions/{FIRST}/"):
        text = shown(client, path)
        assert text.index('id="contact"') < text.rindex("It should say 24.")
        assert text.count("It should say 24.") == 2  # in the list and beside the section
        assert "72 hours" in text
    assert version.texts.get().sha256 == before


def test_after_a_withdrawal_another_version_can_take_its_place(page, client):
    version = Version.objects.get(permalink=FIRST)
    withdraw_version(version, words={"en": "We have closed."}, by=None)
    publish(page, title="Privacy, again", change_class="editorial")
    assert "This document is withdrawn." not in shown(client, "/privacy/")
    assert "We have closed." in shown(client, f"/privacy/versions/{FIRST}/")


def test_a_day_after_the_withdrawal_has_no_version(page, client):
    withdraw_version(Version.objects.get(permalink=FIRST), words={"en": "Closed."}, by=None)
    response = client.get(f"/privacy/as-of/{clock.today().isoformat()}/")
    assert response.status_code == 404
    assert "withdrawn" in response.content.decode()


def test_reasons_that_are_public_stand_on_the_page(page, client):
    soon = {"effective_on": clock.today() + timedelta(days=2), "early_because": "A court ordered it."}
    for name, value in (changed_method() | soon | {"class_reason": "It was ordered.", "title": "Sooner"}).items():
        setattr(page, name, value)
    with LogContext(user=people.reviewer()):
        page.save_revision(user=people.editor()).publish(user=people.reviewer())
    text = shown(client, f"/privacy/versions/{newest(page).permalink}/")
    assert "It was ordered." in text
    assert "A court ordered it." in text
    assert "A court ordered it." in shown(client, "/privacy/versions/")
    assert "by its author alone" not in text


# --- how far the announcement has come


def test_readers_see_that_everybody_has_been_told(page, coming, client):
    subscriber("carol")
    with mailbox():
        deliver()
    close_notices()
    text = shown(client, f"/privacy/versions/{coming.permalink}/")
    assert "Everybody has been told" in text
    assert "1 letter." in text


def test_readers_see_that_a_version_in_force_was_not_told_to_everybody(page, coming, client):
    subscriber("carol")
    send_out_notices()
    assert "still on their way" in shown(client, f"/privacy/versions/{coming.permalink}/")
    with time_machine.travel(coming.effective_at + timedelta(hours=1)):
        assert "In force, but not everybody has been told yet." in shown(client, "/privacy/")
        finish_announcement(coming, counts={"sent": 1, "failed": 2})
        text = shown(client, "/privacy/")
    assert "after it took effect" in text
    assert "2 could not be delivered." in text


def test_nothing_is_said_of_letters_where_nobody_is_told(page, client):
    version = publish(page, title="Our privacy policy", change_class="editorial")
    text = shown(client, f"/privacy/versions/{version.permalink}/")
    for words in ("has been told", "been told yet", "on their way"):
        assert words not in text


# --- the API


def test_a_front_end_reads_every_act(page, coming, client):
    version = Version.objects.get(permalink=FIRST)
    correct_version(version, words={"en": "It should say 24."}, by=None, anchor="contact")
    new = postpone_version(coming, until=coming.effective_on + timedelta(days=10), words={"en": "More time."}, by=None)
    finish_announcement(new, counts={"sent": 3})
    third, second, first = client.get("/api/v1/policies/privacy/versions").json()["versions"]
    assert (second["standing"], second["replaced_by"]) == ("cancelled", new.permalink)
    assert (third["standing"], third["replaces"], third["triggers"]) == ("coming", coming.permalink, ["rights_methods"])
    assert [act["kind"] for line in (first, second, third) for act in line["acts"]] == [
        "corrected",
        "cancelled",
        "told",
    ]
    assert first["acts"][0]["facts"]["anchor"] == "contact"
    assert second["acts"][0]["words"] == {"en": "More time."}
    assert third["acts"][0]["facts"]["letters"] == {"sent": 3}


def test_a_front_end_reads_why_a_small_change_is_small(page, client):
    version = announce(page, **small())
    body = client.get(f"/api/v1/policies/privacy/versions/{version.permalink}").json()
    assert body["class_reason"] == "We have always answered within 48 hours."
    assert body["early_because"] == {}


def test_a_withdrawn_policy_stays_in_the_list_and_has_no_text_in_force(page, client):
    withdraw_version(Version.objects.get(permalink=FIRST), words={"en": "Closed."}, by=None)
    [line] = client.get("/api/v1/policies").json()["policies"]
    assert (line["title"], line["in_force"], line["coming"]) == ("Privacy policy", None, [])
    assert client.get("/api/v1/policies/privacy").status_code == 404
    [version] = client.get("/api/v1/policies/privacy/versions").json()["versions"]
    assert version["standing"] == "withdrawn"
