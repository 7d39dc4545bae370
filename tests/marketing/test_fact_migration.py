"""Products that were published before their facts had a history get the one that their versions tell."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marketing.products.facts import NAMES
from marketing.products.models import ProductFacts
from policies.versions.models import VersionText
from tests.factories import publish
from tests.marketing.shop import inverter, inverter_draft
from tests.people import reviewer

pytestmark = pytest.mark.django_db

FACTS_AND_WHO = [*NAMES, "version", "history_user", "history_date", "history_type"]
STRANGE = {"definitions": [{"term": "Price", "html": "ask us"}, {"term": "Rating", "html": "1.5 kVA"}]}


def migration():
    return import_module("marketing.products.migrations.0003_begin_with_what_was_published")


def backfill():
    state = MigrationExecutor(connection).loader.project_state()
    migration().record_what_was_published(state.apps, None)


def forget_facts():
    """As it was before there was such a table."""
    ProductFacts.history.all().delete()
    ProductFacts.objects.all()._raw_delete("default")


def test_products_published_before_get_the_history_that_their_versions_tell():
    page = inverter(waveform="pure_sine", model_name="A&B")
    publish(page, title="BI-1500 Plus")
    publish(page, price_pkr=43000, surge_w=2400, user=reviewer())
    expected = list(ProductFacts.history.order_by("history_id").values(*FACTS_AND_WHO))
    forget_facts()
    backfill()
    assert list(ProductFacts.history.order_by("history_id").values(*FACTS_AND_WHO)) == expected
    assert ProductFacts.objects.get().price_pkr == 43000
    backfill()
    assert ProductFacts.history.count() == len(expected) == 2


def test_an_urdu_original_is_read_in_urdu():
    publish(inverter_draft("ur", title="انورٹر", waveform="modified_sine"))
    forget_facts()
    backfill()
    facts = ProductFacts.objects.get()
    assert (facts.price_pkr, facts.warranty_months, facts.waveform) == (41500, 12, "modified_sine")


def test_what_cannot_be_read_is_not_known():
    text = VersionText(language="en", content={"sections": [{"id": "facts", "blocks": [STRANGE]}]})
    assert migration().read_facts(text) == dict.fromkeys(NAMES) | {"model_name": "", "waveform": ""}
