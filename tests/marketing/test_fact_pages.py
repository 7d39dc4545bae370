"""Where a fact ever changed, readers and editors see when, and what stood there before."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command

from common import clock
from marketing.products.models import ProductFacts
from policies.versions.models import Version
from tests.factories import publish
from tests.marketing.shop import inverter, inverter_draft, words
from tests.people import editor, reviewer, signed_in

pytestmark = pytest.mark.django_db

NOVEMBER_2_AT_NIGHT_IN_LONDON = datetime(2026, 11, 2, 20, 30, tzinfo=UTC)
"""In Karachi it is half past one on 3 November."""


def test_a_visitor_reads_when_the_price_changed_and_what_it_was_before(client):
    page = inverter()
    publish(page, price_pkr=43000)
    shown = words(client.get("/products/bi-1500/"))
    assert f"changed on {clock.today():%-d %B %Y} (before: Rs. 41,500)" in shown
    assert shown.count("changed on") == 1


def test_the_day_is_that_of_the_site_and_machines_can_read_it(client):
    with time_machine.travel(NOVEMBER_2_AT_NIGHT_IN_LONDON, tick=False):
        page = inverter()
        publish(page, price_pkr=43000)
        response = client.get("/products/bi-1500/")
    assert "changed on 3 November 2026 (before: Rs. 41,500)" in words(response)
    assert 'changed on <time datetime="2026-11-03T01:30:00+05:00">' in response.content.decode()


def test_the_history_lists_every_former_value(client):
    page = inverter()
    publish(page, price_pkr=43000)
    publish(page, price_pkr=45000, warranty_months=None, surge_w=2400)
    shown = words(client.get("/products/bi-1500/"))
    history = shown[shown.index("How these facts changed") :]
    for line in ("Price: before: Rs. 43,000 now: Rs. 45,000", "Price: before: Rs. 41,500 now: Rs. 43,000"):
        assert line in history
    assert "Warranty: before: 12 months Removed" in history
    assert "Surge power: New now: 2,400 W" in history
    assert history.index("45,000") < history.index("41,500")


def test_a_fact_that_was_added_later_says_since_when(client):
    page = inverter()
    publish(page, surge_w=2400)
    assert f"2,400 W added on {clock.today():%-d %B %Y}" in words(client.get("/products/bi-1500/"))


def test_an_old_version_knows_nothing_of_later_changes(client):
    page = inverter()
    first = Version.objects.get()
    second = publish(page, price_pkr=43000)
    third = publish(page, price_pkr=45000)
    shown = [words(client.get(f"/products/bi-1500/versions/{each.permalink}/")) for each in (first, second, third)]
    assert "changed on" not in shown[0]
    assert "(before: Rs. 41,500)" in shown[1]
    assert "45,000" not in shown[1]
    assert "(before: Rs. 43,000)" in shown[2]


def test_urdu_readers_get_the_same_facts_with_figures_from_left_to_right(client):
    page = inverter()
    twin = inverter_draft("ur", title="انورٹر", translation_key=page.translation_key)
    publish(twin)
    twin.refresh_from_db()
    twin.price_pkr, twin.translation_ready = 43000, True
    twin.save_revision()
    publish(page, price_pkr=43000)
    body = client.get("/ur/products/bi-1500/").content.decode()
    facts = body[body.index('id="facts"') :]
    assert "<bdi>43,000 روپے</bdi>" in facts
    assert "<bdi>41,500 روپے</bdi>" in facts


def test_a_reader_of_an_untranslated_product_gets_the_marks_in_his_own_language(client):
    page = inverter()
    inverter_draft("ur", title="انورٹر", translation_key=page.translation_key, live=True)
    publish(page, price_pkr=43000)
    facts = client.get("/ur/products/bi-1500/").content.decode().split('id="facts"')[1]
    assert "<bdi>Rs. 43,000</bdi>" in facts
    assert re.search(r'lang="ur"\s+dir="rtl"', facts)


def test_a_mark_never_stands_beside_another_value(client):
    """A translation may be corrected to a figure that the original does not have; its readers see it without a mark."""
    page = inverter()
    publish(page, price_pkr=43000)
    twin = inverter_draft("ur", title="انورٹر", translation_key=page.translation_key, price_pkr=99000)
    publish(twin)
    facts = client.get("/ur/products/bi-1500/").content.decode().split('class="fact-history"')[0]
    assert "99,000" in facts
    assert "fact-change" not in facts


def test_a_model_name_with_signs_is_shown_as_it_was_written(client):
    page = inverter(model_name="A&B <1>")
    publish(page, model_name="C&D <2>")
    body = client.get("/products/bi-1500/").content.decode()
    assert "<bdi>C&amp;D &lt;2&gt;</bdi>" in body
    assert "<bdi>A&amp;B &lt;1&gt;</bdi>" in body


def test_an_editor_sees_the_history_beside_the_fields():
    page = inverter()
    publish(page, price_pkr=43000, user=reviewer())
    shown = words(signed_in(editor()).get(f"/admin/pages/{page.pk}/edit/"))
    assert "How the facts changed" in shown
    assert re.search(r"Price Rs\. 41,500 Rs\. 43,000 reviewer", shown)


def test_a_preview_shows_the_draft_without_marks():
    page = inverter()
    page.price_pkr = 43000
    page.save_revision(user=editor())
    shown = words(signed_in(editor()).get(f"/admin/pages/{page.pk}/view_draft/"))
    assert "Rs. 43,000" in shown
    assert "changed on" not in shown


def test_the_example_has_a_product_whose_price_changed_once(client, settings):
    settings.SITE_URL = "http://testserver"
    call_command("load_example")
    assert "(before: Rs. 78,000)" in words(client.get("/products/inverter-3kva/"))
    call_command("load_example")
    assert ProductFacts.history.filter(work__slug="inverter-3kva").count() == 2
