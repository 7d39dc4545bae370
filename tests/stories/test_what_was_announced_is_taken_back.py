"""The officer postpones and withdraws in a real browser; the subscriber gets the letters, the visitor reads all of it."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from home.example.site import PASSWORD
from policies.ledger.models import Entry
from policies.notices.actions import close_notices
from policies.versions.models import PolicyPage, Version
from tests.factories import newest, root
from tests.mailbox import deliver, mailbox, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LATER = "Our help desk opens later, so we need ten more days."
LATER_IN_URDU = "ہمارا ہیلپ ڈیسک بعد میں کھلے گا، اس لیے ہمیں دس دن اور چاہییں۔"
VIEWPORTS = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]
CLOSED = "We have closed the shop."


@pytest.fixture
def example(live_server, settings):
    """Buy Inverter with its staff; the second privacy policy is announced."""
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.DEBUG = True  # the example makes accounts only where it is on
    root()
    call_command("load_example")
    settings.DEBUG = False
    return live_server.url


@pytest.fixture
def officer(chromium, example):
    context = chromium.new_context(base_url=example, viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def act_on(officer, slug, deed, **fields):
    """Open the list of versions from the policy's edit page, choose, look, and act."""
    page = PolicyPage.objects.get(slug=slug, locale__language_code="en")
    officer.goto(f"/admin/policies/{page.pk}/versions/")
    officer.click(f"a[href$='/{deed}/']")
    for name, value in fields.items():
        officer.fill(f"[name={name}]", value)
    with officer.expect_navigation():
        officer.click("[name=look]")
    letter = officer.locator("iframe").first.content_frame.locator("body")
    assert fields["words_en"] in letter.inner_text()
    officer.click("[name=act]")
    officer.wait_for_url("**/versions/")


def reads(visitor, path, words):
    """Somebody opens a page on a phone or a desk, and nothing of it shuts anybody out."""
    visitor.goto(path)
    assert words in visitor.locator("main").inner_text(), path
    assert [each["id"] for each in Axe().run(visitor).response["violations"]] == [], path
    assert not visitor.evaluate("document.documentElement.scrollWidth > innerWidth"), path


def test_a_change_is_postponed_and_a_policy_withdrawn_in_front_of_everybody(officer, chromium, example):
    privacy = PolicyPage.objects.get(slug="privacy", locale__language_code="en")
    announced = newest(privacy)
    until = announced.effective_on + timedelta(days=10)
    with mailbox() as box:
        deliver()
        act_on(officer, "privacy", "postpone", until=until.isoformat(), words_en=LATER, words_ur=LATER_IN_URDU)
        act_on(officer, "terms", "withdraw", words_en=CLOSED)
        deliver()
        postponed = next(each for each in box.to("carol@example.com") if "Postponed" in each["Subject"])
        withdrawn = box.last("ayesha@example.com")
    close_notices()
    new = newest(privacy)
    assert LATER in text_of(postponed)
    assert CLOSED in text_of(withdrawn)

    shown = {
        "/": CLOSED,
        f"/privacy/versions/{announced.permalink}/": LATER,
        f"/privacy/versions/{new.permalink}/": "Everybody has been told",
        "/privacy/versions/": LATER,
        f"/ur/privacy/versions/{new.permalink}/": LATER_IN_URDU,
        f"/privacy/compare/2026-03-01...{announced.permalink}/": LATER,
        "/terms/": CLOSED,
        "/ur/terms/": CLOSED,
    }
    for viewport in VIEWPORTS:
        context = chromium.new_context(base_url=example, viewport=viewport)
        for path, words in shown.items():
            reads(context.new_page(), path, words)
        context.close()
    kinds = list(Entry.objects.filter(kind__startswith="version.").values_list("kind", flat=True))
    assert {"version.cancelled", "version.withdrawn"} <= set(kinds)
    assert Version.objects.get(work__slug="terms").acts.get().words == {"en": CLOSED}
