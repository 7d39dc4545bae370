"""The table of rules, and the lint over any text at all."""

from copy import deepcopy
from datetime import timedelta

from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.versions.lint import RULES, Severity, findings
from policies.versions.promises import PromiseKind, Unit
from tests.wording import document, promise, section

SCRAPS = st.text(alphabet="ab1<>/&; \n۔.|یX@[]", max_size=20) | st.sampled_from(
    [
        "By using",
        "you agree",
        "without notice",
        "7 years",
        "as long as necessary",
        "<a href='#'>x</a>",
        '<a href="#">',
        "نہیں۔",
    ]
)
BLOCKS = st.one_of(
    SCRAPS,
    st.lists(SCRAPS, max_size=3),
    st.builds(
        promise,
        SCRAPS,
        st.sampled_from([*PromiseKind.values, "odd"]),
        st.integers(0, 999),
        st.sampled_from(Unit.values),
    ),
    st.builds(
        lambda term, html: {"type": "definitions", "definitions": [{"term": term, "html": html}]}, SCRAPS, SCRAPS
    ),
    st.builds(lambda row: {"type": "table", "head": [], "rows": [row]}, st.lists(SCRAPS, max_size=3)),
)
SECTIONS = st.builds(
    lambda heading, blocks, regimes: section(heading, *blocks, regimes=tuple(regimes)),
    st.sampled_from(["Your rights", "Sharing", "", "حقوق", "Retention"]),
    st.lists(BLOCKS, max_size=4),
    st.lists(st.sampled_from(["gdpr", "mars"]), unique=True),
)
DOCUMENTS = st.lists(SECTIONS, max_size=4).map(lambda parts: document(*parts))


@given(DOCUMENTS, st.sampled_from(["en", "ur"]), st.integers(0, 400))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gets_an_answer_and_the_same_one_twice(text, language, days):
    before = deepcopy(text)
    past = dict.fromkeys(PromiseKind.values, timedelta(days=days))
    found = findings(text, language=language, controller=None, performance=past)
    assert found == findings(text, language=language, controller=None, performance=past)
    assert text == before
    for each in found:
        assert each.code in RULES
        assert each.why
        assert each.source
        assert "%(" not in each.why + each.suggestion


def test_every_rule_is_complete():
    for code, rule in RULES.items():
        assert code == rule.code
        assert str(rule.why).endswith((".", "%(promise)s.", "%(measured)s."))
        assert str(rule.suggestion)
        assert rule.severity in Severity
        assert rule.source or code in {"longer-than-law", "sometimes-longer-than-law"}


def test_remarks_follow_the_text_and_what_is_missing_comes_last():
    text = document(section("End", "TODO"), section("Agreement", "By using it you agree."), title="Privacy")
    codes = [each.code for each in findings(text, language="en", controller=None)]
    assert codes[:3] == ["placeholder", "consent-by-use", "no-controller"]


def test_words_are_translated_when_asked_and_not_before():
    text = document(section("Agreement", "By using it you agree."), title="Lamps")
    with override("ur"):
        (urdu,) = findings(text, language="ur", controller=None)
    with override("en"):
        (english,) = findings(text, language="en", controller=None)
    assert english.why == "Using a website is no clear affirmative act, so it is no consent."
    assert urdu.code == english.code
