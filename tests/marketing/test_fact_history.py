"""Price, rating and warranty keep their history, written by what is published and by nothing else."""

import pytest
from wagtail.models import Revision

from marketing.products.facts import NAMES
from marketing.products.models import ProductFacts, ProductPage
from marketing.products.models.facts import UnrecordedChange
from policies.versions.completeness import NotPublishable
from policies.versions.generation import read_generation
from policies.versions.models import Version
from policies.versions.schedule import reconcile
from tests.editing import edit_form
from tests.factories import publish
from tests.marketing.shop import inverter, inverter_draft, words
from tests.people import editor, reviewer, signed_in

pytestmark = pytest.mark.django_db


def prices():
    return list(ProductFacts.history.order_by("history_id").values_list("price_pkr", flat=True))


def test_each_published_change_is_one_row_with_who_and_when():
    page = inverter()
    version = publish(page, price_pkr=43000, user=reviewer())
    newest = ProductFacts.history.latest()
    assert prices() == [41500, 43000]
    assert (newest.version, newest.history_user, newest.history_date) == (version, reviewer(), version.effective_at)


def test_a_product_that_nobody_published_has_no_recorded_facts():
    page = inverter_draft()
    page.price_pkr = 1
    page.save_revision()
    page.save()
    assert not ProductFacts.objects.exists()
    assert ProductPage.objects.get(pk=page.pk).recorded is None


def test_an_editor_can_save_drafts_for_days_without_a_trace(client):
    page = inverter()
    for price in (50000, 60000):
        page.price_pkr = price
        page.save_revision(user=editor())
    assert prices() == [41500]
    assert "60,000" not in words(client.get("/products/bi-1500/")) + words(client.get("/products/"))


def test_a_draft_saved_in_the_editor_leaves_no_trace_and_publishing_it_does():
    page = inverter()
    browser = signed_in(reviewer())
    facts = {name: getattr(page, name) or "" for name in NAMES} | {"tagline": "", "price_pkr": 43000}
    for action, expected in (("", [41500]), ("publish", [41500, 43000])):
        browser.post(f"/admin/pages/{page.pk}/edit/", edit_form(page, action=action, **facts))
        assert prices() == expected
    assert ProductFacts.history.latest().history_user == reviewer()


def test_new_words_alone_change_no_fact(client):
    page = inverter()
    publish(page, title="BI-1500 Plus")
    assert Version.objects.count() == 2
    assert prices() == [41500]
    assert "changed on" not in words(client.get("/products/bi-1500/"))


def test_a_publish_that_fails_records_nothing():
    page = inverter()
    before = prices()
    page.price_pkr = 43000
    page.sections.append(("section", {"heading": "", "anchor": "", "regimes": [], "body": []}))
    with pytest.raises(NotPublishable):
        page.save_revision(clean=False).publish()
    assert prices() == before


def test_a_page_changed_behind_our_back_shows_its_published_facts_until_it_is_recorded(client):
    page = inverter()
    ProductPage.objects.filter(pk=page.pk).update(price_pkr=1)
    assert "Rs. 41,500" in words(client.get("/products/"))
    assert "Rs. 41,500" in words(client.get("/products/bi-1500/"))
    reconcile()
    assert prices() == [41500, 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: ProductFacts.objects.update(price_pkr=1),
        lambda facts: ProductFacts.objects.bulk_update([facts], ["price_pkr"]),
        lambda facts: ProductFacts.objects.all().delete(),
        lambda facts: ProductFacts.objects.bulk_create([ProductFacts()]),
        lambda facts: facts.delete(),
    ],
)
def test_no_fact_is_changed_past_its_history(change):
    inverter()
    with pytest.raises(UnrecordedChange):
        change(ProductFacts.objects.get())
    assert ProductFacts.objects.get().price_pkr == 41500


def test_what_is_shelved_is_made_anew_when_a_fact_changes():
    page = inverter()
    before = read_generation()
    publish(page, price_pkr=43000)
    assert read_generation() != before


def test_a_person_who_leaves_the_staff_takes_the_name_along_and_leaves_the_fact():
    page = inverter()
    publish(page, price_pkr=43000, user=reviewer())
    Revision.objects.update(user=None)
    reviewer().delete()
    newest = ProductFacts.history.latest()
    assert (newest.price_pkr, newest.history_user) == (43000, None)
