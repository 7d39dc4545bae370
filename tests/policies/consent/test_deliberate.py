"""Nothing becomes consent by itself: the database takes a yes only together with the act by which it was given."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from policies.consent.actions import accept_terms, acknowledge_notice, object_to
from policies.consent.models import Choice
from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind, Method
from tests.policies.consent.visitors import ledger

YES = {"given": {"performance": "2027-05-23"}}


@pytest.mark.parametrize("method", [None, "", "scrolling", "silence", "Button", 1, True, ["button"], {"button": 1}])
@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (Kind.CONSENT_GIVEN, YES),
        (Kind.CONSENT_RENEWED, {"renewed": {}}),
        (Kind.CONSENT_GIVEN, {}),
        (Kind.CONSENT_REFUSED, YES),
        (Kind.NOTICE_ACKNOWLEDGED, YES),
        (Kind.TERMS_ACCEPTED, {}),
    ],
)
def test_a_yes_without_a_deliberate_act_is_refused_by_the_database(db, kind, facts, method):
    told = facts | ({"method": method} if method is not None else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        append(kind=kind, facts=told)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("method", Method.values)
def test_one_with_a_deliberate_act_is_taken(db, method):
    append(kind=Kind.CONSENT_GIVEN, facts=YES | {"method": method})
    assert ledger()


@pytest.mark.parametrize("kind", [Kind.CONSENT_REFUSED, Kind.CONSENT_WITHDRAWN, Kind.CONSENT_EXPIRED])
def test_a_no_needs_none(db, kind):
    append(kind=kind, facts={"refused": {"performance": "2027-05-23"}})
    assert ledger()


@pytest.mark.parametrize("state", ["given", "renewed"])
def test_what_holds_now_needs_one_too(sara, state):
    sara.answers(performance="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.update(state=state, method="silence")


def test_to_have_read_to_accept_terms_and_to_object_are_no_consent(version):
    somebody = uuid4()
    lines = [
        acknowledge_notice(version),
        accept_terms(version, subject=somebody, method=Method.CHECKBOX),
        object_to(["email_policy_changes"], subject=somebody, method=Method.FORM),
    ]
    assert [line.kind for line in lines] == ["notice.acknowledged", "terms.accepted", "objection.made"]
    assert [line.subject for line in lines] == [None, somebody, somebody]
    assert not Choice.objects.exists()
    assert not ledger()
