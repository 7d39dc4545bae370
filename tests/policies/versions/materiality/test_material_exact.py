"""Whatever two documents are compared, the assistant answers, and typing errors never ring a bell."""

from copy import deepcopy

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policies.versions.materiality import Topic, suggestions
from policies.versions.materiality.letters import words_of
from policies.versions.materiality.spelling import _stands_for_itself
from policies.versions.materiality.weight import WEIGHTY
from tests.wording import document, promise, section

SCRAPS = st.text(alphabet="ab1<>/&; \n۔.یX@", max_size=20) | st.sampled_from(
    [
        "We share it with <b>Ltd</b>.",
        "7 years",
        "by using",
        "صرف",
        "نہیں۔",
        "<a href='#'>x</a>",
        "&amp",
        "<br>",
        "[",
        "GmbH",
    ]
)
BLOCKS = st.one_of(
    SCRAPS,
    st.lists(SCRAPS, max_size=3),
    st.builds(promise, SCRAPS, st.sampled_from(["access", "erasure", "odd"]), st.integers(0, 99), st.just("days")),
    st.builds(
        lambda term, html: {"type": "definitions", "definitions": [{"term": term, "html": html}]}, SCRAPS, SCRAPS
    ),
    st.builds(lambda row: {"type": "table", "head": [], "rows": [row]}, st.lists(SCRAPS, max_size=3)),
)
SECTIONS = st.builds(
    lambda heading, blocks, regimes: section(heading, *blocks, regimes=tuple(regimes)),
    st.sampled_from(["Your rights", "Sharing", "", "حقوق", "Cookies [insert]"]),
    st.lists(BLOCKS, max_size=3),
    st.lists(st.sampled_from(["gdpr", "mars"]), unique=True),
)
DOCUMENTS = st.lists(SECTIONS, max_size=3).map(lambda parts: document(*parts))
thoroughly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

POLICY = document(
    section("What we gather", "Your postal address brings the lamp to the right door.", ["telephone number"]),
    section("Who receives data", "Couriers receive the address. Nobody else ever receives anything."),
    section("Your rights", "You can request copies whenever that seems useful.", "ہم آپ کی درخواست کا جواب دیتے ہیں۔"),
)


@given(DOCUMENTS, DOCUMENTS, st.dictionaries(st.sampled_from(["your-rights", "sharing"]), st.just([*Topic.values][:2])))
@thoroughly
def test_any_two_documents_get_the_same_answer_twice(old, new, tags):
    before = deepcopy((old, new))
    assert suggestions(old, new, tags=tags) == suggestions(old, new, tags=tags)
    assert (old, new) == before


@given(DOCUMENTS)
@thoroughly
def test_the_same_text_suggests_nothing(text):
    assert suggestions(text, deepcopy(text)) == []


@given(st.data())
@thoroughly
def test_a_typing_error_suggests_nothing(data):
    new = deepcopy(POLICY)
    part = data.draw(st.sampled_from(new["sections"]))
    block = part["blocks"][0]
    word = data.draw(st.sampled_from([word for word in words_of(block["html"]) if _can_be_mistyped(word)]))
    slip = _slip(
        word, at=data.draw(st.integers(1, len(word) - 2)), kind=data.draw(st.sampled_from(["swap", "lose", "double"]))
    )
    assume(slip.casefold() not in WEIGHTY)
    block["html"] = block["html"].replace(word, slip)
    assert suggestions(POLICY, new) == []
    assert suggestions(new, POLICY) == []


def _can_be_mistyped(word):
    return len(word) >= 5 and word.casefold() not in WEIGHTY and not _stands_for_itself(word, word)


def _slip(word, *, at, kind):
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + (word[at + 1 :] if kind == "lose" else word[at] + word[at:])
