"""What a reader wants to know first: which numbers and dates changed."""

import pytest

from policies.versions.redline import changed_figures, compare
from policies.versions.redline.numerals import replaced_figures


def page(*blocks, anchor="rights"):
    section = {"id": anchor, "anchor": anchor, "heading": anchor.title(), "regimes": [], "blocks": list(blocks)}
    return {"title": "Privacy policy", "sections": [section]}


def paragraph(html):
    return {"type": "paragraph", "html": html}


def promise(html, amount, kind="first_reply", unit="hours"):
    return {"type": "promise", "html": html, "label": "", "kind": kind, "amount": amount, "unit": unit}


def figures(old, new):
    return [(each["old"], each["new"], each["promise"]) for each in changed_figures(compare(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We answer within 72 hours.", "We answer within 48 hours.", [("72 hours", "48 hours")]),
        ("kept for 7 years after", "kept for 6 years after", [("7 years", "6 years")]),
        ("From 1 March 2026 on", "From 22 December 2026 on", [("1 March 2026", "22 December 2026")]),
        ("From March 1, 2026 on", "From April 2, 2026 on", [("March 1, 2026", "April 2, 2026")]),
        ("in May 2026", "in June 2026", [("May 2026", "June 2026")]),
        ("on 2026-03-01", "on 2026-04-01", [("2026-03-01", "2026-04-01")]),
        ("for 30 days", "for 30 business days", [("30 days", "30 business days")]),
        ("seventy-two (72) hours", "forty-eight (48) hours", [("72 hours", "48 hours")]),
        ("kept two years", "kept 24 months", [("two years", "24 months")]),
        ("Rs. 1,000 or 5% of it", "Rs. 2,000 or 6% of it", [("Rs. 1,000", "Rs. 2,000"), ("5%", "6%")]),
        ("ہم ۷۲ گھنٹوں میں", "ہم ۴۸ گھنٹوں میں", [("۷۲ گھنٹوں", "۴۸ گھنٹوں")]),
        ("ہم ٧٢ گھنٹوں میں", "ہم ٤٨ گھنٹوں میں", [("٧٢ گھنٹوں", "٤٨ گھنٹوں")]),
        ("چھ سال تک", "سات سال تک", [("چھ سال", "سات سال")]),
        ("1 مارچ 2026 سے", "1 اپریل 2026 سے", [("1 مارچ 2026", "1 اپریل 2026")]),
        ("logs 30 days, backups 60 days", "backups 60 days", []),
        ("one may go", "two may go", []),
        ("at a.example/v2.1 now", "at a.example/v2.2 now", []),
        ("pay Rs.1,000 or ($4.50)", "pay Rs.2,000 or ($5.00)", [("Rs.1,000", "Rs.2,000"), ("$4.50", "$5.00")]),
        ("we keep 3 logs", "we hold 3 logs", []),
        ("۷۲ گھنٹوں", "72 گھنٹوں", []),
    ],
)
def test_a_number_or_date_is_told_in_its_own_words(old, new, expected):
    assert list(replaced_figures(old, new)) == expected


def test_promises_come_before_other_numbers():
    old = page(paragraph("Logs stay with us for 30 days."), promise("We answer within 72 hours.", 72))
    new = page(paragraph("Logs stay with us for 60 days."), promise("We answer within 48 hours.", 48))
    assert figures(old, new) == [("72 hours", "48 hours", "first_reply"), ("30 days", "60 days", "")]


def test_a_promise_in_quite_other_words_is_known_by_its_kind():
    old, new = page(promise("We answer within 72 hours.", 72)), page(promise("You hear from us in 48 hours", 48))
    assert figures(old, new) == [("72 hours", "48 hours", "first_reply")]


def test_a_promise_whose_sentence_spells_its_number_is_told_by_amount_and_unit():
    old, new = page(promise("We answer soon.", 72)), page(promise("We answer soon.", 48))
    assert figures(old, new) == [("72 hours", "48 hours", "first_reply")]


def test_a_promise_given_up_and_a_new_one_have_one_side_only():
    old, new = (
        page(promise("We answer within 72 hours.", 72)),
        page(promise("Erased in 30 days.", 30, "erasure", "days")),
    )
    assert figures(old, new) == [("", "30 days", "erasure"), ("72 hours", "", "first_reply")]


def test_a_promise_that_only_moved_has_not_changed():
    kept, other = promise("We answer within 72 hours.", 72), paragraph("Logs stay with us for as long as needed.")
    assert figures(page(kept, other), page(other, kept)) == []


def test_the_same_change_twice_in_a_section_is_told_once_and_says_where():
    old = page(paragraph("We answer within 72 hours."), paragraph("After 72 hours you may ask again."))
    new = page(paragraph("We answer within 48 hours."), paragraph("After 48 hours you may ask again."))
    assert changed_figures(compare(old, new)) == [
        {"anchor": "rights", "heading": "Rights", "old": "72 hours", "new": "48 hours", "promise": ""}
    ]


def test_a_number_in_a_paragraph_that_moved_is_found():
    first, second = "We keep every log of yours for 30 days.", "Our officer reads what you write and answers it."
    old, new = page(paragraph(first), paragraph(second)), page(paragraph(second), paragraph(first.replace("30", "60")))
    assert figures(old, new) == [("30 days", "60 days", "")]
