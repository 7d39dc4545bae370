"""The redline as a visitor sees it on a page, and a subscriber in a letter."""

from policies.versions.redline import Labels, compare
from policies.versions.redline.plain import text
from policies.versions.redline.render import beside, mail, web

STORY = "We keep what you tell us in writing for as long as the law asks us to keep it."


def section(name, *blocks, heading=None, regimes=()):
    heading = name.title() if heading is None else heading
    return {"id": name, "anchor": name, "heading": heading, "regimes": list(regimes), "blocks": list(blocks)}


def document(*sections):
    return {"title": "Privacy policy", "sections": list(sections)}


def paragraph(html):
    return {"type": "paragraph", "html": html}


def listing(*items):
    return {"type": "list", "ordered": False, "items": list(items)}


def numbering(*items):
    return {**listing(*items), "ordered": True}


def shown(old, new, form=web, labels=None):
    return form(compare(document(*old), document(*new)), labels or Labels())


def both(old, new, form=web):
    """One section before and after."""
    return shown([section("rights", *old)], [section("rights", *new)], form)


class TestPage:
    def test_marks_are_said_aloud_as_well_as_shown(self):
        html = both([paragraph("Within 72 hours.")], [paragraph("Within 48 hours.")])
        assert '<ins><span class="visually-hidden">added: </span>48</ins> hours.' in html
        assert '<del><span class="visually-hidden">removed: </span>72</del>' in html

    def test_labels_are_the_readers_words_and_are_escaped(self):
        old, new = [section("rights", paragraph("Old"))], [section("rights", paragraph("Old one"))]
        html = shown(old, new, labels=Labels(added="شامل <b>: "))
        assert '<span class="visually-hidden">شامل &lt;b&gt;: </span>' in html

    def test_a_section_says_what_happened_to_it(self):
        html = shown([section("rights", paragraph("a"))], [])
        assert 'id="rights" data-change="removed"' in html
        assert "redline__section--removed" in html
        assert '<span class="redline__badge redline__badge--removed">Removed</span>' in html

    def test_a_moved_and_edited_section_has_both_badges(self):
        old = [section(name, paragraph(name)) for name in ("one", "two", "three")]
        html = shown(old, [section("three", paragraph("three more")), *old[:2]])
        assert "redline__badge--changed" in html
        assert "redline__badge--moved" in html

    def test_unchanged_sections_wait_behind_a_summary(self):
        same = [section("one", paragraph("a")), section("two", paragraph("b"))]
        html = shown([*same, section("three")], same)
        assert '<details class="redline__unchanged"><summary>Unchanged (2)</summary><section' in html

    def test_a_changed_link_says_where_it_led_and_leads(self):
        html = both([paragraph('<a href="/old/">Ask us</a>')], [paragraph('<a href="/new/">Ask us</a>')])
        target = '<span class="redline__target" dir="ltr">({})</span>'
        before, now = (
            '<span class="visually-hidden">link before: </span>',
            '<span class="visually-hidden">link now: </span>',
        )
        assert f'<a href="/old/"><del>{before}Ask us {target.format("/old/")}</del></a>' in html
        assert f'<a href="/new/"><ins>{now}Ask us {target.format("/new/")}</ins></a>' in html

    def test_a_word_changed_inside_a_link_leaves_the_link_whole(self):
        html = both([paragraph('<a href="/x/">Ask us now</a>')], [paragraph('<a href="/x/">Ask him now</a>')])
        assert html.count("<a ") == 1

    def test_lost_bold_is_called_formatting(self):
        html = both([paragraph("We <b>never</b> sell.")], [paragraph("We never sell.")])
        assert '<b><del class="redline__format">' in html
        assert 'formatting now: </span>never<span class="redline__note"> (formatting)</span></ins> sell.' in html

    def test_a_list_stays_one_list_around_what_came_and_went(self):
        html = both([listing("Name", "Phone", "Fax")], [listing("Name", "Mobile number", "Address", "Fax")])
        assert html.count("<ul>") == html.count("</ul>") == 1
        assert html.count("<li") == 5

    def test_two_lists_stay_two(self):
        html = both([listing("a"), listing("b")], [listing("a"), listing("b", "c")])
        assert html.count("<ul>") == 2

    def test_a_table_has_header_cells_and_marks_inside_cells(self):
        old = {"type": "table", "head": ["What", "Kept"], "rows": [["Logs", "30 days"]]}
        html = both([old], [{**old, "rows": [["Logs", "60 days"]]}])
        assert '<table><tr><th scope="col">What</th>' in html
        assert "<td>Logs</td><td><del>" in html

    def test_both_ends_of_a_move_are_linked(self):
        old = [section("one", paragraph("Stays."), paragraph(STORY)), section("two", paragraph("Here."))]
        new = [section("one", paragraph("Stays.")), section("two", paragraph("Here."), paragraph(STORY))]
        html = shown(old, new)
        assert '<a href="#redline-move-1-from">Moved here from “One”: </a>' in html
        assert '<a href="#redline-move-1">Moved to “Two”: </a>We keep what you tell us in writing …' in html
        assert 'id="redline-move-1"' in html
        assert 'id="redline-move-1-from"' in html

    def test_a_list_item_that_became_a_paragraph_says_so(self):
        html = both([listing("Your name and address")], [paragraph("Your name and address")])
        assert '<span class="redline__note">(list item became paragraph) </span>Your name and address' in html

    def test_other_regimes_are_noted_by_name(self):
        old, new = [section("rights")], [section("rights", regimes=["gdpr"])]
        html = shown(old, new, labels=Labels(regime_names={"gdpr": "GDPR"}))
        assert "Applies under: <del>" in html
        assert "GDPR</ins>" in html

    def test_a_change_without_a_word_changed_is_called_layout(self):
        assert "Only the layout changed." in both([listing("a"), listing("b")], [listing("a", "b")])

    def test_a_heading_is_text_and_never_markup(self):
        html = shown([section("a", heading="A <b> & c")], [section("a", heading="A <b> & d")])
        assert "A &lt;b&gt; &amp; <del>" in html

    def test_the_section_without_heading_is_called_introduction(self):
        html = shown([section("introduction", heading="")], [])
        assert "Introduction</del>" in html

    def test_an_added_sentence_is_marked_from_its_first_word(self):
        html = both([paragraph("We ask. We go.")], [paragraph("We ask. We wait. We go.")])
        assert "added: </span>We wait.</ins> We go." in html

    def test_a_removed_sentence_at_the_end_is_marked_from_its_first_word(self):
        html = both([paragraph("We ask. We go. We rest. We go.")], [paragraph("We ask. We go.")])
        assert "We ask. We go. <del>" in html

    def test_nothing_changed_shows_nothing_marked(self):
        one = [section("rights", paragraph(STORY))]
        html = shown(one, one)
        assert "<ins" not in html
        assert "<del" not in html

    def test_space_alone_is_layout_and_not_marked(self):
        html = both([paragraph("We keep  your name.")], [paragraph("We keep your name.")])
        assert "Only the layout changed." in html
        assert "<ins" not in html
        assert '<p class="redline__line--changed">We keep your name.</p>' in html

    def test_an_added_comma_stands_at_its_word_and_the_space_behind_it_outside(self):
        html = both([paragraph("Your name, address and age")], [paragraph("Your name, address, and age")])
        assert 'address<ins><span class="visually-hidden">added: </span>,</ins> and' in html

    def test_old_and_new_words_never_run_together_where_nothing_is_styled(self):
        assert "72</del> <ins>" in both([paragraph("In 72 hours.")], [paragraph("In 48 hours.")])

    def test_a_sentence_that_went_to_another_paragraph_is_called_moved_at_both_ends(self):
        sentence = "We erase it all when you ask."
        old = [paragraph(f"We know your name. {sentence}"), paragraph("You may ask us at any time.")]
        new = [paragraph("We know your name."), paragraph(f"You may ask us at any time. {sentence}")]
        html = both(old, new)
        note = '<span class="redline__note">{}</span>'
        assert f'<del class="redline__shifted">{note.format("moved away: ")}{sentence}</del>' in html
        assert f'<ins class="redline__shifted">{note.format("moved here: ")}{sentence}</ins>' in html

    def test_numbered_items_keep_the_number_they_have_now_and_removed_ones_the_one_they_had(self):
        one, two, three = "Your name", "Your phone", "Your address"
        html = both([numbering(one, two, three)], [numbering(one, three)])
        assert f'<li value="1">{one}</li><li class="redline__line--removed" value="2">' in html
        assert f'<li value="2">{three}</li>' in html

    def test_of_the_regimes_only_those_that_came_are_marked(self):
        html = shown([section("rights", regimes=["gdpr"])], [section("rights", regimes=["gdpr", "ccpa"])])
        assert 'Applies under: gdpr<ins><span class="visually-hidden">added: </span>, ccpa</ins>' in html


class TestSideBySide:
    def test_the_older_side_has_only_what_went_and_the_newer_only_what_came(self):
        html = both([paragraph("Within 72 hours.")], [paragraph("Within 48 hours.")], beside)
        old, new = html.split('<div class="redline__side redline__side--new">')
        assert "72</del> hours." in old
        assert "<ins" not in old
        assert "48</ins> hours." in new
        assert "<del" not in new

    def test_each_side_of_a_change_says_which_it_is(self):
        html = both([paragraph("Within 72 hours.")], [paragraph("Within 48 hours.")], beside)
        assert '<span class="redline__when">before: </span><p' in html
        assert '<span class="redline__when">now: </span><p' in html

    def test_what_did_not_change_is_met_once_by_those_who_listen(self):
        html = both([paragraph(STORY), paragraph("Within 72 hours.")], [paragraph(STORY)], beside)
        assert f'<div class="redline__side redline__side--old" inert><p>{STORY}</p></div>' in html
        assert f'<div class="redline__side redline__side--new"><p>{STORY}</p></div>' in html

    def test_a_removed_paragraph_stands_beside_the_one_that_took_its_place(self):
        html = both([paragraph(STORY)], [paragraph("Something else altogether.")], beside)
        assert html.count("redline__pair") == 1
        assert "there)" not in html

    def test_where_nothing_stands_it_says_so(self):
        assert "(not there yet)" in both([], [paragraph(STORY)], beside)
        assert "(no longer there)" in both([paragraph(STORY)], [], beside)

    def test_a_moved_line_stands_whole_at_both_places_with_a_link_to_the_other(self):
        html = both(
            [paragraph(STORY), paragraph("A new line here.")], [paragraph("A new line here."), paragraph(STORY)], beside
        )
        assert html.count("A new line here.") == 2
        assert '<a href="#redline-move-1-from">Moved here within this section: </a>' in html
        assert '<a href="#redline-move-1">Moved elsewhere in this section: </a>' in html

    def test_a_list_stays_whole_with_a_gap_where_the_other_side_has_an_item(self):
        html = both([listing("Name", "Fax")], [listing("Name", "Phone", "Fax")], beside)
        assert html.count("<ul>") == 2
        gap = '<li class="redline__filler" aria-hidden="true"></li>'
        assert f"<ul><li>Name</li>{gap}<li>Fax</li></ul>" in html

    def test_a_list_that_became_paragraphs_is_a_list_on_one_side_only(self):
        html = both([listing("Your name and address")], [paragraph("Your name and address")], beside)
        assert '<ul><li class="redline__line--changed">Your name and address</li></ul>' in html
        assert "(list item became paragraph)" in html

    def test_an_added_column_is_missing_on_the_older_side(self):
        old = {"type": "table", "head": ["What"], "rows": [["Logs"]]}
        html = both([old], [{**old, "head": ["What", "Why"], "rows": [["Logs", "Security"]]}], beside)
        assert '<tr class="redline__line--changed"><td>Logs</td></tr></table>' in html
        assert html.count("Security") == 1

    def test_long_unchanged_runs_are_unfolded_once_and_under_their_headings(self):
        heading = {"type": "subheading", "level": 3, "html": "How long"}
        same = [paragraph("One."), heading, *TestLetter.LONG]
        html = both([*same, paragraph("In 72 hours.")], [*same, paragraph("In 48 hours.")], beside)
        assert html.count("Paragraph 3") == 1
        assert "<summary>Unchanged (8)</summary><p>Paragraph 0" in html
        assert "<p>One.</p>" in html
        assert html.count("<h3>How long</h3>") == 2

    def test_space_that_went_still_parts_the_words_of_its_side(self):
        html = both([paragraph("Your name and age")], [paragraph("Your name, and age")], beside)
        assert '<p class="redline__line--changed">Your name and age</p>' in html

    def test_an_unchanged_section_is_folded_and_shown_once(self):
        same = section("one", paragraph(STORY))
        html = shown([same, section("two")], [same], beside)
        assert html.count(STORY) == 1
        assert "<summary>Unchanged (1)</summary>" in html


class TestLetter:
    LONG = [paragraph(f"Paragraph {number} stays as it is.") for number in range(9)]

    def test_a_mail_leaves_out_what_nobody_changed(self):
        same = section("same", paragraph("Nobody touched this."))
        assert "Nobody touched" not in shown([same, section("rights")], [same], mail)

    def test_a_mail_folds_long_unchanged_runs_to_what_stands_next_to_a_change(self):
        html = both(
            [paragraph("We answer in 72 hours."), *self.LONG], [paragraph("We answer in 48 hours."), *self.LONG], mail
        )
        assert "Paragraph 0" in html
        assert "Paragraph 1" not in html
        assert html.count("redline__folded") == 1

    def test_a_fold_in_a_list_is_an_item_of_it(self):
        items = [f"Item {number}" for number in range(9)]
        html = both([listing(*items)], [listing(*items, "A new one")], mail)
        assert '<ul><li class="redline__folded">…</li><li>Item 8</li>' in html

    def test_a_mail_has_no_ids_and_no_links_to_itself(self):
        html = both(
            [paragraph(STORY), paragraph("A new line here.")], [paragraph("A new line here."), paragraph(STORY)], mail
        )
        assert "id=" not in html
        assert 'href="#' not in html

    def test_plain_text_puts_brackets_around_changes(self):
        said = both([paragraph("Within 72 hours &amp; no more.")], [paragraph("Within 48 hours &amp; no more.")], text)
        assert said == "Rights (Changed)\n----------------\n\nWithin [-72-] {+48+} hours & no more."

    def test_plain_text_keeps_lists_and_tables_together(self):
        rows = {"type": "table", "head": ["What", "Kept"], "rows": [["Logs", "30 days"]]}
        said = both([listing("Name"), rows], [listing("Name", "Phone"), rows], text)
        assert said.endswith("- Name\n- {+Phone+}\n\nWhat | Kept\nLogs | 30 days")

    def test_plain_text_tells_where_a_changed_link_leads(self):
        said = both([paragraph('<a href="/a?x=1&amp;y=2">Ask</a> us')], [paragraph('<a href="/b">Ask</a> us')], text)
        assert said.endswith("[-Ask (/a?x=1&y=2)-] {+Ask (/b)+} us")

    def test_plain_text_tells_what_moved(self):
        said = both(
            [paragraph(STORY), paragraph("A new line here.")], [paragraph("A new line here."), paragraph(STORY)], text
        )
        assert "Moved here within this section: A new line here.\n" in said
        assert "(Moved elsewhere in this section: A new line here.)" in said

    def test_plain_text_tells_both_things_that_happened_to_a_section(self):
        old = [section(name, paragraph(name)) for name in ("one", "two", "three")]
        said = shown(old, [section("three", paragraph("three more")), *old[:2]], text)
        assert said.startswith("Three (Changed, Moved)")
