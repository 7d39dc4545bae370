"""The main job, in a real browser and over a real mail server, on the example site as `make run` sets it up."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from common import clock
from tests.mailbox import deliver, html_of, mailbox, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 1000}
NEW_PARTNER = "Call-back partner: we share your name and telephone number with a call centre that arranges deliveries."
URDU_PARTNER = "کال سینٹر: ہم آپ کا نام اور فون نمبر ایک کال سینٹر کو دیتے ہیں جو ترسیل کا وقت طے کرتا ہے۔"
SUMMARY = "We answer within 48 hours instead of 72, and we share your number with a call centre that arranges deliveries."
URDU_SUMMARY = "ہم 72 کے بجائے 48 گھنٹے میں جواب دیں گے، اور ترسیل طے کرنے والے کال سینٹر کو آپ کا نمبر دیں گے۔"


@pytest.fixture
def example(live_server, settings):
    """Buy Inverter, with its accounts, at the address of the test's server."""
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.DEBUG = True
    from tests.factories import root

    root()
    call_command("load_example")
    settings.DEBUG = False
    return live_server.url


@pytest.fixture
def people(chromium, example):
    """One browser profile for each person."""
    contexts = []

    def person(**options):
        context = chromium.new_context(base_url=example, viewport=options.pop("viewport", DESKTOP), **options)
        contexts.append(context)
        return context.new_page()

    yield person
    for context in contexts:
        context.close()


def sign_in(page, name):
    from home.example.site import PASSWORD

    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit], input[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def page_id(language):
    from policies.versions.models import PolicyPage

    return PolicyPage.objects.get(slug="privacy", locale__language_code=language).pk


def block(page, label):
    """The part of the editor that belongs to a heading of the policy."""
    return page.locator(f"[data-contentpath=sections] [data-streamfield-child]:has(input[value='{label}'])").first


def change_the_text(page, number, heading, partner, summary):
    """72 becomes 48, a partner is added, and the change is described."""
    amount = page.locator("input[name$='-amount'][value='72']")
    amount.evaluate("input => { for (let e = input; e; e = e.parentElement) e.removeAttribute('hidden') }")
    amount.fill(number)
    text = page.locator(f"input[name$='-term'][value='{heading}']").first
    text.evaluate("input => { for (let e = input; e; e = e.parentElement) e.removeAttribute('hidden') }")
    raise NotImplementedError
