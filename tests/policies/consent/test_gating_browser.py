"""In a real browser, with a third party on another origin: nothing is asked of it, and nothing left of it, without a yes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policies.consent.knowing import forget
from policies.consent.models import Service
from policies.ledger.models import Entry
from tests.conftest import CHROMIUM
from tests.policies.consent.partnered import COUNTER, allows, page_with_a_map, services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def partner(live_server):
    return re.sub(r"//[^:]+", "//partner.localhost", live_server.url)


@pytest.fixture
def shop(version, partner):
    services(partner)
    page_with_a_map()
    forget()


class Watched:
    """A visitor's browser, with everything that is asked of the partner written down."""

    def __init__(self, browser, live_server, **options):
        self.site = live_server.url
        self.context = browser.new_context(base_url=self.site, viewport={"width": 375, "height": 740}, **options)
        self.asked = []
        self.context.on("request", self._watch)
        self.page = self.context.new_page()

    def _watch(self, request):
        if "partner.localhost" in request.url:
            self.asked.append(request.url.split("localhost", 1)[1].partition("/")[2])

    def opens(self, path="/find-us/"):
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        return self

    def allows(self, *purposes, number=1):
        self.context.add_cookies([{"name": "kept_allows", "value": allows(*purposes, number=number), "url": self.site}])
        return self

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")
        return self

    def waits_for(self, *asked):
        """Until the partner was asked for this; a test that waits in vain says for what."""
        for _ in range(100):
            if set(asked) <= set(self.asked):
                break
            self.page.wait_for_timeout(50)
        assert set(asked) <= set(self.asked)
        self.page.wait_for_timeout(300)  # for what should not come
        return self

    @property
    def cookies(self):
        return {cookie["name"]: cookie["value"] for cookie in self.context.cookies() if cookie["domain"] == "localhost"}

    @property
    def frames(self):
        return [frame for frame in self.page.frames if "partner.localhost" in frame.url]

    def layer(self):
        """Google's data layer, as lists."""
        return self.page.evaluate("() => window.dataLayer.map((entry) => [...entry])")


@pytest.fixture
def sana(chromium, live_server, shop):
    visitor = Watched(chromium, live_server)
    yield visitor
    visitor.context.close()


INJECT = """(address) => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective + " " + event.blockedURI));
  const script = document.createElement("script");
  script.src = address;
  script.onload = () => resolve("loaded");
  document.head.append(script);
})"""


def test_before_a_yes_nothing_reaches_the_partner(sana):
    sana.opens().opens("/")
    assert sana.asked == []
    assert COUNTER not in sana.cookies


def test_the_browser_itself_refuses_a_script_that_somebody_forgot_to_gate(sana, partner):
    sana.opens()
    said = sana.page.evaluate(INJECT, f"{partner}/visits.js")
    assert said == f"script-src-elem {partner}/visits.js"
    assert COUNTER not in sana.cookies


def test_with_a_yes_the_map_is_framed_and_the_visit_counted(sana):
    sana.allows("functional", "performance").opens()
    assert sorted(sana.asked) == ["map/", "visit", "visits.js"]
    assert sana.cookies[COUNTER] == "1"
    assert sana.frames[0].locator("svg").is_visible()


def test_each_purpose_opens_its_own_only(sana):
    sana.allows("functional").opens()
    assert sana.asked == ["map/"]


def test_load_once_loads_now_and_not_again(sana):
    sana.opens().presses("Load once").waits_for("map/")
    assert sana.asked == ["map/"]
    assert sana.frames[0].locator("svg").is_visible()
    sana.opens()
    assert sana.asked == ["map/"]
    assert not Entry.objects.exists()
    assert "kept_allows" not in sana.cookies


def test_always_allow_loads_the_map_in_place_without_leaving_the_page(sana):
    sana.opens()
    sana.page.evaluate("window.stayed = true")
    sana.page.get_by_role("button", name="Always allow: Convenience").click()
    sana.waits_for("map/")
    assert sana.page.evaluate("window.stayed")
    assert sana.asked == ["map/"]
    assert list(Entry.objects.get(kind="consent.given").facts["given"]) == ["functional"]
    sana.opens()
    assert sana.asked == ["map/", "map/"]


def test_pressing_twice_while_the_answer_is_under_way_records_one_line(sana):
    sana.opens()
    sana.page.evaluate(
        """() => { const button = document.querySelector(".gated__always button"); button.click(); button.click(); }"""
    )
    sana.page.locator("iframe.gated__iframe").wait_for()
    assert Entry.objects.filter(kind__startswith="consent.").count() == 1


def test_when_the_network_fails_the_form_is_sent_the_ordinary_way(sana):
    sana.opens()
    sana.page.route("**/choices/", lambda route: route.abort(), times=1)
    sana.page.get_by_role("button", name="Always allow: Convenience").click()
    sana.waits_for("map/")
    assert Entry.objects.filter(kind="consent.given").count() == 1
    assert sana.asked == ["map/"]


BANNER = """(wording) => {
  const form = `<section class="consent"><form class="consent__form" method="post" action="/choices/">
    <input type="hidden" name="wording" value="${wording}"><input type="hidden" name="only-open" value="1">
    <input type="hidden" name="next" value="/find-us/">
    <button name="all" value="no">No, none</button><button name="all" value="yes">Yes, all</button>
    </form><p class="consent__saved" role="status" hidden>Saved.</p></section>`;
  document.querySelector(".consent")?.remove();
  document.getElementById("main").insertAdjacentHTML("beforebegin", form);
}"""


def asked_in_a_banner(sana):
    """The question as the banner puts it, whatever else stands on the page."""
    wording = sana.page.locator('.gated__always input[name="wording"]').get_attribute("value")
    sana.page.evaluate(BANNER, wording)
    return sana


def test_refusing_is_confirmed_in_place_and_the_focus_goes_to_the_confirmation(sana):
    asked_in_a_banner(sana.opens())
    sana.page.evaluate("window.stayed = true")
    sana.presses("No, none")
    sana.page.get_by_text("Saved.", exact=True).wait_for()
    assert sana.page.evaluate("document.activeElement.className") == "consent__saved"
    assert not sana.page.locator(".consent__form").is_visible()
    assert sana.page.evaluate("window.stayed")
    assert sana.asked == []
    assert "kept_said" not in sana.cookies


def test_accepting_lets_in_what_waits_on_this_very_page(sana):
    asked_in_a_banner(sana.opens()).presses("Yes, all")
    sana.waits_for("visits.js", "visit")
    assert sana.cookies[COUNTER] == "1"


def test_accepting_never_costs_what_somebody_has_typed(sana):
    asked_in_a_banner(sana.opens())
    sana.page.evaluate("document.getElementById('main').append(document.createElement('textarea'))")
    sana.page.locator("textarea").fill("Three fans and a refrigerator")
    sana.presses("Yes, all")
    sana.page.get_by_text("Saved.", exact=True).wait_for()
    assert sana.page.locator("textarea").input_value() == "Three fans and a refrigerator"
    assert "visits.js" not in sana.asked
    sana.opens()
    assert "visits.js" in sana.asked


def test_taking_it_back_clears_away_what_was_left_and_asks_for_nothing_more(sana):
    sana.allows("functional", "performance").opens()
    sana.page.evaluate("""() => {
      document.cookie = "_shop_id_7=x; path=/find-us/";
      document.cookie = "mine=1; path=/";
      localStorage.setItem("_shop_id_8", "x");
      sessionStorage.setItem("_shop_visits", "x");
      localStorage.setItem("mine", "1");
    }""")
    sana.opens("/choices/")
    with sana.page.expect_navigation():
        sana.page.locator('#choices button[name="all"][value="no"]').first.click()
    sana.asked.clear()
    sana.opens()
    assert sana.asked == []
    assert set(sana.cookies) & {COUNTER, "_shop_id_7", "mine"} == {"mine"}
    stored = sana.page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
    assert stored == [["mine"], []]


def test_a_page_from_the_back_forward_cache_follows_what_was_chosen_in_between(sana):
    sana.allows("functional", "performance").opens()
    sana.asked.clear()
    sana.context.clear_cookies(name="kept_allows")
    with sana.page.expect_navigation():
        sana.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    sana.page.wait_for_load_state("networkidle")
    assert sana.asked == []
    assert COUNTER not in sana.cookies
    assert sana.page.get_by_role("button", name="Load once").is_visible()


def test_going_back_to_a_page_that_the_browser_kept_alive_loads_nothing_after_a_withdrawal(live_server, shop):
    """Playwright switches the back/forward cache off, so this one has a browser of its own, in a process of its own."""
    script = Path(__file__).with_name("going_back.py")
    told = subprocess.run(
        [sys.executable, str(script), CHROMIUM, live_server.url, allows("functional", "performance")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    answer = json.loads(told.stdout)
    assert answer["was_kept_alive"]
    assert answer["asked_before"] == ["map/", "visit", "visits.js"]
    assert answer["asked_after"] == []
    assert COUNTER not in answer["cookies"]


def test_a_choice_in_another_tab_counts_when_this_one_is_seen_again(sana):
    sana.opens()
    sana.allows("functional")
    sana.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    sana.waits_for("map/")
    assert sana.asked == ["map/"]


def test_everything_is_denied_to_google_before_what_is_granted_is_said(sana):
    sana.allows("performance").opens()
    default, redaction, update = sana.layer()[:3]
    assert default[:2] == ["consent", "default"]
    answers = {name: value for name, value in default[2].items() if name != "wait_for_update"}
    assert len(answers) == 6
    assert set(answers.values()) == {"denied"}
    assert redaction == ["set", "ads_data_redaction", True]
    assert update[:2] == ["consent", "update"]
    assert [name for name, value in update[2].items() if value == "granted"] == ["analytics_storage"]


def test_a_yes_to_an_earlier_version_loads_nothing_once_a_change_asks_again(sana, announce):
    announce(2, renews=["functional"])
    forget()
    sana.allows("functional", number=1).opens()
    assert sana.asked == []


@pytest.fixture
def advertising(shop):
    Service.objects.filter(code="map").update(purpose="targeting")
    forget()


@pytest.fixture
def signalling(chromium, live_server, advertising):
    visitor = Watched(chromium, live_server)
    visitor.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })"
    )
    yield visitor
    visitor.context.close()


def test_the_signal_in_the_page_closes_what_the_cookie_opens(signalling):
    """A page from a cache comes without the header's word; the property of the browser is enough."""
    signalling.allows("targeting").opens()
    assert signalling.asked == []
    assert signalling.page.locator(".gated .gpc-status").is_visible()
    assert not signalling.page.get_by_role("button", name="Load once").is_visible()


def test_the_signal_in_the_header_closes_it_in_the_policy(chromium, live_server, advertising, partner):
    visitor = Watched(chromium, live_server, extra_http_headers={"Sec-GPC": "1"})
    visitor.allows("targeting").opens()
    # The page's own script knows of no signal here and tries: it is the browser that refuses.
    assert visitor.page.locator("iframe.gated__iframe").count() == 1
    assert not visitor.frames
    visitor.context.close()


def test_where_the_browser_refuses_cookies_nothing_breaks(sana):
    sana.context.add_init_script("""
      const blocked = { get() { throw new DOMException("blocked", "SecurityError"); }, set() {} };
      Object.defineProperty(Document.prototype, "cookie", blocked);
      Object.defineProperty(window, "localStorage", blocked);
    """)
    errors = []
    sana.page.on("pageerror", lambda error: errors.append(str(error)))
    sana.opens().presses("Load once").waits_for("map/")
    assert errors == []


def test_without_javascript_the_choice_and_the_map_work_all_the_same(chromium, live_server, shop):
    visitor = Watched(chromium, live_server, java_script_enabled=False)
    visitor.opens()
    assert visitor.asked == []
    assert not visitor.page.get_by_role("button", name="Load once").is_visible()
    assert visitor.page.locator(".gated").get_by_role("link", name="Open it at Example Maps").is_visible()
    visitor.presses("Always allow: Convenience").waits_for("map/")
    assert visitor.page.url.endswith("/find-us/")
    assert visitor.asked == ["map/"]
    visitor.context.close()
