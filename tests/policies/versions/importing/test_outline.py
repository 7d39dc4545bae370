from policies.versions.importing import outline


def test_the_outline_shows_what_was_found_and_what_was_doubted(fixture_file):
    imported = fixture_file("capitals.txt")
    assert outline(imported.document, imported.unplaced) == (
        "Cookie Policy\n"
        "\n"
        "  1. WHAT COOKIES ARE  #what-cookies-are\n"
        "     1 paragraph, 17 words\n"
        "  2. COOKIES WE SET  #cookies-we-set\n"
        "     2 list items, 1 paragraph, 23 words\n"
        "         – Strictly Needed\n"
        "         – Counting Visits\n"
        "  3. HOW TO SAY NO  #how-to-say-no\n"
        "     1 paragraph, 12 words\n"
        "\n"
        "3 sections, 52 words\n"
        "\n"
        "2 lines to look at:\n"
        "  line 10: “• ends when you close the window” - A list inside a list: kept as a line of the item above it.\n"
        "  line 11: “• holds no name” - A list inside a list: kept as a line of the item above it."
    )


def test_the_outline_names_regimes_and_the_introduction(fixture_file):
    drawn = outline(fixture_file("dialect.md").document)
    assert "  1. (introduction)  #introduction" in drawn
    assert "California bakers  #california  [ccpa]" in drawn
