"""What the auditor reads of the site's audits of itself."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from common import clock
from policies.consent.models import SelfAudit
from tests import people

FINDING = {
    "state": "only:performance",
    "page": "/products/",
    "kind": "cookie",
    "name": "tracker",
    "because": "not_allowed",
    "purposes": ["targeting"],
    "more": 2,
}


def made(*findings):
    return SelfAudit.objects.create(
        pages=7, states=["undecided", "granted+gpc"], findings=list(findings), passed=not findings
    )


def shown(reader):
    return reader.get(reverse("audit:self_audits")).text


def test_before_the_first_the_auditor_is_told_what_follows_from_it(auditor):
    assert "never audited" in shown(auditor)


def test_the_last_result_is_told_in_words(auditor):
    made(FINDING)
    made()
    page = shown(auditor)
    assert "Passed: nothing was there" in page
    assert "agreed to everything, with Global Privacy Control" in page
    assert "Not passed" not in page


def test_findings_name_the_page_the_visitor_and_the_reason(auditor, settings):
    settings.SITE_URL = "https://example.com"
    made(FINDING)
    page = shown(auditor)
    assert "Not passed" in page
    assert '<a href="https://example.com/products/">/products/ and 2 more pages</a>' in page
    for words in ("tracker", "agreed to performance alone", "was not agreed to", "Declared for: targeting."):
        assert words in page


def test_older_results_stay(auditor):
    old = made(FINDING)
    made()
    address = reverse("audit:self_audit", args=[old.pk])
    assert address in shown(auditor)
    assert "Not passed" in auditor.get(address).text


def test_a_result_of_long_ago_is_said_to_be_one(auditor):
    with time_machine.travel(clock.now() - timedelta(days=36)):
        made()
    assert "too long ago" in shown(auditor)


def test_the_privacy_officer_reads_it_too_and_the_editor_does_not(db, editor):
    made()
    officer = people.signed_in(people.officer())
    address = reverse("audit:self_audits")
    assert "Passed" in officer.get(address).text
    assert editor.get(address).status_code == 302


def test_a_spreadsheet_has_the_findings_in_words(auditor):
    made(FINDING)
    sheet = b"".join(auditor.get(reverse("audit:self_audits") + "?export=csv")).decode()
    assert "agreed to performance alone – Cookie tracker on /products/ and 2 more pages" in sheet


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_result_cannot_be_changed(auditor, method):
    assert getattr(auditor, method)(reverse("audit:self_audit", args=[made().pk])).status_code == 405
