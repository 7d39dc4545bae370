"""Products have a history like policies: when they changed, and what."""

import pytest

from marketing.products.models import ProductIndexPage, ProductPage
from tests.factories import home, newest, publish, section, sections

pytestmark = pytest.mark.django_db


@pytest.fixture
def inverter():
    shelf = home().add_child(instance=ProductIndexPage(title="Products", slug="products"))
    page = ProductPage(
        title="BI-1500",
        slug="bi-1500",
        live=False,
        rating_va=1500,
        price_pkr=41500,
        sections=sections(section("What it powers", "Lights and fans.")),
    )
    shelf.add_child(instance=page)
    publish(page)
    return page


def test_a_product_says_when_it_was_last_updated(inverter, client):
    page = client.get("/products/bi-1500/").content.decode()
    assert "Last updated" in page
    assert "1,500 VA" in page
    assert "Rs. 41,500" in page


def test_a_changed_price_is_in_force_at_once_and_shows_in_the_redline(inverter, client):
    first = newest(inverter)
    second = publish(inverter, price_pkr=43000)
    assert (second.number, second.is_coming()) == (2, False)
    page = client.get(f"/products/bi-1500/compare/{first.permalink}...{second.permalink}/").content.decode()
    assert "41,500" in page
    assert "43,000" in page
    assert "<del" in page


def test_the_history_of_a_product_lists_its_versions(inverter, client):
    publish(inverter, price_pkr=43000)
    page = client.get("/products/bi-1500/versions/").content.decode()
    assert page.count("/products/bi-1500/versions/20") >= 2


def test_a_product_is_no_policy_for_the_api(inverter, client):
    assert client.get("/api/v1/policies/bi-1500").status_code == 404


def test_products_are_listed_with_their_facts(inverter, client):
    page = client.get("/products/").content.decode()
    assert "BI-1500" in page
    assert "1,500 VA" in page
