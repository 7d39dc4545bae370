"""Promises against the law and against the past."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from policies.jurisdictions.rules import regimes
from policies.versions.lint import findings
from policies.versions.lint.limits import limits
from policies.versions.lint.spans import Span, is_longer, is_sometimes_longer
from policies.versions.promises import PromiseKind
from tests.wording import document, promise, section

LAW = {"longer-than-law", "sometimes-longer-than-law"}
PAST = {"promise-not-kept", "promise-too-modest"}


def found(kind, amount, unit, *, regimes=(), measured=None, only=LAW | PAST, language="en"):
    text = document(section("House rules", promise("We do it.", kind, amount, unit), regimes=regimes), title="Lamps")
    performance = {kind: measured} if measured else {}
    remarks = findings(text, language=language, controller=None, performance=performance)
    return [each for each in remarks if each.code in only]


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "of", "code"),
    [
        ("access", 21, "days", (), ""),
        ("access", 28, "days", (), ""),
        ("access", 30, "days", (), "sometimes-longer-than-law"),
        ("access", 31, "days", ("gdpr",), "sometimes-longer-than-law"),
        ("access", 32, "days", ("gdpr",), "longer-than-law"),
        ("access", 1, "months", ("gdpr",), ""),
        ("access", 2, "months", ("gdpr",), "longer-than-law"),
        ("access", 20, "business_days", ("gdpr",), ""),
        ("access", 21, "business_days", ("gdpr",), "sometimes-longer-than-law"),
        ("access", 5, "weeks", ("uk-gdpr",), "longer-than-law"),
        ("access", 40, "days", ("ccpa",), ""),
        ("access", 46, "days", ("ccpa",), "longer-than-law"),
        ("erasure", 1, "years", (), "longer-than-law"),
        ("first_reply", 10, "business_days", ("ccpa",), ""),
        ("first_reply", 11, "business_days", ("ccpa",), "longer-than-law"),
        ("first_reply", 11, "days", ("ccpa",), ""),
        ("first_reply", 12, "days", ("ccpa",), "sometimes-longer-than-law"),
        ("first_reply", 72, "hours", (), ""),
        ("breach_notice", 3, "days", (), ""),
        ("breach_notice", 1, "weeks", (), "longer-than-law"),
        ("retention_transactions", 90, "years", (), ""),
        ("access", 90, "days", ("atlantis",), ""),
        ("unheard_of", 90, "days", (), ""),
    ],
)
def test_a_promise_is_held_against_every_law_that_applies(kind, amount, unit, of, code):
    assert [each.code for each in found(kind, amount, unit, regimes=of)] == ([code] if code else [])


def test_the_strictest_law_speaks_with_its_source():
    (remark,) = found("access", 50, "days")
    assert remark.why == "GDPR allows 1 month; the text promises 50 days."
    assert remark.source.startswith("GDPR Art. 12(3)")
    assert remark.suggestion == "Promise 1 month or less."


def test_thirty_days_are_told_about_february():
    (remark,) = found("access", 30, "days")
    assert remark.why == "GDPR allows 1 month, which can be shorter than the 30 days that the text promises."
    assert remark.suggestion == "Promise 28 days or less."


@pytest.mark.parametrize(
    ("measured", "code"),
    [
        (timedelta(days=20), ""),
        (timedelta(days=21), ""),
        (timedelta(days=21, hours=1), "promise-not-kept"),
        (timedelta(days=7), "promise-too-modest"),
        (timedelta(days=8), ""),
    ],
)
def test_a_promise_is_held_against_what_was_measured(measured, code):
    remarks = found("erasure", 21, "days", measured=measured)
    assert [each.code for each in remarks] == ([code] if code else [])


def test_what_was_measured_is_told_in_round_figures():
    (slow,) = found("erasure", 21, "days", measured=timedelta(days=36, hours=5))
    (quick,) = found("first_reply", 72, "hours", measured=timedelta(minutes=50))
    assert slow.why == "The text promises 21 days; in the past it took 37 days."
    assert quick.why == "The text promises 72 hours; in the past it took only 1 hour."


def test_retention_is_not_a_matter_of_speed():
    assert found("retention_support", 24, "months", measured=timedelta(days=1)) == []


def test_the_reason_is_for_the_editor_and_the_suggestion_for_the_text():
    with override("en"):
        (remark,) = found("access", 50, "days", language="ur")
    assert remark.why.startswith("GDPR allows 1 month")


@pytest.mark.parametrize(
    ("span", "shortest", "longest"),
    [
        (Span(72, "hours"), 3, 3),
        (Span(2, "weeks"), 14, 14),
        (Span(1, "months"), 28, 31),
        (Span(2, "months"), 58, 62),
        (Span(12, "months"), 365, 366),
        (Span(1, "years"), 365, 366),
        (Span(6, "business_days"), 6, 10),
        (Span(10, "business_days"), 11, 14),
    ],
)
def test_how_long_a_span_can_be_in_days(span, shortest, longest):
    assert (span.shortest / 24, span.longest / 24) == (shortest, longest)


def test_equal_units_need_no_calendar():
    assert not is_sometimes_longer(Span(1, "months"), Span(1, "months"))
    assert is_longer(Span(2, "months"), Span(1, "months"))


def test_every_limit_is_of_a_known_regime_and_kind_and_was_checked_on_a_day():
    for limit in limits():
        assert limit.regime in regimes()
        assert limit.kind in PromiseKind.values
        assert limit.source
        assert limit.checked_on.year >= 2026
