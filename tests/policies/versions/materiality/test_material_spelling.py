"""What is only spelling, and what looks like it and is not."""

import pytest

from policies.versions.materiality.spelling import Vocabulary, is_spelling


def mends(old, new):
    return is_spelling(old, new, Vocabulary.of([old], [new]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We recieve your messages.", "We receive your messages."),
        ("Teh couriers bring it.", "The couriers bring it."),
        ("We organise deliveries.", "We organize deliveries."),
        ("our web site", "our website"),
        ("your e-mail address", "your email address"),
        ("We  answer,  gladly", "We answer gladly."),
        ("WE ANSWER", "We answer"),
        ("the the parcel", "the parcel"),
        ("Parcel goes to courier.", "The parcel goes to the courier."),
        ("Your details is safe.", "Your details are safe."),
        ("a partnr’s warehouse", "a partner's warehouse"),
        ("آپ کا معلومات", "آپ کی معلومات"),
        ("ہم جواب دیتے ہے۔", "ہم جواب دیتے ہیں۔"),
        ("پیغامت کا متن", "پیغامات کا متن"),
        ("عربي كتاب", "عربی کتاب"),
        ("within 72 hours", "within ۷۲ hours"),
    ],
)
def test_slips_of_the_finger_and_grammar_are_spelling(old, new):
    assert mends(old, new)
    assert mends(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We do not sell it.", "We do now sell it."),
        ("We do not sell it.", "We do sell it."),
        ("We may call you.", "We will call you."),
        ("We may call you.", "We shall call you."),
        ("Only couriers see it.", "Couriers see it."),
        ("We keep our notes.", "We keep your notes."),
        ("kept for 7 years", "kept for 1 years"),
        ("kept for two years", "kept for ten years"),
        ("ask or object", "ask and object"),
        ("Parcels go by TCS.", "Parcels go by TSC."),
        ("Write to a@b.pk", "Write to c@b.pk"),
        ("We answer letters.", "We answer telephone calls."),
        ("ہم اسے بیچتے نہیں۔", "ہم اسے بیچتے ہیں۔"),
        ("صرف کوریئر اسے دیکھتا ہے۔", "کوریئر اسے دیکھتا ہے۔"),
        ("۷ سال تک", "۸ سال تک"),
    ],
)
def test_small_words_and_figures_are_more_than_spelling(old, new):
    assert not mends(old, new)
    assert not mends(new, old)


def test_losing_a_word_of_weight_is_more_than_spelling_and_finding_it_again_is_not():
    assert not mends("We share it.", "We shrae it.")
    assert mends("We shrae it.", "We share it.")


def test_a_word_that_both_texts_know_is_another_word():
    old, new = "The date is shown.", "The rate is shown."
    assert is_spelling(old, new, Vocabulary.of([old], [new]))
    assert not is_spelling(old, new, Vocabulary.of([old, "Our rate is low."], [new, "The date is set."]))
