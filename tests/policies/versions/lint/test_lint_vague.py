"""Times that nobody can hold the site to."""

import pytest

from policies.versions.lint import findings
from tests.wording import document, promise, section

VAGUE = {"vague-retention", "vague-deadline", "plain-number"}


def codes(heading, *blocks):
    text = document(section(heading, *blocks), title="Lamps")
    return [each.code for each in findings(text, language="en", controller=None) if each.code in VAGUE]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Retention", "Photos stay as long as is necessary."),
        ("Retention", "Chats are kept indefinitely."),
        ("Retention", "We hold letters for a reasonable period."),
        ("Retention", "Forms are kept until they are no longer needed."),
        ("Good to know", "We store your photos for as long as we need them."),
        ("کب تک", "تصویریں اس وقت تک رہتی ہیں جب تک ضروری ہو۔"),
        ("کب تک", "پیغامات غیر معینہ مدت تک رکھے جاتے ہیں۔"),
        ("کب تک", "خطوط مناسب مدت تک رکھے جاتے ہیں۔"),
    ],
)
def test_a_period_that_is_none_is_found(heading, sentence):
    assert codes(heading, sentence) == ["vague-retention"]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Retention", "Marketing choices stay until you unsubscribe."),
        ("Retention", "Nothing is kept indefinitely."),
        ("Retention", "Photos stay for the whole warranty."),
        ("Good to know", "The offer is good as long as we need to sell lamps."),
        ("Your rights", "You can object as long as you like."),
        ("کب تک", "جب تک آپ اکاؤنٹ رکھتے ہیں۔"),
        ("کب تک", "کچھ بھی غیر معینہ مدت تک نہیں رہتا۔"),
    ],
)
def test_a_period_that_has_an_end_is_left_alone(heading, sentence):
    assert codes(heading, sentence) == []


def test_a_general_sentence_may_open_a_list_of_periods_but_not_stand_in_it():
    opening = "We keep data as long as necessary:"
    invoice = promise("Invoices stay 7 years.", "retention_transactions", 7, "years")
    quote = promise("Quotations stay 12 months.", "retention_quotations", 12, "months")
    assert codes("Retention", opening, invoice, quote) == []
    assert codes("Retention", opening, invoice) == ["vague-retention"]
    assert codes("Retention", "It follows.", invoice, quote, ["chats: as long as necessary"]) == ["vague-retention"]


@pytest.mark.parametrize(
    "sentence",
    [
        "We reply in a timely manner.",
        "We usually answer your letter.",
        "We send your copy as soon as possible.",
        "We correct mistakes promptly.",
        "Most requests are settled; we answer them all.",
        "ہم ہر خط کا جواب مناسب وقت میں دیتے ہیں۔",
        "ہم جلد از جلد جواب دیتے ہیں۔",
    ],
)
def test_a_deadline_that_is_none_is_found_where_people_use_their_rights(sentence):
    assert codes("Your rights", sentence) == ["vague-deadline"]
    assert codes("Delivery", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    ["We answer every request.", "Lamps usually last long.", "Please write promptly.", "ہم ہر خط کا جواب دیتے ہیں۔"],
)
def test_an_answer_without_excuses_is_left_alone(sentence):
    assert codes("Your rights", sentence) == []


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        ("Your rights", "You have your copy within 20 days.", ["plain-number"]),
        ("Retention", "Invoices are kept for 7 years.", ["plain-number"]),
        ("آپ کے حقوق", "نقل 20 دن کے اندر ملتی ہے۔", ["plain-number"]),
        ("Your rights", "California law gives us up to 45 days.", []),
        ("Your rights", "You have 3 rights.", []),
        ("Delivery", "Lamps arrive within 3 days.", []),
    ],
)
def test_a_number_that_the_site_cannot_read_is_pointed_out(heading, sentence, expected):
    assert codes(heading, sentence) == expected


def test_a_promise_block_is_no_plain_number():
    assert codes("Your rights", promise("You have it within 20 days.", "access", 20, "days")) == []
