"""A small shop for tests."""

import re
from typing import Any

from marketing.products.models import ProductIndexPage, ProductPage
from tests.factories import home, publish, section, sections


def shelf(code: str = "en") -> ProductIndexPage:
    """The page with all products of a language."""
    existing = ProductIndexPage.objects.filter(locale=home(code).locale).first()
    if existing:
        return existing
    page = ProductIndexPage(title="Products", slug="products", locale=home(code).locale)
    source = ProductIndexPage.objects.first()
    if source:
        page.translation_key = source.translation_key
    return home(code).add_child(instance=page)


def inverter_draft(code: str = "en", **fields: Any) -> ProductPage:
    """An inverter that nobody has published yet."""
    text = {"title": "BI-1500", "slug": "bi-1500", "sections": sections(section("What it powers", "Lights and fans."))}
    facts = {"rating_va": 1500, "warranty_months": 12, "price_pkr": 41500}
    page = ProductPage(locale=home(code).locale, **{"live": False} | text | facts | fields)
    return shelf(code).add_child(instance=page)


def inverter(**fields: Any) -> ProductPage:
    """An inverter with one version."""
    page = inverter_draft(**fields)
    publish(page)
    return ProductPage.objects.get(pk=page.pk)


def words(response: Any) -> str:
    """What a reader sees of a page, without tags and line breaks."""
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())
