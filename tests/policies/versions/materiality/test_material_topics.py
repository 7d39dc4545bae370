"""What a section is about."""

import pytest

from policies.versions.materiality import Topic, topics_of
from tests.wording import section


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("What we collect about you", "data"),
        ("Information we gather", "data"),
        ("Why we use your data", "purposes"),
        ("Legal basis", "legal_basis"),
        ("Who receives your details", "sharing"),
        ("Disclosure of information", "sharing"),
        ("Transfers abroad", "transfers"),
        ("How long we keep it", "retention"),
        ("Your rights", "rights"),
        ("Consent", "consent"),
        ("Trackers and pixels", "cookies"),
        ("How we secure it", "security"),
        ("Minors", "children"),
        ("Get in touch", "contact"),
        ("Who we are", "controller"),
        ("Complaints", "complaints"),
        ("Amendments to this notice", "changes"),
        ("Other websites", "links"),
        ("ہم کیا جمع کرتے ہیں", "data"),
        ("ہم ڈیٹا کیوں استعمال کرتے ہیں", "purposes"),
        ("قانونی بنیاد", "legal_basis"),
        ("ہم کس سے شیئر کرتے ہیں", "sharing"),
        ("بیرون ملک منتقلی", "transfers"),
        ("ڈیٹا کب تک رہتا ہے", "retention"),
        ("آپ کے حقوق", "rights"),
        ("رضامندی", "consent"),
        ("کوکیز", "cookies"),
        ("سکیورٹی", "security"),
        ("بچوں کے بارے میں", "children"),
        ("ہم سے رابطہ", "contact"),
        ("ہم کون ہیں", "controller"),
        ("شکایات", "complaints"),
        ("متن میں ترامیم", "changes"),
        ("دوسری ویب سائٹس", "links"),
    ],
)
def test_a_heading_tells_the_topic_in_both_languages(heading, topic):
    assert topics_of(section(heading, "Words.")) == {Topic(topic)}


def test_what_the_editor_chose_outweighs_the_heading_and_unknown_codes_are_passed_over():
    part = section("Your rights", "You can ask us.")
    assert topics_of(part, ["retention", "sharing"]) == {Topic.RETENTION, Topic.SHARING}
    assert topics_of(part, ["weather"]) == {Topic.RIGHTS}


def test_a_heading_that_tells_nothing_leaves_it_to_the_words():
    part = section("Good to know", "We share your address with couriers.", "We may sell the shop.", "Enjoy.")
    assert topics_of(part) == {Topic.SHARING}
    assert topics_of(section("اہم بات", "ہم آپ کا پتہ کوریئر سے شیئر کرتے ہیں۔")) == {Topic.SHARING}


def test_a_section_may_be_about_nothing_in_particular():
    assert topics_of(section("Our thanks", "It is a pleasure.")) == frozenset()
    assert topics_of(section("")) == frozenset()
