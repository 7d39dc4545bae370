"""Whatever two documents are compared, nothing is lost, and what is shown is valid and true."""

import json
import re
from copy import deepcopy
from html import escape, unescape
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.versions.document import inline_pieces
from policies.versions.redline import (
    Labels,
    changed_figures,
    compare,
    counts,
    new_of,
    old_of,
    with_unchanged,
    without_unchanged,
)
from policies.versions.redline.plain import text
from policies.versions.redline.render import beside, mail, web

SAID = (
    "we keep your data for 72 48 hours days, until 1,000 Rs. 1 March 2026 May 5, https://a.example/b. 30–60 "
    "ہم ۷۲ گھنٹوں، میں۔ گاہک\u200cہیں اُن ان «چھت» 22 دسمبر 2026 né e-mail & < é 👩\u200d🔧"
)
ODD = ["\u202e\u2067x\u2069", "\u200f", "\x07", "a\u00a0b", "\ufeff", "\u0650", "&"]
"""Characters that turn writing around, join and part letters, or should not be there at all."""

WORDS = st.sampled_from(SAID.split(" ") + ODD)
SENTENCES = st.lists(WORDS, max_size=7).map(" ".join).map(lambda said: escape(said, quote=False))
TAGS = st.sampled_from(["b", "i", 'a href="/rights/"', 'a href="https://a.example/?x=1&amp;y=2"'])


def in_tag(tag, inside):
    return f"<{tag}>{inside}</{tag[0]}>"


INLINE = st.recursive(
    SENTENCES | st.just("<br>"),
    lambda inner: (
        st.lists(inner, max_size=3).map(" ".join)
        | st.lists(inner, max_size=3).map("".join)
        | st.builds(in_tag, TAGS, inner)
    ),
    max_leaves=6,
)
"""Closed inline HTML, with tags in tags, empty tags and odd spaces."""

ANYTHING = st.text(alphabet="ab<>/&; \n\u00a0ی۔", max_size=12) | st.sampled_from(["<b>", "</b>", "<br/>", "<b", "&amp"])
"""What a document should never hold; the redline must still not lose it."""


def blocks(inline):
    rows = st.lists(st.lists(inline, max_size=3), max_size=3)
    terms = st.lists(st.fixed_dictionaries({"term": inline, "html": inline}), max_size=3)
    promise = {
        "type": st.just("promise"),
        "html": inline,
        "kind": st.sampled_from(["first_reply", "erasure"]),
        "amount": st.integers(1, 99),
        "unit": st.sampled_from(["hours", "days"]),
    }
    return st.one_of(
        st.fixed_dictionaries({"type": st.just("paragraph"), "html": inline}),
        st.fixed_dictionaries({"type": st.just("subheading"), "level": st.sampled_from([3, 4]), "html": inline}),
        st.fixed_dictionaries(
            {"type": st.just("list"), "ordered": st.booleans(), "items": st.lists(inline, max_size=4)}
        ),
        st.fixed_dictionaries({"type": st.just("definitions"), "definitions": terms}),
        st.fixed_dictionaries(
            {"type": st.just("table"), "rows": rows}, optional={"head": st.lists(inline, max_size=3)}
        ),
        st.fixed_dictionaries(promise, optional={"label": inline}),
    )


def documents(inline):
    names = st.sampled_from(["rights", "cookies", "retention", "contact", "logs"])
    section = st.fixed_dictionaries(
        {
            "id": names,
            "anchor": names,
            "heading": st.sampled_from(["Your rights", "Your <rights> & duties", "", "Cookies"]),
            "regimes": st.lists(st.sampled_from(["gdpr", "ccpa"]), unique=True),
            "blocks": st.lists(blocks(inline), max_size=3),
        }
    )
    title = st.sampled_from(["Privacy policy", "Privacy <b>notice</b> &amp;"])
    return st.fixed_dictionaries({"title": title, "sections": st.lists(section, max_size=4)})


@st.composite
def versions(draw, inline):
    """Two documents that have much in common, as two versions do."""
    old = draw(documents(inline))
    new = deepcopy(old)
    pool = [block for section in new["sections"] for block in section["blocks"]]
    for section in new["sections"]:
        kept = draw(st.lists(st.sampled_from(pool), max_size=5)) if pool and draw(st.booleans()) else section["blocks"]
        section["blocks"] = [draw(blocks(inline)) if draw(st.integers(0, 4)) == 0 else block for block in kept]
    new["sections"] = draw(st.permutations(new["sections"]))
    return old, new


PAIRS = st.one_of(
    versions(INLINE),
    st.tuples(documents(INLINE), documents(INLINE)),
    st.tuples(documents(ANYTHING), documents(ANYTHING)),
)
CLOSED_PAIRS = versions(INLINE) | st.tuples(documents(INLINE), documents(INLINE))
thoroughly = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(PAIRS)
@thoroughly
def test_both_documents_come_out_of_the_redline_as_they_went_in(pair):
    old, new = pair
    before = deepcopy(pair)
    redline = json.loads(json.dumps(compare(old, new)))
    assert old_of(redline) == old
    assert new_of(redline) == new
    assert (old, new) == before


@given(PAIRS)
@thoroughly
def test_a_redline_stored_without_unchanged_text_is_made_whole_by_the_new_document(pair):
    redline = compare(*pair)
    assert with_unchanged(without_unchanged(redline), pair[1]) == redline


@given(documents(INLINE | ANYTHING))
@thoroughly
def test_a_document_compared_with_itself_has_nothing_marked(one):
    unique = {section["id"]: {**section, "anchor": section["id"]} for section in one["sections"]}
    one = {**one, "sections": list(unique.values())}
    redline = compare(one, deepcopy(one))
    assert not any(value for key, value in counts(redline).items() if key != "unchanged")
    assert changed_figures(redline) == []
    assert "<ins" not in web(redline, Labels())
    assert text(redline, Labels()) == ""


class Reader(HTMLParser):
    """Reads one side of a page, section by section, and insists that every tag is closed in order."""

    APART = {"visually-hidden", "redline__badge", "redline__note", "redline__target", "redline__columns"}
    APART |= {"redline__when", "redline__folded"}
    LINES = {"p", "li", "td", "th", "dt", "dd", "h2", "h3", "h4"}

    def __init__(self, *, without):
        super().__init__()
        self.open, self.sections = [], []
        other = {"del": "redline__side--old", "ins": "redline__side--new"}[without]
        self.without, self.apart = without, self.APART | {other}

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            return
        if tag == "section":
            self.sections.append("")
        marks = {"ins", "del"} & {name for name, _ in self.open}
        assert not marks or tag not in self.LINES | {"ins", "del"}
        strange = {"ins": "redline__side--old", "del": "redline__side--new"}.get(tag)
        assert not any(strange in names for _, names in self.open)
        self.open.append((tag, set((dict(attrs).get("class") or "").split())))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        is_apart = any(tag in (self.without, "summary") or names & self.apart for tag, names in self.open)
        if self.sections and not is_apart:
            self.sections[-1] += "".join(data.split())


def read(html, *, without):
    """The words of each section; words alone, as space of both sides stands around the marks."""
    reader = Reader(without=without)
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.sections


def written(document):
    said = ""
    for section in document["sections"]:
        said += section["heading"]
        for block in section["blocks"]:
            said += "".join(unescape(re.sub(r"</?[abi][^<>]*>|<br>", "", html)) for html in inline_pieces(block))
    return "".join(said.split())


def with_every_heading(pair):
    """The section without one is given a heading when shown."""
    for section in (*pair[0]["sections"], *pair[1]["sections"]):
        section["heading"] = section["heading"] or Labels().introduction
    return pair


@given(CLOSED_PAIRS)
@thoroughly
def test_a_page_without_what_was_deleted_reads_as_the_new_document(pair):
    old, new = with_every_heading(pair)
    assert "".join(read(web(compare(old, new), Labels()), without="del")) == written(new)


@given(CLOSED_PAIRS)
@thoroughly
def test_a_page_without_what_was_inserted_has_the_old_words_if_what_moved_is_put_back(pair):
    old, new = with_every_heading(pair)
    assert sorted("".join(read(web(compare(old, new), Labels()), without="ins"))) == sorted(written(old))


@given(CLOSED_PAIRS)
@thoroughly
def test_each_column_reads_as_its_document_to_the_letter(pair):
    old, new = with_every_heading(pair)
    redline = compare(old, new)
    html = beside(redline, Labels())
    for side, without, document in (("old", "ins", old), ("new", "del", new)):
        sections = zip(redline["sections"], read(html, without=without), strict=True)
        said = {change[side]: text for change, text in sections if change[side] is not None}
        assert "".join(said[at] for at in sorted(said)) == written(document)


@given(CLOSED_PAIRS)
@thoroughly
def test_letters_are_well_formed_and_figures_are_found_in_anything(pair):
    redline = compare(*pair)
    read(mail(redline, Labels()), without="del")
    assert isinstance(text(redline, Labels()), str)
    assert all(figure["old"] != figure["new"] for figure in changed_figures(redline))
