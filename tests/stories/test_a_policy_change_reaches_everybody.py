"""The main job, in a real browser and over a real mail server, on the example site as `make run` sets it up."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from common import clock
from home.example.site import PASSWORD
from policies.versions.models import PolicyPage
from tests.factories import newest, root
from tests.mailbox import deliver, html_of, mailbox, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 1000}
PHONE = {"width": 375, "height": 740}
ENGLISH = {
    "term": "Call centre",
    "text": "We share your name and telephone number with a call centre that arranges the hour of delivery.",
    "summary": "We answer within 48 hours instead of 72, and a call centre arranges the hour of your delivery.",
}
URDU = {
    "term": "کال سینٹر",
    "text": "ہم آپ کا نام اور فون نمبر ایک کال سینٹر کو دیتے ہیں جو ترسیل کا وقت طے کرتا ہے۔",
    "summary": "ہم 72 کے بجائے 48 گھنٹے میں جواب دیں گے، اور ایک کال سینٹر ترسیل کا وقت طے کرے گا۔",
}
WRITTEN_TO = ["ayesha", "bilal", "carol", "david", "fatima"]


@pytest.fixture
def example(live_server, settings):
    """Buy Inverter with its staff, at the address of the test's server; the second policy is announced already."""
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.DEBUG = True  # the example makes accounts only where it is on
    root()
    call_command("load_example")
    settings.DEBUG = False
    return live_server.url


@pytest.fixture
def profile(chromium, example):
    """Opens a browser profile of its own for each person."""
    contexts = []

    def open_profile(viewport=DESKTOP, **options):
        context = chromium.new_context(base_url=example, viewport=viewport, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_profile
    for context in contexts:
        context.close()


def signed_in(page, name):
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def policy_page(language):
    return PolicyPage.objects.get(slug="privacy", locale__language_code=language)


def write_the_change(page, language, words, *, effective_on=None):
    """72 becomes 48, the list of partners gets one more, and the change is described."""
    page.goto(f"/admin/pages/{policy_page(language).pk}/edit/")
    amounts = page.locator("input[name$='-value-amount']")
    amounts.first.wait_for()
    page.fill(f"[name='{amounts.evaluate_all('all => all.find(each => each.value === `72`).name')}']", "48")
    partners = "sections-3-value-body-1-value"
    page.locator(
        f"//input[@name='{partners}-count']/following-sibling::div//button[@data-streamfield-list-add]"
    ).last.click()
    page.fill(f"[name='{partners}-4-value-term']", words["term"])
    text = page.locator(f"[name='{partners}-4-value-text']").locator("xpath=ancestor::*[@data-field][1]")
    text.locator("[contenteditable=true]").click()
    page.keyboard.type(words["text"])
    page.click("#tab-label-publishing")
    page.fill("[name=summary]", words["summary"])
    if effective_on:
        page.select_option("[name=change_class]", "material")
        for trigger in ("third_parties", "rights_methods"):
            page.check(f"[name=triggers][value={trigger}]")
        page.fill("[name=effective_on]", effective_on.isoformat())
        page.keyboard.press("Escape")
        page.click("[name=class_reason]")  # the calendar goes away


def choose_action(page, name):
    """One of the actions behind the arrow beside the main button."""
    page.click("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    with page.expect_navigation():
        page.click(f"footer button[name='{name}'], footer [data-workflow-action-name='{name}']")


def choose_link(page, words):
    """A page behind the arrow beside the main button."""
    page.click("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    with page.expect_navigation():
        page.click(f"footer a:has-text('{words}')")


def test_a_policy_change_reaches_everybody(profile, example):
    takes_effect = clock.today() + timedelta(days=40)

    # The editor writes the change in both languages and submits it.
    editor = signed_in(profile(), "editor")
    write_the_change(editor, "ur", URDU)
    editor.check("[name=translation_ready]")
    with editor.expect_navigation():
        editor.click("footer button.action-save")
    write_the_change(editor, "en", ENGLISH, effective_on=takes_effect)
    choose_action(editor, "action-submit")
    assert newest(policy_page("en")).number == 2

    # The reviewer sees the redline beside the fields, then what will happen, and announces it.
    reviewer = signed_in(profile(), "reviewer")
    reviewer.goto(f"/admin/pages/{policy_page('en').pk}/edit/")
    reviewer.click("#tab-label-publishing")
    assert "72 hours → 48 hours" in reviewer.locator("main").inner_text()
    assert not reviewer.locator("button[name=action-publish]").count()
    choose_link(reviewer, "What will happen")
    foreseen = reviewer.locator("main").inner_text()
    assert "5 people get a letter" in foreseen
    assert "Call centre" in foreseen
    assert URDU["summary"] in reviewer.locator(".foresight__notice[lang=ur]").inner_text()
    with reviewer.expect_navigation():
        reviewer.get_by_role("button", name="Approve and announce").click()
    version = newest(policy_page("en"))
    assert (version.number, version.approval, version.effective_on) == (3, "workflow", takes_effect)

    # The visitor, on a phone and without JavaScript, sees the notice and what changed.
    visitor = profile(viewport=PHONE, java_script_enabled=False)
    visitor.goto("/")
    assert ENGLISH["summary"] in visitor.locator("main, body").first.inner_text()
    with visitor.expect_navigation():
        visitor.get_by_role("link", name="See what changed").click()
    assert f"...{version.permalink}/" in visitor.url
    figures = visitor.locator("main .figures").first.inner_text()
    assert "72 hours" in figures
    assert "48 hours" in figures
    assert visitor.locator("ins", has_text="Call centre").count() >= 1
    visitor.goto("/privacy/")
    assert "72 hours" in visitor.locator("main").inner_text()
    visitor.goto(f"/privacy/versions/{version.permalink}/")
    assert "48 hours" in visitor.locator("main").inner_text()

    # Everybody who asked gets one letter; the Urdu subscriber gets it in Urdu.
    with mailbox() as box:
        deliver()
        letters = {
            name: [m for m in box.to(f"{name}@example.com") if version.sha256 in text_of(m)] for name in WRITTEN_TO
        }
    assert {name: len(found) for name, found in letters.items()} == dict.fromkeys(WRITTEN_TO, 1)
    english, urdu = letters["carol"][0], letters["ayesha"][0]
    assert "72 hours → 48 hours" in text_of(english)
    assert "Call centre" in html_of(english)
    assert URDU["summary"] in text_of(urdu)
    assert "48 گھنٹے" in text_of(urdu)
    assert 'lang="ur" dir="rtl"' in html_of(urdu)
    assert f"{example}/ur/privacy/" in text_of(urdu)

    # One leaves with the one click of the mail program; no cookie, no token of a form.
    leave = urlsplit(english["List-Unsubscribe"].strip("<>")).path
    assert Client(enforce_csrf_checks=True).post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200

    # The auditor finds all of it.
    auditor = signed_in(profile(), "auditor")
    auditor.goto("/admin/audit/versions/")
    row = auditor.locator("tr", has_text=version.permalink)
    assert {"editor", "reviewer"} <= set(row.inner_text().split())
    auditor.goto("/admin/audit/notices/")
    told = auditor.locator("tr", has_text=version.permalink).inner_text()
    assert "5" in told.split()
    auditor.goto("/admin/audit/ledger/")
    ledger = auditor.locator("main").inner_text()
    assert "subscription.ended" in ledger
    assert "version.announced" in ledger
