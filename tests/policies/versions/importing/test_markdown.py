import pytest

from policies.versions.importing import UnclearPromise, read_policy


def blocks_of(imported, anchor):
    return next(section["blocks"] for section in imported.document["sections"] if section["anchor"] == anchor)


def promise(line):
    return read_policy("notice.md", f"# Notice\n\n{line}\n".encode())


def test_marked_anchors_and_regimes_are_taken_as_they_are(fixture_file):
    sections = fixture_file("dialect.md").document["sections"]
    assert [(section["anchor"], section["regimes"]) for section in sections] == [
        ("introduction", []),
        ("what-we-keep", []),
        ("california", ["ccpa"]),
        ("all", []),
    ]


def test_definitions_and_tables_are_read(fixture_file):
    definitions, table = blocks_of(fixture_file("dialect.md"), "what-we-keep")
    assert definitions["definitions"][1] == {"term": "Letters", "html": "Kept for a month.<br>Then shredded."}
    assert table["head"] == ["Fact", "Why"]


def test_a_promise_shows_its_number_and_keeps_its_sentence(fixture_file):
    assert blocks_of(fixture_file("dialect.md"), "california")[-1] == {
        "type": "promise",
        "kind": "first_reply",
        "amount": 72,
        "unit": "hours",
        "label": "First reply",
        "html": "We answer privacy questions within <b>72 hours</b>.",
        "sentence": "We answer privacy questions within <b>{amount}</b>.",
    }


def test_a_promise_of_one_is_singular():
    imported = promise("::promise{kind=erasure amount=1 unit=business_days} Erased in {amount}.")
    assert imported.document["sections"][0]["blocks"][0]["html"] == "Erased in 1 business day."


def test_the_number_can_be_said_in_another_language():
    text = "::promise{kind=first_reply amount=72 unit=hours} ہم {amount} میں جواب دیتے ہیں۔"
    imported = read_policy("notice.md", text.encode(), amount_words=lambda amount, unit: f"{amount} گھنٹے")
    assert "72 گھنٹے" in imported.document["sections"][0]["blocks"][0]["html"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("::promise{kind=a unit=hours} In {amount}.", "the amount is “”"),
        ("::promise{kind=a amount=0 unit=hours} In {amount}.", "above 0"),
        ("::promise{kind=a amount=soon unit=hours} In {amount}.", "“soon”"),
        ("::promise{kind=a amount=1 unit=moons} In {amount}.", "“moons”"),
        ("::promise{amount=1 unit=hours} In {amount}.", "needs a kind"),
        ("::promise{kind=a amount=1 unit=hours} In an hour.", "must say {amount} once"),
        ("::promise{kind=a amount=1 unit=hours color=red} In {amount}.", "color is not among"),
        ("::promise{kind a} In {amount}.", "“kind a” is not understood"),
        ("::promise{} In {amount}.", "the amount is “”"),
        ("::promise In {amount}.", "write ::promise{"),
        ("- ::promise{kind=a amount=1 unit=hours} In {amount}.", "paragraph of its own"),
    ],
)
def test_an_unclear_promise_is_refused_with_its_line(line, complaint):
    with pytest.raises(UnclearPromise) as refused:
        promise(line)
    assert complaint in str(refused.value)
    assert str(refused.value).startswith("Line 3: ")


def test_raw_html_is_only_text(read):
    imported = read("# Notice\n\n<b>bold</b> & <script>alert(1)</script>", ".md")
    assert imported.document["sections"][0]["blocks"][0]["html"] == (
        "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;"
    )


def test_a_dangerous_link_is_reported_with_the_line_of_its_paragraph(read):
    imported = read("# Notice\n\nOne.\n\nPress [here](javascript:alert(1)).", ".md")
    assert imported.document["sections"][0]["blocks"][1]["html"] == "Press here."
    assert imported.unplaced[0].line_number == 5
