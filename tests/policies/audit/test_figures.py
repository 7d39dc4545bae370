"""Notices with their counts, choices by version, and the ledger."""

import csv
import io
import json
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind
from policies.ledger.rules import leaf_hash
from policies.notices.models import Notice
from policies.outbox.models import Letter, Mailing


def _sent(notice, *, states):
    mailing = Mailing.objects.create(key=f"notice:{notice.pk}", kind="notice", fanned_out_at=clock.now())
    for state in states:
        ended_at = None if state == "queued" else clock.now()
        Letter.objects.create(mailing=mailing, recipient=uuid4(), language="en", state=state, ended_at=ended_at)
    Notice.objects.filter(pk=notice.pk).update(mailing=mailing, entitled=len(states))


def _rows(auditor):
    return auditor.get(reverse("audit:notices")).context["object_list"]


def test_an_open_notice_is_counted_from_the_outbox(auditor, second):
    _sent(second.notices.get(), states=["sent", "sent", "bounced", "queued"])
    row, total = _rows(auditor)
    assert (row.entitled, row.all_counts["sent"], row.all_counts["bounced"], row.waiting) == (4, 2, 1, 1)
    assert row.verdict == total.verdict == "still open"
    assert (total.label, total.entitled, total.all_counts["sent"]) == ("All 1", 4, 2)


def test_a_closed_notice_says_whether_everybody_is_accounted_for(auditor, second):
    Notice.objects.update(closed_at=clock.now(), entitled=3, counts={"sent": 2, "unsubscribed": 1})
    assert _rows(auditor)[0].verdict == "yes"
    Notice.objects.update(entitled=4)
    row, total = _rows(auditor)
    assert row.verdict == total.verdict == "no"


def test_many_notices_cost_as_many_queries_as_one(auditor, second, many):
    _sent(second.notices.get(), states=["sent"])
    auditor.get(reverse("audit:notices"))
    with CaptureQueriesContext(connection) as one:
        auditor.get(reverse("audit:notices"))
    for version in many(5).versions.all():
        _sent(Notice.objects.create(version=version), states=["queued"])
    with CaptureQueriesContext(connection) as six:
        assert len(_rows(auditor)) == 7
    assert len(six) == len(one)


def test_choices_are_counted_by_version(auditor):
    for kind in (Kind.CONSENT_GIVEN, Kind.CONSENT_GIVEN, Kind.CONSENT_REFUSED):
        told = {"category": "targeting", "version": {"permalink": "2026-03-01", "number": 1}, "method": "form"}
        append(kind=kind, facts=told)
    sheet = auditor.get(reverse("audit:choices"), {"export": "csv"}).getvalue().decode()
    assert sheet.splitlines()[1] == "2026-03-01,1,targeting,2,0,1,0"
    assert "targeting" in auditor.get(reverse("audit:choices")).text


def test_the_ledger_can_be_narrowed_by_kind_and_day(auditor, second):
    append(kind=Kind.SUBSCRIPTION_ENDED, facts={}, subject=uuid4())
    by_kind = auditor.get(reverse("audit:ledger"), {"kind": "subscription.ended"})
    assert [entry.kind for entry in by_kind.context["object_list"]] == ["subscription.ended"]
    long_ago = auditor.get(reverse("audit:ledger"), {"happened_at_to": "2020-01-01"})
    assert not long_ago.context["object_list"]


def test_a_stranger_can_work_every_leaf_out_again_from_an_export(auditor, second):
    sheet = auditor.get(reverse("audit:ledger"), {"export": "csv"}).getvalue().decode()
    lines = list(csv.DictReader(io.StringIO(sheet)))
    assert len(lines) == Entry.objects.count()
    for line in lines:
        assert _leaf(line) == line["Leaf"]


def _leaf(line):
    return leaf_hash(
        uid=UUID(line["Line"]),
        kind=line["Kind"],
        subject=UUID(line["Subject"]) if line["Subject"] else None,
        happened_at=datetime.fromisoformat(line["Happened"]),
        facts=json.loads(line["Facts"]),
    )
