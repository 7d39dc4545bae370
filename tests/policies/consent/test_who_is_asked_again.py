"""The numbers that an editor sees before a change, held against what the rules then say person by person."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from policies.consent.counts import asked_again
from policies.consent.deciding import check
from policies.consent.models import Choice
from policies.consent.rules import Because
from tests.policies.consent.visitors import Visitor

ASKED = ("performance", "functional", "targeting")


def people():
    """Six people with answers of every kind."""
    long_ago = clock.now() - timedelta(days=200)
    with time_machine.travel(long_ago):
        Visitor().answers(all="yes")
    for answers in ({"all": "yes"}, {"performance": "yes", "targeting": "no"}, {"functional": "yes"}, {"all": "no"}):
        Visitor().answers(**answers)
    changed = Visitor().answers(all="yes")
    changed.answers(targeting="no")


def allowed():
    """How many people allow each purpose, one by one, by the rules."""
    subjects = set(Choice.objects.values_list("subject", flat=True))
    return {code: sum(bool(check(subject, code).verdict) for subject in subjects) for code in ASKED}


def renewal_needed(purpose):
    subjects = set(Choice.objects.values_list("subject", flat=True))
    return sum(check(subject, purpose).verdict.because == Because.RENEWAL_NEEDED for subject in subjects)


@pytest.mark.parametrize("renews", [["performance"], ["targeting", "functional"], []])
def test_what_is_foreseen_is_what_happens(announce, renews):
    announce(1, days=-300)
    people()
    foreseen = {row.purpose: row for row in asked_again(renews, language="en")}
    assert {code: foreseen[code].agreed for code in ASKED} == allowed()
    announce(2, renews=renews)
    assert {code: foreseen[code].kept for code in ASKED} == allowed()
    standing = {code: foreseen[code].asked for code in ASKED if foreseen[code].asked}
    assert set(standing) == set(renews)
    # A yes that had run out is asked for again for its own reason.
    assert all(renewal_needed(code) == count for code, count in standing.items())


def test_who_is_being_asked_already_is_not_counted_twice(announce):
    announce(1, days=-300)
    people()
    announce(2, renews=["performance"])
    again = {row.purpose: row for row in asked_again(["performance"], language="en")}
    assert (again["performance"].agreed, again["performance"].asked) == (0, 0)
    assert again["targeting"].refused == 2
