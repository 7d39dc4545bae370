"""The proof itself is tested: a check that never fails proves nothing."""

import copy

import pytest

from policies.versions.importing import lost_text

SOURCE = "Our Policy\n\nWe keep little. We share nothing.\n- one thing\n- another thing\n"


@pytest.fixture
def document(read):
    return copy.deepcopy(read(SOURCE).document)


def test_nothing_is_said_where_nothing_is_lost(document):
    assert lost_text(SOURCE, document) == []


def test_a_missing_sentence_is_quoted(document):
    document["sections"][0]["blocks"][0]["html"] = "We keep little."
    assert lost_text(SOURCE, document) == ["missing: We share nothing."]


def test_a_doubled_sentence_is_quoted(document):
    document["sections"][0]["blocks"].append({"type": "paragraph", "html": "We keep little."})
    assert lost_text(SOURCE, document) == ["not at its place in the file: We keep little."]


def test_moved_items_are_noticed(document):
    document["sections"][0]["blocks"][1]["items"].reverse()
    assert lost_text(SOURCE, document) != []


def test_a_changed_word_is_noticed(document):
    document["sections"][0]["blocks"][0]["html"] = "We keep much. We share nothing."
    assert lost_text(SOURCE, document) == ["missing: little.", "not at its place in the file: much."]
