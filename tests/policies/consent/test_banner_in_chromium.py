"""The banner as people meet it: a real browser, and no JavaScript unless a test says so."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from common import clock
from policies.consent.models import Wording
from policies.consent.standard import make_standard
from policies.versions.models import Version
from tests.factories import home, policy
from tests.policies.consent.visitors import ledger, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BANNER = ".consent__form"


@pytest.fixture
def example(live_server, settings):
    """A small site in two languages whose policy is in force."""
    settings.SITE_URL = live_server.url
    policy()
    home("ur")
    make_standard()
    return live_server.url


@pytest.fixture
def opens(chromium, example):
    """A tab on a page, without JavaScript; more options are Playwright's."""
    contexts = []

    def _opens(path="/privacy/", **options):
        size = {"viewport": {"width": 375, "height": 740}, "java_script_enabled": False, "base_url": example}
        context = chromium.new_context(**(size | options))
        contexts.append(context)
        tab = context.new_page()
        tab.goto(path)
        return tab

    yield _opens
    for context in contexts:
        context.close()


def press(tab, button):
    """Press a button and wait until it is said that it was heard."""
    tab.get_by_role("button", name=button).click()
    tab.wait_for_selector(".consent__saved", state="visible")


def cookies(tab):
    return {cookie["name"]: cookie for cookie in tab.context.cookies()}


@pytest.mark.parametrize(("button", "said"), [("Reject all", "no"), ("Accept all", "yes")])
def test_one_press_and_sara_is_back_where_she_was(opens, button, said):
    tab = opens("/privacy/")
    press(tab, button)
    assert tab.url.endswith("/privacy/")
    assert tab.get_by_role("status").filter(has_text="Your choice is saved.").is_visible()
    assert not tab.locator(BANNER).is_visible()
    tab.goto("/")
    assert not tab.locator(BANNER).is_visible()
    found = cookies(tab)
    assert set(found) == {"kept_choices", "kept_allows", "kept_said"}
    assert re.findall(r"(\w+)-(yes|no)-", found["kept_allows"]["value"]) == [
        (code, said) for code in ("functional", "performance", "targeting")
    ]
    assert found["kept_choices"]["httpOnly"]
    assert ("id-" in found["kept_choices"]["value"]) == (said == "yes")
    assert {purpose for _, purpose, _ in told()} == {"performance", "functional", "targeting"}


def test_a_minute_later_nothing_of_it_is_left_on_the_page(opens):
    tab = opens()
    press(tab, "Reject all")
    tab.context.clear_cookies(name="kept_said")
    tab.goto("/privacy/")
    assert not tab.locator("#consent-banner").is_visible()


def test_reject_and_accept_are_alike(opens):
    for path in ("/", "/ur/"):
        for width in (320, 375, 1280):
            tab = opens(path, viewport={"width": width, "height": 740})
            reject, accept = (tab.locator(f"{BANNER} button").nth(number) for number in (0, 1))
            one, other = reject.bounding_box(), accept.bounding_box()
            assert abs(one["width"] - other["width"]) < 1
            assert (one["height"], one["y"]) == (other["height"], other["y"])
            assert reject.get_attribute("class") == accept.get_attribute("class")


@pytest.mark.parametrize(("path", "most"), [("/privacy/", 360), ("/ur/", 500)])
def test_on_a_phone_the_page_begins_on_the_first_screen(opens, path, most):
    tab = opens(path)
    banner, heading = tab.locator("#consent-banner").bounding_box(), tab.locator("h1").first.bounding_box()
    assert banner["height"] <= most
    assert heading["y"] + heading["height"] < 740


def test_everything_in_it_is_large_enough_to_touch(opens):
    tab = opens(viewport={"width": 320, "height": 640})
    boxes = [each.bounding_box() for each in tab.locator(f"{BANNER} :is(a, button):visible").all()]
    assert len(boxes) == 3
    assert all(min(box["width"], box["height"]) >= 24 for box in boxes)


def test_it_stays_in_its_place_and_covers_nothing(opens):
    tab = opens(java_script_enabled=True)
    tab.mouse.wheel(0, 3000)
    tab.wait_for_function("scrollY > 1000")
    assert tab.locator("#consent-banner").bounding_box()["y"] < -500
    assert tab.evaluate("getComputedStyle(document.querySelector('#consent-banner')).position") == "static"
    assert tab.evaluate("document.activeElement === document.body")


def test_bilal_answers_by_keyboard_and_escape_is_no_answer(opens):
    tab = opens()
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").inner_text() == "Skip to the text"
    tab.keyboard.press("Escape")
    assert tab.locator(BANNER).is_visible()
    reached = []
    for _ in range(12):
        tab.keyboard.press("Tab")
        reached.append(tab.locator(":focus").inner_text())
        if reached[-1] == "Reject all":
            break
    tab.keyboard.press("Escape")
    assert tab.locator(BANNER).is_visible()
    assert not ledger()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".consent__saved", state="visible")
    assert {state for state, _, _ in told()} == {"refused"}


def test_choose_leads_to_the_page_of_choices(opens):
    tab = opens("/ur/")
    tab.locator(".consent__choose").click()
    tab.wait_for_url("**/ur/choices/")
    assert tab.locator("#consent-banner").count() == 0


def test_the_foot_of_every_page_leads_there_too(opens):
    tab = opens("/no/such/page/")
    tab.locator(".site-footer .choices-link").click()
    tab.wait_for_url("**/choices/")


def test_reading_sets_nothing_and_records_nothing(opens):
    tab = opens("/")
    for path in ("/privacy/", "/choices/", "/privacy/versions/"):
        tab.goto(path)
        tab.mouse.wheel(0, 5000)
    assert cookies(tab) == {}
    assert not ledger()


def test_the_signal_is_shown_as_honoured_before_and_after_an_answer(opens):
    tab = opens(extra_http_headers={"Sec-GPC": "1"})
    line = tab.get_by_text("Opt-out request honoured")
    assert line.is_visible()
    assert cookies(tab) == {}
    press(tab, "Reject all")
    tab.goto("/updates/")
    assert tab.get_by_text("Opt-out request honoured").is_visible()
    assert not tab.locator(BANNER).is_visible()
    assert not opens().get_by_text("Opt-out request honoured").is_visible()


def test_a_material_change_asks_again_for_what_it_touches_alone(opens):
    tab = opens()
    press(tab, "Accept all")
    tab.context.clear_cookies(name="kept_said")
    _take_effect(renews=["performance"])
    tab.goto("/updates/")
    assert tab.locator(".consent__again").is_visible()
    listed = tab.locator(".consent__list li:visible")
    assert [each.get_attribute("data-category") for each in listed.all()] == ["performance"]
    press(tab, "Reject all")
    assert told()[-1][:2] == ("withdrawn", "performance")
    assert "functional-yes" in cookies(tab)["kept_allows"]["value"]


def _take_effect(*, renews):
    """A material change of the policy that asks again."""
    return Version.objects.create(
        work=Version.objects.get().work,
        number=2,
        permalink=f"{clock.today()}",
        change_class="material",
        renews=renews,
        announced_at=clock.now(),
        effective_at=clock.now(),
        approval="direct",
        sha256="2" * 64,
    )


def test_without_the_stylesheet_of_the_visitor_the_question_is_simply_there(opens):
    tab = opens()
    press(tab, "Reject all")
    tab.route("**/choices/state.css", lambda route: route.abort())
    tab.goto("/privacy/")
    assert tab.locator(BANNER).is_visible()


def test_it_is_not_printed(opens):
    tab = opens()
    tab.emulate_media(media="print")
    assert not tab.locator("#consent-banner").is_visible()


SCREENS = [
    {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 375, "height": 700}, "forced_colors": "active"},
]


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_nobody_is_shut_out_of_the_banner_nor_of_the_archive(opens, prefix):
    for screen in SCREENS:
        tab = opens(f"{prefix}/", java_script_enabled=True, **screen)
        assert faults(tab) == []
        press(tab, tab.locator(f"{BANNER} button").first.inner_text())
        assert faults(tab) == []
        for wording in Wording.objects.all():
            tab.goto(f"{prefix}/choices/wordings/{wording.sha256}/")
            assert faults(tab) == []


def faults(tab):
    found = [violation["id"] for violation in Axe().run(tab).response["violations"]]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["scrolls sideways"] if wide else [])]


def test_nothing_in_the_archived_question_can_be_reached(opens):
    opens("/privacy/")
    tab = opens(f"/choices/wordings/{Wording.objects.get(kind='banner').sha256}/", java_script_enabled=True)
    button = tab.locator(".wording__shown button").first
    assert button.is_visible()
    button.click(force=True)
    button.evaluate("button => { button.focus(); button.click() }")
    tab.wait_for_timeout(200)
    assert "/choices/wordings/" in tab.url
    assert not tab.evaluate("document.activeElement.matches('button')")
    assert not ledger()
