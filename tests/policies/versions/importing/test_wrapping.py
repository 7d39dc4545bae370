"""The same words under other line breaks are the same document."""

import textwrap
from pathlib import Path

import pytest

HILLSIDE = (Path(__file__).parent / "fixtures" / "hillside-seeds.txt").read_text(encoding="utf-8")


def wrapped(line, column=72):
    return textwrap.fill(line, column, break_on_hyphens=False, break_long_words=False)


@pytest.mark.parametrize("column", [50, 60, 72, 80, 99])
def test_wrapped_paragraphs_with_empty_lines_between_make_no_difference(read, column):
    text = "\n\n".join(wrapped(line, column) for line in HILLSIDE.splitlines())
    assert read(text).document == read(HILLSIDE).document


def test_wrapped_paragraphs_without_empty_lines_are_told_apart_too(read):
    text = "\n".join(wrapped(line) for line in HILLSIDE.splitlines())
    assert read(text).document == read(HILLSIDE).document


def test_empty_lines_between_paragraphs_make_no_difference(read):
    assert read(HILLSIDE.replace("\n", "\n\n")).document == read(HILLSIDE).document


def paragraphs(imported):
    return [block.get("html") or block["items"] for block in imported.document["sections"][0]["blocks"]]


def test_a_number_that_falls_to_the_start_of_a_line_begins_no_list(read):
    beginning = "We do not sell our seeds or our seedlings or anything to people under"
    sentence = f"{beginning} 18. Schools may ask a teacher, whom we send everything that the children need."
    assert f"{beginning}\n18." in wrapped(sentence)
    assert paragraphs(read(f"Our Policy\n\n{wrapped(sentence)}\n")) == [sentence]


def test_a_quantity_at_the_start_of_a_line_is_no_number_of_a_section(read):
    assert paragraphs(read("Our Policy\n\n1.5 million people read this.")) == ["1.5 million people read this."]


def test_an_item_goes_on_where_it_is_indented(read):
    assert paragraphs(read("Our Policy\n\n- one thing\n  and more of it\n- another\n")) == [
        ["one thing and more of it", "another"]
    ]


def test_short_lines_are_not_joined(read):
    assert paragraphs(read("Our Policy\n\nWe answer.\nWe listen.\n")) == ["We answer.", "We listen."]
