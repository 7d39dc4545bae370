"""What changed, seen by someone who reads the redline."""

import json
from copy import deepcopy

import pytest

from policies.versions.redline import compare, contents, counts, new_of, old_of, with_unchanged, without_unchanged


def paragraph(html):
    return {"type": "paragraph", "html": html}


def listing(*items, ordered=False):
    return {"type": "list", "ordered": ordered, "items": list(items)}


def table(*rows, head=()):
    return {"type": "table", "head": list(head), "rows": [list(row) for row in rows]}


def section(name, *blocks, heading=None, regimes=()):
    heading = name.title() if heading is None else heading
    return {"id": f"id-{name}", "anchor": name, "heading": heading, "regimes": list(regimes), "blocks": list(blocks)}


def document(*sections, title="Privacy policy"):
    return {"title": title, "sections": list(sections)}


def page(*blocks):
    return document(section("rights", *blocks))


def redline(old, new):
    """Every comparison made in these tests is also checked to be exact, and to survive being stored."""
    found = json.loads(json.dumps(compare(old, new)))
    assert old_of(found) == old
    assert new_of(found) == new
    assert with_unchanged(without_unchanged(found), new) == found
    return found


def ops(found, at=0):
    return [line["op"] for line in found["sections"][at]["lines"]]


def marks(part):
    """Pieces as `same`, `-deleted-` and `+inserted+`, with the reason where the words stayed."""
    signs = {"same": "", "del": "-", "ins": "+"}
    return [signs[p["op"]] + p["html"] + signs[p["op"]] + p.get("why", "") for p in part["pieces"]]


def only_marks(old, new):
    """The marks of the one paragraph that these two became."""
    lines = redline(page(paragraph(old)), page(paragraph(new)))["sections"][0]["lines"]
    assert [line["op"] for line in lines] == ["changed"]
    return marks(lines[0]["parts"][0])


STORY = "We keep what you tell us in writing for as long as the law asks us to keep it."
OTHER = "Our engineers read the logs of the calculator once a week and never sell anything."


class TestWords:
    def test_a_number_is_marked_and_its_surroundings_are_not(self):
        assert only_marks("We answer within 72 hours.", "We answer within 48 hours.") == [
            "We answer within ",
            "-72-",
            "+48+",
            " hours.",
        ]

    def test_a_number_with_its_separators_is_one_word(self):
        assert "-1,000.50-" in only_marks("You owe us 1,000.50 rupees now.", "You owe us 1,100.50 rupees now.")

    def test_an_urdu_sentence_is_marked_by_word_and_keeps_its_punctuation(self):
        found = only_marks("ہم ۷۲ گھنٹوں میں جواب دیتے ہیں۔", "ہم ۴۸ گھنٹوں میں جواب دیتے ہیں۔")
        assert found == ["ہم ", "-۷۲-", "+۴۸+", " گھنٹوں میں جواب دیتے ہیں۔"]

    def test_an_urdu_comma_can_change_alone(self):
        found = only_marks("نام، پتا اور فون نمبر ہمارے پاس ہے۔", "نام اور پتا اور فون نمبر ہمارے پاس ہے۔")
        assert found == ["نام", "-،-", "+ اور+", " پتا اور فون نمبر ہمارے پاس ہے۔"]

    def test_vowel_signs_do_not_cut_a_word_in_two(self):
        found = only_marks("یہ مُحَمَّد کا گھر ہے", "یہ مُحَمُّد کا گھر ہے")
        assert found == ["یہ ", "-مُحَمَّد-", "+مُحَمُّد+", " کا گھر ہے"]

    def test_a_link_that_leads_elsewhere_is_shown_although_its_words_stayed(self):
        old = 'Write to <a href="mailto:dpo@kept.example">our officer</a> today.'
        new = 'Write to <a href="https://evil.example">our officer</a> today.'
        assert only_marks(old, new) == ["Write to ", "-our officer-link", "+our officer+link", " today."]

    def test_bold_that_is_gone_is_shown_as_formatting(self):
        assert only_marks("We <b>never</b> sell it.", "We never sell it.") == [
            "We ",
            "-never-format",
            "+never+format",
            " sell it.",
        ]

    def test_words_beside_a_formatting_change_are_told_from_it(self):
        found = only_marks("We <b>never</b> sell your data.", "We never rent your data.")
        assert "-sell-" in found
        assert "+rent+" in found
        assert not any("your" in piece for piece in found if piece[0] in "+-")

    def test_a_space_alone_can_change(self):
        assert only_marks("one two  three", "one two three") == ["one two", "-  -", "+ +", "three"]

    def test_a_date_is_marked_whole(self):
        found = only_marks("In force from 1 March 2026 until then.", "In force from 22 December 2026 until then.")
        assert found == ["In force from ", "-1 March 2026-", "+22 December 2026+", " until then."]

    def test_an_urdu_date_is_marked_whole(self):
        found = only_marks("یہ ۱ مارچ ۲۰۲۶ سے نافذ ہے۔", "یہ ۲۲ مارچ ۲۰۲۶ سے نافذ ہے۔")
        assert found == ["یہ ", "-۱ مارچ ۲۰۲۶-", "+۲۲ مارچ ۲۰۲۶+", " سے نافذ ہے۔"]

    @pytest.mark.parametrize(("old", "new"), [("30–60", "30–90"), ("https://a.example/v1", "https://a.example/v2")])
    def test_ranges_and_addresses_are_marked_whole(self, old, new):
        assert only_marks(f"See {old} for more.", f"See {new} for more.") == [
            "See ",
            f"-{old}-",
            f"+{new}+",
            " for more.",
        ]

    def test_a_rewritten_sentence_is_no_soup_of_words_that_happen_to_be_in_both(self):
        old = "We answer soon. We may use your data to tailor the offers of our partners. You can object."
        new = "We answer soon. Your data is used only to compute the size of your roof. You can object."
        found = only_marks(old, new)
        assert [piece[0] for piece in found] == ["W", "-", "+", "."]

    def test_words_that_stayed_between_small_changes_are_not_marked(self):
        found = only_marks("We will not sell your data.", "We may not rent your data.")
        assert found == ["We ", "-will-", "+may+", " not ", "-sell-", "+rent+", " your data."]

    def test_a_rewritten_sentence_does_not_swallow_the_next(self):
        found = only_marks("We like cats. Your data is safe here.", "They eat dogs. Your data is safe here.")
        assert found[-1].endswith("Your data is safe here.")

    def test_what_came_at_the_end_came_after_what_stayed(self):
        found = only_marks("We keep logs for 30 days.", "We keep logs for 30 days and backups for 60 days.")
        assert found == ["We keep logs for 30 days", "+ and backups for 60 days+", "."]

    def test_a_line_break_can_be_inserted(self):
        assert only_marks("Street 1 Lahore", "Street 1<br>Lahore") == ["Street 1", "- -", "+<br>+", "Lahore"]

    def test_source_that_pieces_cannot_spell_is_kept_beside_them(self):
        found = redline(page(paragraph("kept <b></b>for now")), page(paragraph("kept <b></b>for ever")))
        part = found["sections"][0]["lines"][0]["parts"][0]
        assert part["old"] == "kept <b></b>for now"

    def test_a_very_long_paragraph_is_compared_by_sentence_and_still_marked_by_word(self):
        sentences = [f"Sentence number {n} says that we keep thing {n}." for n in range(400)]
        changed = [*sentences[:200], "Sentence number 200 says that we drop thing 200.", *sentences[201:]]
        found = only_marks(" ".join(sentences), " ".join(changed))
        assert [piece for piece in found if piece[0] in "+-"] == ["-keep-", "+drop+"]

    def test_a_very_long_sentence_is_replaced_as_a_whole(self):
        found = only_marks("a " * 1500 + "b c", "a " * 1500 + "b d")
        assert len(found) == 2


class TestLines:
    def test_swapped_paragraphs_are_a_move_and_no_change_of_words(self):
        found = redline(page(paragraph(STORY), paragraph(OTHER)), page(paragraph(OTHER), paragraph(STORY)))
        assert sorted(ops(found)) == ["moved", "moved_away", "same"]
        assert counts(found)["words_added"] == counts(found)["words_removed"] == 0

    def test_a_paragraph_that_moved_to_another_section_is_a_move(self):
        old = document(section("one", paragraph("Stays."), paragraph(STORY)), section("two", paragraph("Here.")))
        new = document(section("one", paragraph("Stays.")), section("two", paragraph("Here."), paragraph(STORY)))
        found = redline(old, new)
        assert ops(found, 0) == ["same", "moved_away"]
        assert ops(found, 1) == ["same", "moved"]

    def test_a_paragraph_that_moved_and_was_edited_is_both(self):
        old = document(section("one", paragraph("Stays."), paragraph(STORY)), section("two", paragraph("Here.")))
        edited = STORY.replace("the law", "a court")
        new = document(section("one", paragraph("Stays.")), section("two", paragraph("Here."), paragraph(edited)))
        line = redline(old, new)["sections"][1]["lines"][1]
        assert line["op"] == "moved"
        assert [piece for piece in marks(line["parts"][0]) if piece[0] in "+-"] == ["-the law-", "+a court+"]

    def test_swapped_paragraphs_that_were_edited_are_recognised(self):
        old = page(paragraph(STORY), paragraph(OTHER))
        new = page(paragraph(OTHER.replace("week", "month")), paragraph(STORY.replace("asks", "tells")))
        found = redline(old, new)
        assert sorted(ops(found)) == ["changed", "moved", "moved_away"]
        assert counts(found)["words_added"] == 2

    def test_a_short_line_in_another_section_is_not_taken_for_a_moved_one(self):
        old = document(section("one", paragraph("Yes")), section("two", paragraph(STORY)))
        new = document(section("one"), section("two", paragraph(STORY), paragraph("Yes")))
        assert ops(redline(old, new), 1) == ["same", "added"]

    def test_unlike_paragraphs_at_one_spot_are_removed_and_added_whole(self):
        assert ops(redline(page(paragraph(STORY)), page(paragraph(OTHER)))) == ["removed", "added"]

    def test_an_added_list_item_is_the_only_thing_marked(self):
        found = redline(page(listing("Name", "Phone number")), page(listing("Name", "Address", "Phone number")))
        assert ops(found) == ["same", "added", "same"]

    def test_a_list_turned_into_paragraphs_shows_what_each_line_was(self):
        found = redline(page(listing("Your name", "Your phone")), page(paragraph("Your name"), paragraph("Your phone")))
        lines = found["sections"][0]["lines"]
        assert [(line["op"], line["was"], line["kind"]) for line in lines] == [("changed", "bullet", "paragraph")] * 2

    def test_a_changed_cell_is_marked_inside_its_row(self):
        old = table(["Logs", "30 days"], ["Invoices", "6 years"], head=["What", "How long"])
        new = table(["Logs", "30 days"], ["Invoices", "7 years"], head=["What", "How long"])
        found = redline(page(old), page(new))
        assert ops(found) == ["same", "same", "changed"]
        assert marks(found["sections"][0]["lines"][2]["parts"][1]) == ["-6-", "+7+", " years"]

    def test_a_row_is_known_by_its_first_cell(self):
        found = redline(page(table(["Logs", "a whole month"])), page(table(["Logs", "thirty days or less"])))
        assert ops(found) == ["changed"]

    def test_an_added_column_marks_its_cells_only(self):
        found = redline(page(table(["Logs", "30 days"])), page(table(["Logs", "security", "30 days"])))
        assert found["sections"][0]["lines"][0]["parts"] == ["Logs", {"new": "security"}, "30 days"]

    def test_a_definition_keeps_its_term(self):
        old = {"type": "definitions", "definitions": [{"term": "You", "html": "anybody who reads this"}]}
        new = {"type": "definitions", "definitions": [{"term": "You", "html": "a customer of ours"}]}
        assert redline(page(old), page(new))["sections"][0]["lines"][0]["parts"][0] == "You"

    def test_lists_that_were_joined_are_the_same_lines(self):
        found = redline(page(listing("Name"), listing("Phone")), page(listing("Name", "Phone")))
        assert ops(found) == ["same", "same"]
        assert found["sections"][0]["change"] == "changed"


class TestSections:
    def test_a_moved_section_is_moved_and_not_changed(self):
        one, two, three = (section(name, paragraph(STORY + name)) for name in ("one", "two", "three"))
        found = redline(document(one, two, three), document(three, one, two))
        assert [each["change"] for each in found["sections"]] == ["moved", "unchanged", "unchanged"]

    def test_a_section_can_be_moved_and_changed(self):
        one, two, three = (section(name, paragraph(STORY + name)) for name in ("one", "two", "three"))
        edited = section("three", paragraph(STORY + "four"))
        found = redline(document(one, two, three), document(edited, one, two))
        assert (found["sections"][0]["change"], found["sections"][0]["moved"]) == ("changed", True)

    def test_a_removed_section_stands_where_it_used_to(self):
        one, two, three = (section(name, paragraph(name)) for name in ("one", "two", "three"))
        found = redline(document(one, two, three), document(one, three))
        assert [entry["change"] for entry in contents(found)] == ["unchanged", "removed", "unchanged"]

    def test_a_section_with_a_new_id_is_known_by_its_anchor(self):
        old, new = section("rights", paragraph(STORY)), section("rights", paragraph(STORY))
        new["id"] = "made-again"
        assert redline(document(old), document(new))["sections"][0]["change"] == "unchanged"

    def test_a_changed_heading_is_marked_by_word(self):
        old, new = section("rights", heading="Your rights"), section("rights", heading="Your rights & duties")
        change = redline(document(old), document(new))["sections"][0]
        assert change["heading_pieces"] == [
            {"op": "same", "html": "Your rights"},
            {"op": "ins", "html": " &amp; duties"},
        ]

    def test_other_regimes_are_a_change(self):
        old, new = section("rights", regimes=["gdpr"]), section("rights", regimes=["gdpr", "ccpa"])
        change = redline(document(old), document(new))["sections"][0]
        assert (change["change"], change["was"]) == ("changed", {"regimes": ["gdpr"]})

    def test_a_changed_title_is_marked_by_word(self):
        found = redline(document(title="Privacy policy"), document(title="Privacy notice"))
        assert [piece["op"] for piece in found["title_pieces"]] == ["same", "del", "ins"]

    def test_a_title_that_looks_like_markup_is_only_text(self):
        redline(document(title="<b>A</b> &amp; B"), document(title="<b>A</b> &amp; C"))

    def test_empty_documents_have_an_empty_redline(self):
        assert redline(document(), document())["sections"] == []

    @pytest.mark.parametrize("change", ["added", "removed"])
    def test_everything_can_come_or_go(self, change):
        full, empty = page(paragraph(STORY), listing(), table()), document()
        found = redline(empty, full) if change == "added" else redline(full, empty)
        assert ops(found) == [change]

    def test_identical_documents_have_nothing_marked(self):
        one = document(section("rights", paragraph(STORY), listing("a", "b")), section("more", table(["a"])))
        found = redline(one, deepcopy(one))
        assert {each["change"] for each in found["sections"]} == {"unchanged"}

    def test_what_is_stored_leaves_out_what_nobody_changed(self):
        old = document(section("one", paragraph(STORY)), section("two", paragraph("Before.")))
        new = document(section("one", paragraph(STORY)), section("two", paragraph("After.")))
        assert STORY not in json.dumps(without_unchanged(compare(old, new)))
