import pytest

from policies.versions.document import INTRODUCTION
from policies.versions.importing import lost_text

HILLSIDE_SECTIONS = [
    "",
    "What We Collect",
    "How We Use What You Tell Us",
    "Who We Share It With",
    "Keeping It Safe",
    "Your Rights",
    "Young Growers",
    "Sending Data Abroad",
    "How Long We Keep It",
    "Links to Other Sites",
    "Changes to This Notice",
    "California Growers",
    "European Growers (GDPR)",
    "Complaints",
    "How to Reach Us",
    "Last Words",
]


def blocks_of(imported, anchor):
    return next(section["blocks"] for section in imported.document["sections"] if section["anchor"] == anchor)


def test_the_editor_finds_every_section_of_a_text_that_has_no_markup(fixture_file):
    imported = fixture_file("hillside-seeds.txt")
    assert imported.document["title"] == "PRIVACY NOTICE"
    assert [section["heading"] for section in imported.document["sections"]] == HILLSIDE_SECTIONS


def test_sections_are_divided_where_their_first_words_announce_it(fixture_file, shape_of):
    assert shape_of(fixture_file("hillside-seeds.txt").document)[1:17] == [
        "What We Collect",
        "  What You Tell Us",
        "    When You Place an Order:",
        "    When You Join the Growers' Circle:",
        "    When You Visit Our Nursery:",
        "  What We Notice Ourselves",
        "    Cookies on Our Site:",
        "    Cookies We Set:",
        "    Turning Them Off:",
        "How We Use What You Tell Us",
        "  Sending Your Order",
        "  Helping You Grow",
        "  Newsletters (If You Ask for Them)",
        "Who We Share It With",
        "  People Who Work for Us",
        "  The Law",
    ]


@pytest.mark.parametrize("name", ["hillside-seeds.txt", "numbered-wrapped.txt", "capitals.txt"])
def test_every_word_lands_exactly_once_and_in_order(fixture_file, name):
    imported = fixture_file(name)
    assert lost_text(imported.visible_text, imported.document) == []


def test_the_words_before_the_first_heading_are_the_introduction(fixture_file):
    introduction = fixture_file("hillside-seeds.txt").document["sections"][0]
    assert introduction["id"] == introduction["anchor"] == INTRODUCTION
    assert [block["type"] for block in introduction["blocks"]] == ["paragraph", "paragraph"]


def test_lines_that_begin_with_labels_become_definitions(fixture_file):
    _, definitions = blocks_of(fixture_file("hillside-seeds.txt"), "how-long-we-keep-it")
    assert definitions["definitions"][0] == {"term": "Orders", "html": "Kept for 6 years for the tax office"}


def test_a_label_alone_is_a_paragraph_with_a_bold_beginning(read):
    imported = read("Our Policy\n\nCourt Orders: We obey them.\n\nNothing else is shared.")
    assert blocks_of(imported, INTRODUCTION)[0] == {"type": "paragraph", "html": "<b>Court Orders:</b> We obey them."}


def test_notes_and_lead_ins_stay_paragraphs(fixture_file):
    blocks = blocks_of(fixture_file("hillside-seeds.txt"), "what-we-collect")
    paragraphs = [block["html"] for block in blocks if block["type"] == "paragraph"]
    assert "Note: The soil survey isn't stored unless you press the button to send it." in paragraphs
    assert "Cookies are small files your browser keeps for us. They help us:" in paragraphs


def test_labels_inside_a_list_are_bold(fixture_file):
    listed = next(block for block in blocks_of(fixture_file("hillside-seeds.txt"), "complaints") if "items" in block)
    assert listed["items"][1] == "<b>Then the Authority:</b> Your country has one, and it is free."


def test_a_question_in_the_text_is_no_heading(fixture_file):
    first = blocks_of(fixture_file("hillside-seeds.txt"), "how-to-reach-us")[0]
    assert first["html"] == "Questions about this notice, or about anything you have read in it?"


def test_headings_about_one_law_carry_its_regime(fixture_file):
    sections = fixture_file("hillside-seeds.txt").document["sections"]
    assert {s["heading"]: s["regimes"] for s in sections if s["regimes"]} == {
        "California Growers": ["ccpa"],
        "European Growers (GDPR)": ["gdpr"],
    }


def test_a_guessed_level_is_said_line_by_line(fixture_file):
    doubts = {doubt.line_number: doubt for doubt in fixture_file("hillside-seeds.txt").unplaced}
    assert doubts[49].text == "The Law"
    assert "“Who We Share It With”" in doubts[49].why


def test_numbers_tell_the_levels_and_leave_the_headings(fixture_file, shape_of):
    assert shape_of(fixture_file("numbered-wrapped.txt").document) == [
        "",
        "Joining",
        "  Your card",
        "  Lost cards",
        "Borrowing",
        "  What we keep about loans",
        "Leaving",
    ]


def test_a_reference_to_a_numbered_section_is_pointed_out(fixture_file):
    [doubt] = fixture_file("numbered-wrapped.txt").unplaced
    assert doubt.line_number == 30
    assert "no longer carry numbers" in doubt.why


def test_wrapped_lines_are_joined_in_paragraphs_and_items(fixture_file):
    imported = fixture_file("numbered-wrapped.txt")
    assert blocks_of(imported, INTRODUCTION)[1]["html"].endswith(
        "whether you come to read or only to be out of the rain."
    )
    listed = next(block for block in blocks_of(imported, "joining") if block["type"] == "list")
    assert listed["ordered"]
    assert listed["items"][1] == "give you a new one, which costs nothing the first time and two crowns from then on;"


def test_capitals_tell_the_levels(fixture_file, shape_of):
    assert shape_of(fixture_file("capitals.txt").document) == [
        "WHAT COOKIES ARE",
        "COOKIES WE SET",
        "  Strictly Needed",
        "  Counting Visits",
        "HOW TO SAY NO",
    ]


def test_a_list_inside_a_list_stays_with_its_item(fixture_file):
    imported = fixture_file("capitals.txt")
    assert (
        blocks_of(imported, "cookies-we-set")[1]["items"][1]
        == "session<br>ends when you close the window<br>holds no name"
    )
    assert [doubt.line_number for doubt in imported.unplaced] == [10, 11]


def test_underlines_tell_the_levels(read, shape_of):
    text = "Our Policy\n==========\n\nRights\n------\nYou have some.\n\nDuties\n------\nSo do we."
    assert shape_of(read(text).document) == ["Rights", "Duties"]


def test_windows_line_ends_make_no_difference(read):
    text = "Our Policy\n\nWho We Are\n\nA shop.\n- one\n- two\n"
    assert read(text).document == read(text.replace("\n", "\r\n")).document


def test_reading_twice_gives_the_same_document(fixture_file):
    assert fixture_file("hillside-seeds.txt") == fixture_file("hillside-seeds.txt")


def test_a_list_without_bullets_is_read_and_reported(read):
    imported = read("Our Policy\n\nWe keep:\nyour name;\nyour address; and\nyour orders.\nNothing else is kept by us.")
    assert blocks_of(imported, INTRODUCTION)[1]["items"] == ["your name;", "your address; and", "your orders."]
    assert [doubt.line_number for doubt in imported.unplaced] == [4, 5, 6]


def test_an_address_is_not_taken_for_headings(read):
    imported = read(
        "Our Policy\n\nWrite to us.\nHillside Seeds\nOld Mill\nOxford\nWe read every letter that arrives.\nBye."
    )
    texts = [block["html"] for block in blocks_of(imported, INTRODUCTION)]
    assert texts == ["Write to us.", "Hillside Seeds", "Old Mill"]
    assert [doubt.text for doubt in imported.unplaced] == ["Hillside Seeds", "Old Mill"]


def test_a_heading_with_nothing_beneath_is_kept_as_text(read):
    imported = read("Our Policy\n\nWe are a shop.\n\nThe End")
    assert [block["html"] for block in blocks_of(imported, INTRODUCTION)] == ["We are a shop.", "The End"]
    assert imported.unplaced[0].line_number == 5


def test_a_table_drawn_with_bars_is_kept_line_by_line(read):
    imported = read("Our Policy\n\nFact | Why | How long\nName | To write | a year\n")
    assert len(imported.unplaced) == 2


def test_markup_in_a_text_file_is_only_text(read):
    imported = read("Our Policy\n\nWe write <b>1 < 2</b> & mean it.")
    assert blocks_of(imported, INTRODUCTION)[0]["html"] == "We write &lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; mean it."


def test_a_chosen_title_replaces_the_one_in_the_file_and_says_so(read):
    imported = read("PRIVACY POLICY\nWe are a shop.", title="How we treat you")
    assert imported.document["title"] == "How we treat you"
    assert imported.unplaced[0].text == "PRIVACY POLICY"


def test_a_chosen_title_that_is_the_same_in_other_letters_is_no_news(read):
    imported = read("PRIVACY POLICY\nWe are a shop.", title="Privacy Policy")
    assert imported.document["title"] == "Privacy Policy"
    assert imported.unplaced == []


def test_a_file_without_a_title_is_named_after_itself(read):
    assert read("We are a shop, and this is a sentence.").document["title"] == "Policy"


def test_headings_of_other_scripts_get_anchors_too(read):
    imported = read("رازداری کی پالیسی\n\nہم کون ہیں\n\nہم ایک دکان ہیں۔\n\nآپ کے حقوق\n\nآپ پوچھ سکتے ہیں۔")
    anchors = [section["anchor"] for section in imported.document["sections"]]
    assert len(set(anchors)) == 2
    assert all(anchor.isascii() for anchor in anchors)


def test_sentences_with_periods_of_time_are_hinted_at_and_left_alone(fixture_file):
    hints = fixture_file("hillside-seeds.txt").promise_hints
    assert [(hint.amount, hint.unit) for hint in hints] == [(14, "days"), (6, "years"), (6, "years"), (3, "days")]
