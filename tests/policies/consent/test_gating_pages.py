"""What stands in pages while it waits, the page of ours that loads one thing once, and what is taken back."""

import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from policies.consent.knowing import forget
from policies.consent.models import Purpose, Service
from policies.ledger.models import Entry
from tests.policies.consent.partnered import COUNTER, allows, page_with_a_map, services
from tests.policies.consent.visitors import Visitor

PARTNER = "http://partner.localhost"
FRAMED = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def shop(version):
    services()
    page_with_a_map()
    return Client(headers={"Origin": "http://testserver"})


def text(client, path="/find-us/", **headers):
    return unescape(client.get(path, headers=headers).content.decode())


def facts(client, path="/find-us/"):
    return json.loads(re.search(r'id="consent-facts"[^>]*>(.*?)</script>', client.get(path).content.decode())[1])


def test_nothing_in_the_page_loads_anything_from_others(shop):
    loading = re.findall(r'<(?:script|iframe|img|link rel="stylesheet")\b[^>]*?\s(?:src|href)="([^"]*)"', text(shop))
    assert loading
    assert not [address for address in loading if address.startswith(("http", "//"))]


def test_a_script_for_every_page_waits_in_every_page(shop):
    waiting = r'<script type="text/plain" data-consent="performance"[^>]*data-src="http://partner.localhost/visits.js"'
    assert re.search(waiting, text(shop))
    assert re.search(waiting, text(shop, "/"))


def test_the_place_of_a_map_says_who_provides_it_and_leads_there_without_javascript(shop):
    page = text(shop)
    assert re.search(r"From\s+<bdi>Example Maps</bdi>", page)
    assert "It learns where you are." in page
    assert re.search(rf'<a [^>]*href="{PARTNER}/map/"', page)
    assert re.search(r"<button[^>]*data-load-once\s+hidden>", page)


def test_always_is_a_form_that_works_without_javascript(shop):
    wording = re.search(r'class="gated__always".*?name="wording"\s+value="(\w{64})"', text(shop), re.DOTALL)[1]
    answer = shop.post("/choices/", {"wording": wording, "next": "/find-us/", "choice-functional": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, "/find-us/")
    [entry] = Entry.objects.filter(kind="consent.given")
    assert list(entry.facts["given"]) == ["functional"]
    embedded = shop.get("/choices/embeds/map/", headers=FRAMED)
    assert f'<iframe src="{PARTNER}/map/"' in embedded.content.decode()
    assert PARTNER in embedded["Content-Security-Policy"]


def test_without_a_yes_the_frame_for_people_without_javascript_is_empty(shop):
    embedded = shop.get("/choices/embeds/map/", headers=FRAMED)
    assert "<iframe" not in embedded.content.decode()
    assert PARTNER not in embedded["Content-Security-Policy"]


def test_load_once_lets_in_one_service_and_may_be_framed_by_us_alone(shop):
    answer = shop.get("/choices/once/map/", headers=FRAMED)
    policy = answer["Content-Security-Policy"]
    assert f"frame-src 'self' {PARTNER}" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy + ";"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert not Entry.objects.exists()
    assert not shop.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_link_to_load_once_loads_nothing(shop, headers):
    answer = shop.get("/choices/once/map/", headers=headers)
    assert "<iframe" not in answer.content.decode()
    assert PARTNER not in answer["Content-Security-Policy"]


def test_the_signal_of_the_browser_stands_above_a_click(shop):
    Service.objects.filter(code="map").update(purpose="targeting")
    forget()
    assert "<iframe" in text(shop, "/choices/once/map/", **FRAMED)
    assert "<iframe" not in text(shop, "/choices/once/map/", **FRAMED, sec_gpc="1")


def test_a_script_that_is_loaded_once_sees_nothing_of_the_page_around_it(shop):
    answer = shop.get("/choices/once/visits/", headers=FRAMED)
    assert "sandbox allow-scripts" in answer["Content-Security-Policy"]
    assert "allow-same-origin" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/choices/once/nothing/", "/choices/embeds/nothing/"])
def test_what_is_not_declared_is_not_found(shop, path):
    assert shop.get(path, headers=FRAMED).status_code == 404


def test_what_nobody_can_agree_to_is_never_loaded(shop):
    Service.objects.update(purpose="essential")
    forget()
    assert "partner.localhost" not in text(shop)
    assert shop.get("/choices/once/map/", headers=FRAMED).status_code == 404


def test_a_service_that_was_deleted_leaves_no_hole_in_the_page(shop):
    Service.objects.all().delete()
    forget()
    assert "Near Lahore." in text(shop)
    assert "gated" not in re.sub(r"gated\.css", "", text(shop))


def test_the_facts_are_those_of_the_purposes_that_are_asked_for(shop, announce):
    announce(2, renews=["performance"])
    forget()
    found = facts(shop)
    assert found["renewed_in"] == {"performance": 2}
    assert found["gpc"] == ["targeting"]
    assert found["signals"]["analytics_storage"] == ["performance"]
    assert found["cookies"] == {"performance": [COUNTER, "_shop_id_*"], "functional": [], "targeting": []}


@pytest.mark.parametrize("name", ["*", "kept_*", "k*", "kept_choices", settings.SESSION_COOKIE_NAME])
def test_what_the_site_needs_is_never_cleared_away_by_a_careless_declaration(shop, name):
    purpose = Purpose.objects.get(code="targeting")
    purpose.cookies = [("cookie", {"name": name, "owner": "", "lifetime": "a day", "why": "x"})]
    purpose.save()
    forget()
    assert facts(shop)["cookies"]["targeting"] == []


def test_pages_are_shown_while_the_facts_cannot_be_read(shop, monkeypatch):
    def fails(language):
        raise DatabaseError("gone")

    monkeypatch.setattr("policies.consent.templatetags.gating.known", fails)
    assert shop.get("/updates/").status_code == 200


# --- what was left behind is taken back by the answer itself


def refuses(visitor, **cookies):
    for name, value in cookies.items():
        visitor.browser.cookies[name] = value
    visitor.opens_the_page()
    answer = visitor.sends(all="no")
    assert answer.status_code == 303
    return answer.cookies.output()


@pytest.fixture
def bilal(shop):
    return Visitor()


def test_refusing_takes_the_declared_cookies_back(bilal):
    said = refuses(bilal, **{COUNTER: "3", "_shop_id_7": "x", "mine": "y"})
    assert re.search(rf'{COUNTER}=""; [^\n]*Max-Age=0', said)
    assert '_shop_id_7=""' in said
    assert "mine" not in said


def test_agreeing_leaves_them(bilal):
    bilal.browser.cookies[COUNTER] = "3"
    bilal.opens_the_page()
    assert COUNTER not in bilal.sends(all="yes").cookies.output()


def test_they_are_taken_back_at_the_domains_above_too(bilal, settings):
    settings.ALLOWED_HOSTS = ["shop.kept.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["http://testserver"]
    bilal.browser.defaults["HTTP_HOST"] = "shop.kept.example"
    said = refuses(bilal, **{COUNTER: "3"})
    assert f'{COUNTER}=""; Domain=kept.example;' in said
    assert said.count(f'{COUNTER}=""') == 3


def test_names_that_cannot_be_in_a_header_do_no_harm(bilal):
    bilal.opens_the_page()
    wording = bilal.wording
    odd = "_shop_id_\xe9=1; _shop_id_{}[]=1; _shop_id_ x=2; _shop_id_=; =5"
    answer = bilal.browser.post("/choices/", {"wording": wording, "all": "no"}, headers={"Cookie": odd})
    assert answer.status_code == 303


# --- the partner


def test_the_partner_has_no_page_of_ours_and_we_none_of_its(shop):
    partner = Client(headers={"Host": settings.EXAMPLE_PARTNER})
    assert partner.get("/map/").status_code == 200
    assert partner.get("/find-us/").status_code == partner.get("/admin/").status_code == 404
    assert partner.post("/visit", b"{}", content_type="text/plain").status_code == 204
    assert shop.get("/map/").status_code == 404


def test_there_is_no_partner_where_the_site_is_a_real_one(settings):
    from django.core.exceptions import MiddlewareNotUsed

    from home.example.partner import Partner

    settings.EXAMPLE_PARTNER = ""
    with pytest.raises(MiddlewareNotUsed):
        Partner(lambda request: None)


def test_the_script_is_small_plain_and_free_of_what_the_policy_refuses():
    script = (settings.STATICFILES_DIRS[0] / "js" / "consent.js").read_text("utf-8")
    assert len(script.encode()) <= 6000
    assert not re.search(r"\beval\b|new Function|innerHTML|document\.write|setAttribute\(.on", script)
    assert max(map(len, script.splitlines())) <= 120


def test_a_visitor_who_allows_it_still_gets_the_same_page_as_everybody(shop):
    before = text(shop)
    shop.cookies["kept_allows"] = allows("functional", "performance")
    assert text(shop) == before
