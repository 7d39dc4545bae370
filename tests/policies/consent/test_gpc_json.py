"""What the site states about Global Privacy Control, and what it rests on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from common import clock
from policies.consent.gpc import borne_out, gpc_statement
from policies.consent.knowing import forget
from policies.consent.models import Purpose, SelfAudit

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST = timedelta(days=35)


def ago(days):
    return NOW - timedelta(days=days)


def audited(days, *, passed=True):
    findings = [] if passed else [{"name": "_ga"}]
    SelfAudit.objects.create(audited_at=ago(days), pages=9, states=["none"], findings=findings, passed=passed)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("audits", "statement"),
    [
        ([], (False, None)),
        ([(1, True)], (True, ago(1))),
        ([(1, True), (30, True), (60, True)], (True, ago(60))),
        ([(1, True), (30, True), (66, True)], (True, ago(30))),
        ([(1, True), (2, False), (3, True)], (True, ago(1))),
        ([(1, False), (2, False), (3, True)], (False, ago(2))),
        ([(1, False), (40, True)], (False, ago(5))),
        ([(36, True)], (False, ago(1))),
        ([(35, True)], (True, ago(35))),
        ([(90, True), (91, False)], (False, ago(55))),
        ([(1, False)], (False, ago(1))),
    ],
)
def test_an_audit_bears_it_out_until_the_next_one_or_its_end(audits, statement):
    rows = [(ago(days), passed) for days, passed in audits]
    assert borne_out(rows, now=NOW, max_age=LONGEST) == statement


def test_a_site_that_was_never_audited_states_nothing_it_cannot_show(db):
    assert gpc_statement() == {"gpc": False}


def test_the_statement_is_true_while_the_audit_passes(client, db):
    audited(3)
    answer = client.get("/.well-known/gpc.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.content == b'{"gpc": true, "lastUpdate": "2026-11-20"}'
    assert not answer.cookies


def test_a_finding_turns_it_false_from_that_day_on(client, db):
    audited(9)
    audited(2, passed=False)
    assert client.get("/.well-known/gpc.json").json() == {"gpc": False, "lastUpdate": "2026-11-21"}


def test_an_audit_that_is_forgotten_turns_it_false_too(db, settings):
    audited(9)
    settings.GPC_AUDIT_MAX_AGE = timedelta(days=7)
    assert gpc_statement() == {"gpc": False, "lastUpdate": "2026-11-21"}


def test_where_nothing_is_switched_off_it_is_false(db):
    audited(3)
    Purpose.objects.update(honours_gpc=False)
    forget()
    statement = gpc_statement()
    assert statement["gpc"] is False
    assert statement["lastUpdate"] <= clock.today().isoformat()


def test_the_statement_is_not_for_the_browser_that_asks(client, db):
    audited(3)
    told = {client.get("/.well-known/gpc.json", headers={"Sec-GPC": sent}).content for sent in ("1", "0")}
    assert len(told) == 1


def test_it_is_read_and_nothing_else(client, db):
    assert client.head("/.well-known/gpc.json").status_code == 200
    assert client.post("/.well-known/gpc.json").status_code == 405
    assert client.get("/ur/.well-known/gpc.json").status_code == 404


def test_a_thousand_audits_are_read_as_far_as_needed(db, django_assert_max_num_queries):
    for days in range(200):
        audited(days)
    with django_assert_max_num_queries(60):
        assert gpc_statement()["lastUpdate"] == ago(199).date().isoformat()
