"""Where one sentence ends and the next begins."""

import pytest

from policies.versions.materiality import sentences_of, split
from tests.wording import section


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ask. You answer.", ["We ask.", "You answer."]),
        ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
        ("See Art. 6 of the law. It is short.", ["See Art. 6 of the law.", "It is short."]),
        ("Ask Mr. Khan, e.g. Tuesdays. He knows.", ["Ask Mr. Khan, e.g. Tuesdays.", "He knows."]),
        ("It costs Rs. 500 at most.", ["It costs Rs. 500 at most."]),
        ("Write to a@b.pk or see kept.example now.", ["Write to a@b.pk or see kept.example now."]),
        ("“We stop.” That is all.", ["“We stop.”", "That is all."]),
        ("ہم پوچھتے ہیں۔ آپ جواب دیتے ہیں۔", ["ہم پوچھتے ہیں۔", "آپ جواب دیتے ہیں۔"]),
        ("کیا آپ راضی ہیں؟ہم پوچھیں گے۔", ["کیا آپ راضی ہیں؟", "ہم پوچھیں گے۔"]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_text_is_split_where_a_reader_would_pause(text, expected):
    assert split(text) == expected


def test_items_and_glossaries_are_enumerations_and_subheadings_say_nothing():
    terms = {"type": "definitions", "definitions": [{"term": "Logs", "html": "kept. Then gone."}]}
    rows = {"type": "table", "head": ["Use"], "rows": [["Orders", "<b>Contract</b>"]]}
    sub = {"type": "subheading", "level": 3, "html": "Never mind"}
    found = sentences_of(section("Data", "We keep it.", ["your name"], sub, terms, rows))
    assert [(each.text, each.is_item, each.block) for each in found] == [
        ("We keep it.", False, 0),
        ("your name", True, 1),
        ("Logs: kept.", True, 3),
        ("Then gone.", True, 3),
        ("Orders | Contract", True, 4),
    ]
