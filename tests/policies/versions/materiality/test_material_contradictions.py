"""Where the class and the redline do not go together, the editor has to say why."""

import pytest

from policies.versions.materiality import Suggestion, Trigger, contradictions

SHARES = Suggestion(Trigger.SHARING, "s", "s", "Sharing", "“Sharing” says more.", "banks")
KEEPS = Suggestion(Trigger.DATA_CATEGORIES, "k", "k", "Retention", "7 became 10.", "7 → 10")


@pytest.mark.parametrize(
    ("change_class", "ticked", "suggested"),
    [
        ("editorial", [], []),
        ("clarifying", [], []),
        ("clarifying", ["sharing"], []),
        ("material", ["sharing"], []),
        ("material", ["sharing"], [KEEPS]),
    ],
)
def test_what_fits_together_needs_no_reason(change_class, ticked, suggested):
    assert contradictions(change_class, ticked, suggested) == []


@pytest.mark.parametrize("change_class", ["editorial", "clarifying"])
def test_a_lighter_class_than_the_redline_suggests_needs_a_reason(change_class):
    (sentence,) = contradictions(change_class, [], [SHARES, KEEPS])
    assert "2 reasons" in sentence
    assert "Categories of personal data and The act of sharing data" in sentence


def test_an_editorial_change_with_a_trigger_needs_a_reason():
    (sentence,) = contradictions("editorial", [Trigger.PURPOSES], [])
    assert sentence == "The change is called “Editorial”, but this is ticked: Purposes of processing."


def test_a_material_change_without_a_trigger_needs_a_reason_whatever_the_redline_says():
    expected = ["The change is called material, but nothing is ticked that makes it so."]
    assert contradictions("material", [], []) == expected
    assert contradictions("material", [], [SHARES]) == expected


def test_two_contradictions_are_two_sentences():
    assert len(contradictions("editorial", ["sharing"], [SHARES])) == 2
