"""Every public page, in both languages and schemes, narrow and wide: no violation that a machine can find, no sideways
scrolling, and the whole way by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from policies.versions.models import Version
from tests.factories import root

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/",
    "/privacy/",
    "/privacy/versions/",
    "/privacy/versions/{coming}/",
    "/privacy/compare/2026-03-01...{coming}/",
    "/privacy/compare/2026-03-01...{coming}/?view=side",
    "/privacy/as-of/2020-01-01/",
    "/products/",
    "/products/hybrid-5kw/",
    "/requests/",
    "/choices/",
    "/updates/",
    "/updates/unsubscribe/forged/",
    "/no/such/page/",
]
SCREENS = [
    {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
]


@pytest.fixture
def example(live_server, settings):
    settings.SITE_URL = live_server.url
    root()
    call_command("load_example")
    coming = Version.objects.get(work__slug="privacy", number=2).permalink
    return live_server.url, [path.format(coming=coming) for path in PATHS]


def faults(page, path):
    """What axe found on a page, and whether it scrolls sideways; pages that are missing are pages too."""
    page.goto(path)
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["scrolls sideways"] if wide else [])]


def test_no_public_page_shuts_anybody_out(chromium, example):
    url, paths = example
    found = {}
    for prefix in ("", "/ur"):
        for screen in SCREENS:
            context = chromium.new_context(base_url=url, **screen)
            page = context.new_page()
            for path in paths:
                if faulty := faults(page, prefix + path):
                    found[prefix + path, screen["color_scheme"]] = faulty
            context.close()
    assert found == {}


def test_choices_can_be_made_by_keyboard_alone_without_script(chromium, example):
    url, _ = example
    context = chromium.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/choices/")
    page.locator("input[value=no][type=radio]").first.focus()
    page.keyboard.press("Space")
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and "Reject all" in (focused.inner_text() or focused.get_attribute("value") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=1**")
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    assert "kept_choices" in cookies
    context.close()


def test_nothing_is_loaded_from_anywhere_else(chromium, example):
    url, paths = example
    context = chromium.new_context(base_url=url)
    page, asked = context.new_page(), set()
    page.on("request", lambda request: asked.add(request.url))
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in paths:
        page.goto(path)
    assert {address for address in asked if not address.startswith((url, "data:"))} == set()
    assert [text for text in complaints if "404" not in text and "400" not in text] == []
    context.close()
