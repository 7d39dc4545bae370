"""Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with their published examples."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from policies.ledger.keys import SigningKey
from policies.ledger.notes import (
    BadNote,
    Head,
    checkpoint_text,
    opened,
    parse_checkpoint,
    parse_verifier,
    signed,
    split,
    verifier_line,
)

# The example of C2SP's signed-note specification (signed-note.md, section "Format").
SPEC_VERIFIER = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# The key and note of golang.org/x/mod/sumdb/note, note_test.go.
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
GO_NOTE = f"{GO_TEXT}\n{GO_SIGNATURE}"
# An older example of signed-note.md; its key was never published, so it serves to be read only.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# The example of C2SP's tlog-checkpoint.md.
SPEC_CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
PETER = SigningKey("PeterNeumann", Ed25519PrivateKey.from_private_bytes(GO_SEED))
OTHER = SigningKey("kept.example/ledger", Ed25519PrivateKey.from_private_bytes(b"k" * 32))


def test_the_example_of_the_specification_opens():
    assert opened(SPEC_NOTE, [parse_verifier(SPEC_VERIFIER)]) == "This is an example message.\n"


def test_the_note_of_the_reference_implementation_opens_and_is_written_the_same():
    assert opened(GO_NOTE, [parse_verifier(GO_VERIFIER)]) == GO_TEXT
    assert signed(GO_TEXT, PETER) == GO_NOTE


@pytest.mark.parametrize("line", [SPEC_VERIFIER, GO_VERIFIER])
def test_a_verifier_is_written_as_it_was_read(line):
    key = parse_verifier(line)
    assert verifier_line(key.name, key.public) == line


@pytest.mark.parametrize(
    "line",
    [
        # From note_test.go: a key of the wrong length and an unknown algorithm, both with a fitting hash.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        GO_VERIFIER.replace("c74f20a3", "c74f20a4"),
        GO_VERIFIER.replace("Peter", "Pater"),
        GO_VERIFIER[:-1],
        f" {GO_VERIFIER}",
        "PeterNeumann",
        "",
    ],
)
def test_a_mangled_verifier_is_refused(line):
    with pytest.raises(BadNote):
        parse_verifier(line)


def test_an_empty_line_in_the_text_belongs_to_the_text():
    text, [signature] = split(POEM)
    assert text.endswith("sole:\n\ned è subito sera.\n")
    assert signature.name == "quasimodo.example/salvatore"
    assert signature.key_hash.hex() == "367ba04b"


def test_signatures_of_strangers_count_for_nothing():
    both = signed(GO_TEXT, OTHER, PETER)
    assert opened(both, [PETER]) == opened(both, [OTHER]) == opened(both, [PETER, OTHER]) == GO_TEXT
    with pytest.raises(BadNote, match="no known key"):
        opened(signed(GO_TEXT, OTHER), [PETER])


def test_a_wrong_signature_of_a_known_key_spoils_the_note():
    wrong = signed("Something else.\n", PETER).splitlines(keepends=True)[-1]
    note = signed(GO_TEXT, OTHER) + wrong
    assert opened(note, [OTHER]) == GO_TEXT
    with pytest.raises(BadNote, match="not that of the key"):
        opened(note, [OTHER, PETER])


def test_a_stranger_with_the_same_name_is_a_stranger():
    namesake = SigningKey("PeterNeumann", OTHER.private)
    assert opened(signed(GO_TEXT, namesake, PETER), [PETER]) == GO_TEXT
    with pytest.raises(BadNote, match="no known key"):
        opened(signed(GO_TEXT, namesake), [PETER])


@given(place=st.integers(0, len(GO_TEXT) - 1), letter=st.characters(codec="utf-8"))
def test_a_note_with_another_letter_does_not_open(place, letter):
    changed = GO_NOTE[:place] + letter + GO_NOTE[place + 1 :]
    if changed != GO_NOTE:
        with pytest.raises(BadNote):
            opened(changed, [PETER])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        GO_TEXT,
        GO_TEXT + GO_SIGNATURE,
        GO_NOTE[:-1],
        GO_NOTE + "\n",
        GO_NOTE.replace("— ", "- "),
        GO_NOTE.replace("— ", "—  "),
        GO_NOTE.replace("\n", "\r\n"),
        GO_NOTE.replace("Peter", "Peter Paul "),
        GO_NOTE.replace("AM=\n", "AN=\n"),
        GO_NOTE.replace("x08go", "x08g"),
        GO_NOTE + "— PeterNeumann x08gow==\n",
        GO_NOTE.replace("you", "y\x00u", 1),
        GO_NOTE.replace("you", "y\ud800u", 1),
        GO_NOTE + GO_SIGNATURE * 100,
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(BadNote):
        opened(note, [PETER])


@pytest.mark.parametrize("text", ["no line break", "a\tb\n", "a\x00\n"])
def test_what_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(BadNote):
        signed(text, PETER)


def test_the_published_checkpoint_is_read_and_written_again():
    text, _ = split(SPEC_CHECKPOINT)
    head = parse_checkpoint(text)
    assert (head.origin, head.size, head.root[:3].hex()) == ("example.com/behind-the-sofa", 20852163, "0ac518")
    assert checkpoint_text(head) == text


def test_a_checkpoint_may_say_when_it_was_sealed():
    head = Head("kept.example/ledger", 7, b"r" * 32, datetime(2026, 12, 22, 10, 0, 0, 5, tzinfo=UTC))
    text = checkpoint_text(head)
    assert text.endswith("\nsealed 2026-12-22T10:00:00.000005Z\n")
    assert parse_checkpoint(text) == head
    assert parse_checkpoint(text + "a witness was here\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        "\n1\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n",
        "origin\n01\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n",
        "origin\n-1\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n",
        "origin\n١\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n",
        "origin\n1\ncnJy\n",
        "origin\n1\n?\n",
        "origin\n1\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n\n",
        "origin\n1\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\nsealed yesterday\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadNote):
        parse_checkpoint(text)
