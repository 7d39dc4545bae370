"""The quick way to canonical JSON says what the standard's own library says."""

import math

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from common.canonical import canonical, normalised

LARGEST = 2**53 - 1
LETTERS = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(max_codepoint=127))
PLAIN = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | LETTERS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(LETTERS, inner), max_leaves=20)


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_it_is_that_of_rfc_8785(value):
    try:
        expected = rfc8785.dumps(normalised(value))
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(value)
    else:
        assert canonical(value) == expected


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1, math.nan, math.inf, {1: "a"}, {"a": {2}}, "\ud800"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises((rfc8785.CanonicalizationError, TypeError, UnicodeEncodeError)):
        canonical(value)
