"""Whatever the text, every word of it lands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.versions.importing import lost_text, read_policy

WORDS = st.sampled_from(
    [
        "we",
        "keep",
        "share",
        "Data",
        "orders",
        "30",
        "days",
        "(often)",
        "&",
        "<b>",
        "Your",
        "rights,",
        "law;",
        "GDPR",
        "’",
    ]
)
PLAIN = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
SENTENCE = PLAIN.map(lambda text: f"{text.capitalize()}.")
HEADING = st.lists(st.sampled_from(["Data", "Rights", "Security", "Sharing", "Cookies"]), min_size=1, max_size=3).map(
    " ".join
)
NAMED = st.builds("{}: {}".format, HEADING, PLAIN)
MARKED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "    "]),
    st.sampled_from(["- ", "* ", "• ", "1. ", "2. ", "3) ", "1.1 ", "a) ", "IV. ", "Section 2: "]),
    PLAIN,
)
LINE = st.one_of(
    SENTENCE, HEADING, NAMED, MARKED, PLAIN, st.sampled_from(["", "", "-----", "NOTE: x", "YOUR RIGHTS", "We:"])
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200)


def assert_lossless(name, text):
    imported = read_policy(name, text.encode())
    assert lost_text(imported.visible_text, imported.document, file_title=imported.file_title) == []


@settings(deadline=None)
@given(st.lists(LINE, max_size=25))
def test_every_word_of_a_text_lands(lines):
    assert_lossless("policy.txt", "\n".join(["A Policy", "We begin with a sentence.", *lines]))


@settings(deadline=None)
@given(ANYTHING)
def test_no_text_is_too_odd_to_land(text):
    assert_lossless("policy.txt", f"A Policy\nWe begin with a sentence.\n{text}")


INLINE = st.recursive(
    PLAIN.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        "<{0}>{1}</{0}> {2}".format, st.sampled_from(["b", "em", "span", "u", "code", "p", "div"]), inner, inner
    ),
    max_leaves=4,
)
CHILDREN = st.lists(INLINE, min_size=1, max_size=3)


def element(name, child=None):
    inner = CHILDREN.map(lambda texts: "".join(f"<{child}>{text}</{child}>" if child else text for text in texts))
    return inner.map(lambda html: f"<{name}>{html}</{name}>")


BLOCK = st.one_of(
    INLINE,
    *(element(name) for name in ("p", "h2", "h3", "div", "blockquote", "pre", "unknown")),
    *(
        element(*pair)
        for pair in (("ul", "li"), ("ol", "li"), ("dl", "dt"), ("dl", "dd"), ("table", "tr"), ("tr", "td"))
    ),
    CHILDREN.map(lambda cells: f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"),
)


@settings(deadline=None)
@given(st.lists(BLOCK, max_size=8))
def test_every_word_of_a_page_lands(blocks):
    assert_lossless("policy.html", f"<h1>A Policy</h1><p>Hello.</p>{''.join(blocks)}")


@settings(deadline=None)
@given(ANYTHING)
def test_no_page_is_too_odd_to_land(text):
    assert_lossless("policy.html", f"<h1>A Policy</h1><p>Hello.</p>{text}")


@settings(deadline=None)
@given(st.lists(LINE, max_size=15))
def test_every_word_of_a_markdown_file_lands(lines):
    assert_lossless("policy.md", "\n".join(["# A Policy", "", "Hello.", "", *lines]))
