"""The operator hears of an audit that failed, or that nobody made for long."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from policies.consent.auditing.health import pages_were_audited
from policies.consent.models import SelfAudit

pytestmark = pytest.mark.django_db


def audited(*, passed):
    findings = [] if passed else [{"name": "tracker"}]
    SelfAudit.objects.create(pages=1, states=["undecided"], findings=findings, passed=passed)


def test_a_site_that_was_never_audited_promised_nothing():
    assert pages_were_audited() == ""


def test_all_is_well_after_an_audit_that_passed():
    audited(passed=False)
    audited(passed=True)
    assert pages_were_audited() == ""


def test_an_audit_that_failed_is_trouble(client):
    audited(passed=True)
    audited(passed=False)
    assert "found 1 things" in client.get("/healthz").json()["checks"]["consent_audit"]


@pytest.mark.parametrize(("days", "trouble"), [(34, False), (36, True)])
def test_an_audit_that_is_too_old_is_trouble(days, trouble, settings):
    settings.GPC_AUDIT_MAX_AGE = timedelta(days=35)
    audited(passed=True)
    with time_machine.travel(clock.now() + timedelta(days=days)):
        assert bool(pages_were_audited()) is trouble
