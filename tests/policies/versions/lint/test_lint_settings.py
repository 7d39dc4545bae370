"""Facts about the controller that the site shows on every page."""

import pytest

from policies.controller.models import Controller
from policies.versions.lint import controller_facts, findings
from tests.factories import home
from tests.wording import document, section

pytestmark = pytest.mark.django_db


def test_what_the_settings_say_is_not_missing_from_the_text():
    site = home().get_site()
    Controller.objects.update_or_create(
        site=site, defaults={"name": "Lamp Shop", "address": "", "email": "a@b.example"}
    )
    text = document(section("What we collect", "Your name."))
    codes = {each.code for each in findings(text, language="en", controller=controller_facts("en"))}
    assert "no-postal-address" in codes
    assert not codes & {"no-controller", "no-contact"}


def test_a_site_without_settings_has_no_facts():
    assert controller_facts("en") is None
