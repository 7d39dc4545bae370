"""The audit as the operator runs it."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from policies.consent.models import SelfAudit
from tests.factories import policy, root

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def run(*options):
    """The command in a thread of its own, as Playwright has one browser loop to a thread. What it said."""
    said = StringIO()

    def _run():
        try:
            call_command("consent_audit", *options, stdout=said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(_run).result()
    return said.getvalue()


def refusal(*options):
    with pytest.raises(CommandError) as refused:
        run(*options)
    return refused.value.returncode, str(refused.value)


def test_the_example_passes(live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    root()
    call_command("load_example", stdout=StringIO())
    said = run("--base-url", live_server.url, "--pages", "70", "--json", str(tmp_path / "audit.json"))
    told = json.loads((tmp_path / "audit.json").read_text())
    assert told["findings"] == []
    assert {"/", "/ur/", "/privacy/", "/choices/", "/ur/choices/", "/products/hybrid-5kw/"} <= set(told["pages"])
    audit = SelfAudit.objects.get()
    assert audit.passed
    assert (audit.pages, len(audit.states)) == (len(told["pages"]), 9)
    assert "All is well" in said


def test_a_page_that_nobody_links_to_is_found_with_its_leak(live_server, settings):
    settings.SITE_URL = live_server.url
    settings.ROOT_URLCONF = "tests.policies.consent.auditing.one_leak_urls"
    policy()
    code, said = refusal("--base-url", live_server.url, "--pages", "12")
    assert (code, said) == (1, "9 things should not have been there.")
    audit = SelfAudit.objects.get()
    assert not audit.passed
    assert {(finding["page"], finding["name"]) for finding in audit.findings} == {("/unlinked/", "tracker")}


def test_where_nothing_answers_it_says_so_and_records_nothing(db):
    code, said = refusal("--base-url", "http://localhost:1")
    assert (code, said) == (2, "Nothing answers at http://localhost:1. Nothing was recorded.")
    assert not SelfAudit.objects.exists()


def test_without_playwright_it_says_what_to_install(db, monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    code, said = refusal()
    assert (code, said) == (2, "The audit needs Playwright: pip install playwright. Nothing was recorded.")


def test_without_chromium_it_says_what_to_install(db, monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    code, said = refusal()
    assert code == 2
    assert "apt-get install chromium" in said
    assert not SelfAudit.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "many", "99999"])
def test_a_limit_that_is_none_is_refused(db, number):
    with pytest.raises(CommandError, match="a number from 1 to 10000"):
        call_command("consent_audit", f"--pages={number}")


@pytest.mark.parametrize("address", ["example", "ftp://example.com", "//example.com", "http://", ""])
def test_an_address_that_is_none_is_refused(db, address):
    with pytest.raises(CommandError, match="an address such as"):
        call_command("consent_audit", f"--base-url={address}")
