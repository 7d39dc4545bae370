"""Purposes, categories and services as the privacy officer keeps them."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.roles import AUDITORS, EDITORS, OFFICERS
from policies.consent.declaring import is_origin
from policies.consent.facts import changes_of
from policies.consent.knowing import known
from policies.consent.models import Category, LegalBasis, Purpose, Service
from policies.consent.standard import make_standard
from tests.factories import locale
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(person("olga", OFFICERS))
    return client


def performance():
    return Purpose.objects.get(code="performance", locale__language_code="en")


def form_of(purpose, **changes):
    """What the edit page of a purpose posts."""
    fields = {
        name: getattr(purpose, name)
        for name in (
            *("name", "text", "category", "legal_basis", "data_categories", "recipients"),
            *("retention", "retention_text", "dpv", "code", "position"),
        )
    }
    signals = {"signals": changes.pop("signals", purpose.signals)}
    return nested_form_data(fields | {"cookies": streamfield([])} | changes) | signals


def edit(browser, purpose, **changes):
    return browser.post(
        reverse(purpose.snippet_viewset.get_url_name("edit"), args=[purpose.pk]), form_of(purpose, **changes)
    )


def test_a_new_site_asks_for_the_four_kinds_of_the_policy_and_knows_its_letters():
    kinds = dict(Category.objects.filter(locale__language_code="en").values_list("code", "kind"))
    assert kinds == {
        "essential": "essential",
        "performance": "site",
        "functional": "site",
        "targeting": "site",
        "mail": "mail",
    }
    now = known("en")
    assert now.asked == ("performance", "functional", "targeting")
    assert {code for code, each in now.purposes.items() if each.kind == "mail" and each.needs_consent} == {
        *("email_offers", "email_products", "email_guides", "email_news")
    }
    assert not now.purposes["email_policy_changes"].needs_consent
    assert now.switched_off_by_signal == {"targeting"}


def test_the_officer_changes_a_purpose_and_the_change_is_on_record(officer):
    assert edit(officer, performance(), name="Counting visits", recipients="Matomo Ltd").status_code == 302
    told = {change.fact: (change.before, change.after, change.by) for change in changes_of(performance())}
    assert told["name"] == ("Statistics", "Counting visits", "olga")
    assert told["who gets the data"] == ("", "Matomo Ltd", "olga")
    assert performance().latest_revision.user.username == "olga"
    page = officer.get(reverse("wagtailsnippets_consent_purpose:edit", args=[performance().pk])).content.decode()
    assert "Matomo Ltd" in page
    assert known("en").purposes["performance"].recipients == ("Matomo Ltd",)


def test_a_change_of_a_purpose_is_a_new_wording_and_asks_nobody(officer, sara):
    sara.answers(performance="yes")
    before = sara.wording
    edit(officer, performance(), text="We count visits.")
    assert sara.opens_the_page().wording != before
    assert sara.ticked == {"performance": "yes"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("category", "nothing", "Select a valid choice"),
        ("data_categories", "pd:EmailAddress\neverything", "is no term of the Data Privacy Vocabulary"),
        ("dpv", "marketing", "is no term of the Data Privacy Vocabulary"),
        ("signals", ["spy_storage"], "Select a valid choice"),
        ("category", "essential", "cannot rest on consent"),
        ("name", "", "This field is required"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(officer, field, value, words):
    answer = edit(officer, performance(), **{field: value})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not list(changes_of(performance()))


def test_a_code_stays_as_it_is(officer):
    edit(officer, performance(), code="spying")
    assert performance().code == "performance"
    purpose = performance()
    purpose.code = "spying"
    with pytest.raises(ValidationError, match="cannot be changed"):
        purpose.clean()


def test_a_purpose_that_people_answered_for_is_ended_not_deleted(officer, sara):
    sara.answers(performance="no")
    purpose = performance()
    with pytest.raises(ProtectedError):
        purpose.delete()
    officer.post(reverse("wagtailsnippets_consent_purpose:delete", args=[purpose.pk]))
    assert performance()
    assert edit(officer, purpose, ended="on").status_code == 302
    assert "performance" not in known("en").asked
    assert 'name="choice-performance"' not in sara.opens_the_page().text


def test_one_that_nobody_ever_answered_for_may_go(officer):
    officer.post(reverse("wagtailsnippets_consent_purpose:delete", args=[performance().pk]))
    assert not Purpose.objects.filter(code="performance").exists()


def test_what_does_not_rest_on_consent_is_told_and_not_asked(officer, sara):
    edit(officer, performance(), legal_basis=LegalBasis.LEGITIMATE_INTEREST)
    text = sara.opens_the_page().text
    assert "Statistics" in text
    assert 'name="choice-performance"' not in text


def test_editors_and_auditors_look_and_change_nothing(client):
    for name, group in (("edna", EDITORS), ("aida", AUDITORS)):
        client.force_login(person(name, group))
        assert client.get(reverse("wagtailsnippets_consent_purpose:list")).status_code == 200
        assert edit(client, performance(), name="Mine").status_code == 302
        assert performance().name == "Statistics"


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://maps.example.com", True),
        ("https://maps.example.com:8443", True),
        ("http://partner.localhost:8000", True),
        ("http://maps.example.com", False),
        ("https://maps.example.com/", False),
        ("https://*", False),
        ("https://a@b.example", False),
        ("https://a.example; script-src *", False),
        ("https://a.example 'unsafe-inline'", False),
        ("data:", False),
        ("javascript:alert(1)", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_an_origin_is_a_scheme_and_a_host_and_nothing_else(address, good):
    assert is_origin(address) is good


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "essential"},
        {"purpose": "nothing"},
        {"address": "http://maps.example.com/x"},
        {"origins": "https://fine.example\nhttps://not fine.example"},
    ],
)
def test_a_service_waits_for_a_purpose_that_is_asked_for_and_comes_from_one_place(wrong):
    facts = {"purpose": "functional", "address": "https://maps.example.com/x", "origins": "https://tiles.example.com"}
    service = Service(code="map", name="Map", form="frame", provider="Maps", locale=locale(), **facts)
    service.full_clean()
    for name, value in wrong.items():
        setattr(service, name, value)
    with pytest.raises(ValidationError):
        service.clean()


def test_facts_are_those_of_the_original_in_every_language(officer):
    locale("ur")
    make_standard()
    edit(officer, performance(), honours_gpc="on", recipients="Matomo Ltd")
    urdu = known("ur").purposes["performance"]
    assert urdu.honours_gpc
    assert urdu.name == "اعداد و شمار"


def test_nothing_is_saved_by_itself_while_somebody_types(officer):
    view = officer.get(reverse("wagtailsnippets_consent_purpose:edit", args=[performance().pk])).context["view"]
    assert view.autosave_enabled is False
