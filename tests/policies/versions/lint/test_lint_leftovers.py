"""Gaps, dead links, headings, hand-written dates, and changes without notice."""

from datetime import date

import pytest

from policies.versions.lint import findings
from tests.wording import document, section


def codes(*sections, language="en", **facts):
    text = document(*sections, title="Lamps")
    return [each.code for each in findings(text, language=language, controller=None, **facts)]


@pytest.mark.parametrize(
    "text",
    [
        "[Insert company] makes lamps.",
        "Write to [your e-mail].",
        "Call [………].",
        "Lorem ipsum makes lamps.",
        "TODO: ask Ayesha.",
        "Ask {{ company }} for it.",
        "Name: ________",
        "Write to info@example.com.",
        "رابطہ: [کمپنی کا نام]",
    ],
)
def test_a_gap_is_found(text):
    assert codes(section("Odds", text)) == ["placeholder"]


@pytest.mark.parametrize(
    "text",
    [
        "See note [1].",
        "Our lamp is called Todo.",
        "It costs [about] 5.",
        "We have a to-do list.",
        "چراغ [بڑا] اچھا ہے۔",
    ],
)
def test_brackets_are_no_gap(text):
    assert codes(section("Odds", text)) == []


@pytest.mark.parametrize("href", ["#", "", " ", "javascript:void(0)", "https://", "mailto:"])
def test_a_link_to_nowhere_is_found_with_its_words(href):
    text = document(section("Odds", f'See <a href="{href}">the <b>form</b></a>.'), title="Lamps")
    (found,) = findings(text, language="en", controller=None)
    assert (found.code, found.sentence) == ("dead-link", "the form")


@pytest.mark.parametrize("href", ["/requests/", "#rights", "mailto:a@b.pk", "https://kept.pk"])
def test_a_link_to_somewhere_is_left_alone(href):
    assert codes(section("Odds", f'See <a href="{href}">it</a>.')) == []


def test_two_sections_of_one_name_are_told_unless_they_are_for_different_people():
    here, there = section("Your say", "Speak.", anchor="a"), section("Your Say!", "Write.", anchor="b")
    assert codes(here, there) == ["same-heading"]
    assert codes({**here, "regimes": ["gdpr"]}, {**there, "regimes": ["ccpa"]}) == []


def test_a_heading_with_nothing_under_it_is_told():
    assert codes(section("Odds")) == ["empty-section"]
    assert codes(section("Odds", {"type": "subheading", "level": 3, "html": "Ends"})) == ["empty-section"]


@pytest.mark.parametrize(
    "text",
    [
        "Last updated: 1 March 2024",
        "Last revised on March 1, 2024.",
        "Effective date: 2024-03-01",
        "آخری تبدیلی: 1 مارچ 2024",
    ],
)
def test_a_date_written_by_hand_is_found_unless_it_is_the_right_one(text):
    language = "ur" if "مارچ" in text else "en"
    assert codes(section("Odds", text), language=language) == ["written-date"]
    assert codes(section("Odds", text), language=language, effective_on=date(2026, 3, 1)) == ["written-date"]
    assert codes(section("Odds", text), language=language, effective_on=date(2024, 3, 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The “last updated” date stands above.",
        "Our lamps were last updated in the workshop of 1924.",
        "We have made lamps since 2 May 1990.",
        "“آخری تبدیلی” کی تاریخ اوپر ہے۔",
    ],
)
def test_another_date_is_left_alone(text):
    assert codes(section("Odds", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "We may change this policy at any time without notice.",
        "We reserve the right to amend it without prior notice.",
        "Terms are revised at our sole discretion.",
        "Without any notice we may update this page.",
        "We can modify this notice at any time.",
        "Changes take effect immediately.",
        "ہم اطلاع کے بغیر پالیسی میں تبدیلی کر سکتے ہیں۔",
        "پالیسی میں بغیر پیشگی اطلاع ترمیم ہو سکتی ہے۔",
    ],
)
def test_a_change_without_notice_is_found(text):
    assert codes(section("Odds", text)) == ["change-without-notice"]


@pytest.mark.parametrize(
    "text",
    [
        "We never change it without notice.",
        "You can withdraw at any time.",
        "We may update this policy from time to time.",
        "You may change your mind at any time.",
        "We may change this policy at any time; we tell you 30 days before.",
        "ہم اطلاع کے بغیر کچھ تبدیل نہیں کرتے۔",
        "ہم پالیسی میں تبدیلی کر سکتے ہیں۔",
    ],
)
def test_a_change_that_is_told_is_left_alone(text):
    assert codes(section("Odds", text)) == []
