"""What an answer means beside the one before it, and how long it counts."""

from datetime import date

import pytest

from policies.consent.rules import Answer, Because, State, decide, is_open, state_of, told_by
from policies.jurisdictions.asking import asking_rules, months_after

TODAY, LATER, BEFORE = date(2026, 11, 23), date(2027, 5, 23), date(2026, 11, 22)
YES, NO = Answer(State.GIVEN, 2, LATER), Answer(State.REFUSED, 2, LATER)


@pytest.mark.parametrize(
    ("before", "granted", "version", "state"),
    [
        (None, True, 2, "given"),
        (None, False, 2, "refused"),
        (YES, False, 2, "withdrawn"),
        (NO, True, 2, "given"),
        (YES, True, 2, None),
        (NO, False, 2, None),
        (YES._replace(version=1), True, 2, "renewed"),
        (NO._replace(version=1), False, 2, "refused"),
        (YES._replace(until=BEFORE), True, 2, "renewed"),
        (NO._replace(until=BEFORE), False, 2, "refused"),
        (YES, True, 1, None),
        (YES, False, 1, "withdrawn"),
        (Answer(State.EXPIRED, 2, BEFORE), True, 2, "given"),
    ],
)
def test_an_answer_means_what_it_changes(before, granted, version, state):
    assert state_of(before, granted=granted, version=version, today=TODAY) == state


@pytest.mark.parametrize(
    ("answer", "renewed_in", "because"),
    [
        (None, 0, Because.UNDECIDED),
        (YES, 0, Because.GIVEN),
        (YES, 2, Because.GIVEN),
        (YES, 3, Because.RENEWAL_NEEDED),
        (YES._replace(until=TODAY), 0, Because.GIVEN),
        (YES._replace(until=BEFORE), 0, Because.EXPIRED),
        (NO, 0, Because.REFUSED),
        (NO._replace(until=BEFORE), 0, Because.REFUSED),
        (YES._replace(state=State.WITHDRAWN), 0, Because.WITHDRAWN),
        (YES._replace(state=State.EXPIRED), 0, Because.EXPIRED),
        (YES._replace(state=State.RENEWED), 0, Because.RENEWED),
    ],
)
def test_only_a_yes_that_still_counts_is_a_yes(answer, renewed_in, because):
    verdict = decide(answer, today=TODAY, renewed_in=renewed_in)
    assert verdict.because == because
    assert bool(verdict) == (because in (Because.GIVEN, Because.RENEWED))


@pytest.mark.parametrize("answer", [None, YES, NO])
def test_the_signal_outweighs_everything(answer):
    assert decide(answer, today=TODAY, signal=True) == (False, Because.SIGNAL)


@pytest.mark.parametrize(
    ("answer", "renewed_in", "asked"),
    [
        (None, 0, True),
        (YES, 2, False),
        (YES, 3, True),
        (YES._replace(until=BEFORE), 0, True),
        (NO, 3, False),
        (NO._replace(until=TODAY), 0, True),
        (YES._replace(state=State.WITHDRAWN), 3, False),
    ],
)
def test_nobody_is_asked_without_need_and_never_soon_after_a_no(answer, renewed_in, asked):
    assert is_open(answer, today=TODAY, renewed_in=renewed_in) is asked


def test_the_strict_rules_keep_a_no_longer_than_a_yes():
    rules = asking_rules()
    assert rules.until(TODAY, granted=True) == date(2027, 5, 23)
    assert rules.until(TODAY, granted=False) == date(2027, 11, 23)
    assert set(rules.sources) >= {"valid_months", "silent_months"}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_end_where_a_month_is_shorter(day, months, then):
    assert months_after(day, months) == then


def test_lines_of_the_first_release_are_read_too():
    assert told_by("consent.given", {"category": "performance"}, on=TODAY) == {"performance": (State.GIVEN, LATER)}
    assert told_by("subscription.ended", {"topic": "x"}, on=TODAY) == {}
