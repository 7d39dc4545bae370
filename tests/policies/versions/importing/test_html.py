import nh3
import pytest

from policies.versions.document import inline_pieces
from policies.versions.importing import UnreadableFile, read_policy


def blocks_of(imported, at=0):
    return imported.document["sections"][at]["blocks"]


def test_a_page_is_read_in_order_with_its_chrome_left_out(fixture_file, shape_of):
    imported = fixture_file("page.html")
    assert imported.document["title"] == "Privacy Notice"
    assert shape_of(imported.document) == ["", "What we collect", "  Details", "European Union rights"]


def test_text_outside_any_element_is_a_paragraph(fixture_file):
    assert [block["html"] for block in blocks_of(fixture_file("page.html"))] == [
        "Loose text comes first.",
        "We &amp; our <b>partners</b> say <i>little</i>.<br>And mean it.",
        "An unclosed paragraph follows.",
    ]


def test_lists_definitions_and_tables_keep_their_shape(fixture_file):
    blocks = blocks_of(fixture_file("page.html"), 1)
    assert [block["type"] for block in blocks] == [
        *("paragraph", "list", "paragraph", "subheading", "definitions", "paragraph", "table"),
    ]
    assert blocks[1]["items"] == ["Name", "Address<br>Street<br>Town"]
    assert blocks[4]["definitions"][1] == {"term": "Letters", "html": "Kept for a month"}
    assert blocks[6]["head"] == ["Fact", "Why"]
    assert blocks[6]["rows"] == [["<b>Name</b>", "To call you"], ["Phone", ""]]


def test_dangerous_links_are_dropped_to_their_text(fixture_file):
    assert blocks_of(fixture_file("page.html"), 2)[0]["html"] == (
        'You may object, <a href="/form?a=1&amp;b=2">ask</a> or <a href="mailto:a@b.example">write</a>.'
    )


@pytest.mark.parametrize("address", ["java&#10;script:alert(1)", " JAVASCRIPT:x", "data:text/html,x", "vbscript:x"])
def test_a_link_in_disguise_is_dropped_too(read, address):
    imported = read(f'<p>Press <a href="{address}">here</a>.</p>', ".html")
    assert blocks_of(imported)[0]["html"] == "Press here."
    assert "not one to follow" in imported.unplaced[0].why


def test_what_is_left_out_is_said_line_by_line(fixture_file):
    assert [(doubt.line_number, doubt.text) for doubt in fixture_file("page.html").unplaced] == [
        (4, "Shop"),
        (14, "Street Town"),
        (20, "Our shop on a map"),
        (22, "javascript:alert(1)"),
        (28, "Copyright by the shop"),
    ]


def test_the_id_of_a_heading_stays_its_anchor(fixture_file):
    assert fixture_file("page.html").document["sections"][1]["anchor"] == "collect"


def test_a_page_that_uses_one_level_for_all_is_shifted(read, shape_of):
    sections = "<h1>Who we are</h1><p>A shop.</p><h2>Where</h2><p>Here.</p><h1>What we do</h1><p>Sell.</p>"
    imported = read(f"<title>Notice</title>{sections}", ".html")
    assert imported.document["title"] == "Notice"
    assert shape_of(imported.document) == ["Who we are", "  Where", "What we do"]


def test_two_sections_of_the_same_name_get_two_anchors(read):
    sections = read("<h2>Data</h2><p>a</p><h2>Data</h2><p>b</p>", ".html").document["sections"]
    assert [section["anchor"] for section in sections] == ["data", "data-2"]
    assert sections[0]["id"] != sections[1]["id"]


def test_a_headed_introduction_is_not_the_unheaded_one(read):
    sections = read("<p>Hello.</p><h2>Introduction</h2><p>b</p>", ".html").document["sections"]
    assert [section["anchor"] for section in sections] == ["introduction", "introduction-2"]


def test_a_place_data_goes_to_is_not_a_regime(read):
    [section] = read("<h2>Transfers outside the EEA</h2><p>None.</p>", ".html").document["sections"]
    assert section["regimes"] == []


def test_british_law_is_its_own_regime(read):
    [section] = read("<h2>UK GDPR</h2><p>Applies.</p>", ".html").document["sections"]
    assert section["regimes"] == ["uk-gdpr"]


def test_a_regime_named_by_a_sub_heading_is_pointed_out(read):
    imported = read("<h2>Your rights</h2><p>Many.</p><h3>Californians: CCPA</h3><p>More.</p>", ".html")
    assert "only whole sections" in imported.unplaced[0].why


def test_merged_cells_are_pointed_out(read):
    imported = read("<table><tr><td colspan=2>One</td></tr><tr><td>Two</td><td>Three</td></tr></table>", ".html")
    assert blocks_of(imported)[0]["rows"] == [["One", ""], ["Two", "Three"]]
    assert "merged" in imported.unplaced[0].why


def test_inline_html_passes_the_sanitizer_unchanged(fixture_file):
    for section in fixture_file("page.html").document["sections"]:
        for block in section["blocks"]:
            for piece in inline_pieces(block):
                cleaned = nh3.clean(piece, tags={"b", "i", "a", "br"}, attributes={"a": {"href"}}, link_rel=None)
                assert cleaned == piece


def test_elements_without_end_tags_are_read_as_browsers_read_them(read):
    page = "<p>One<p>Two<ul><li>Three<ul><li>Four</ul><li>Five</ul><dl><dt>Six<dd>Seven<dt>Eight<dd>Nine</dl>"
    table = "<table><tr><td>Ten<td>Eleven<tr><td>Twelve<td>Thirteen</table>"
    one, two, items, terms, cells = blocks_of(read(page + table, ".html"))
    assert (one["html"], two["html"]) == ("One", "Two")
    assert items["items"] == ["Three<br>Four", "Five"]
    assert [definition["html"] for definition in terms["definitions"]] == ["Seven", "Nine"]
    assert cells["rows"] == [["Ten", "Eleven"], ["Twelve", "Thirteen"]]


def test_a_thousand_open_paragraphs_are_no_reason_to_refuse(read):
    assert len(blocks_of(read("<p>More." * 1000, ".html"))) == 1000


def test_a_page_nested_without_end_is_refused():
    with pytest.raises(UnreadableFile, match="too deeply"):
        read_policy("policy.html", b"<div>" * 20_000 + b"text")
