"""What an answer means beside the one before it."""

import pytest

from policies.consent.rules import Answer, kind_of

YES, NO = Answer(True, 2), Answer(False, 2)


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        (None, YES, "consent.given"),
        (None, NO, "consent.refused"),
        (YES, NO, "consent.withdrawn"),
        (NO, YES, "consent.given"),
        (YES, YES, None),
        (NO, NO, None),
        (Answer(True, 1), YES, "consent.given"),
        (Answer(False, 1), NO, "consent.refused"),
        (YES, Answer(True, 1), None),
        (YES, Answer(False, 1), "consent.withdrawn"),
    ],
)
def test_an_answer_means_what_it_changes(before, now, kind):
    assert kind_of(before, now) == kind
