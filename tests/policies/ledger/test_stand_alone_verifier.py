"""The verifier that strangers run: it finds what is wrong, says where, and does not cry wolf."""

import json
import math
import os
import shutil
import subprocess
import sys
import sysconfig
import unicodedata
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
import rfc8785
from django.core.management import CommandError, call_command
from hypothesis import assume, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from common.canonical import canonical
from policies.ledger import keys, rotating, sealing, verify_ledger
from policies.ledger.models import Checkpoint
from policies.ledger.receipts import receipt
from policies.ledger.sealing import seal
from policies.ledger.verify_ledger import Frontier, main, verify
from tests.policies.ledger.exported import ORIGIN, Key, Ledger, leaf, lines, note_of, root
from tests.policies.ledger.growing import lines as grow

VERIFIER = Path(verify_ledger.__file__)


@pytest.fixture
def ledger():
    """Seven lines under two checkpoints; the auditor kept the first."""
    made = Ledger()
    made.append(4)
    made.seal()
    made.append(3)
    made.seal()
    return made


def found(ledger, rows=None, notes=None, **held):
    rows = ledger.rows if rows is None else rows
    notes = ledger.notes if notes is None else notes
    return verify(lines(rows, notes), ledger.document(), **held).problems


def changed(rows, index, /, **changes):
    return [*rows[:index], rows[index] | changes, *rows[index + 1 :]]


# What holds.


def test_an_honest_export_holds(ledger):
    audit = verify(
        ledger.lines(),
        ledger.document(),
        checkpoints={"spring": ledger.notes[0], "today": ledger.notes[1]},
        receipts={"mine": ledger.receipt(ledger.rows[2])},
    )
    assert (audit.problems, audit.remarks) == ([], [])
    assert audit.summary() == (
        f"Everything holds: 7 entries, 2 checkpoints (the last of {ledger.now:%Y-%m-%d %H:%M} UTC), "
        "1 key, 2 held checkpoints, 1 receipt."
    )


def test_a_ledger_in_which_nothing_happened_holds():
    assert found(Ledger()) == []


def test_a_key_may_be_retired_and_the_checkpoint_after_it_has_two_signatures(ledger):
    ledger.rotate()
    ledger.seal()
    ledger.append(2)
    ledger.seal()
    assert [note.count("\n— ") for note in ledger.notes] == [1, 1, 2, 1]
    assert found(ledger, receipts={"old": ledger.receipt(ledger.rows[0])}) == []


def test_who_holds_no_checkpoint_is_told_what_cannot_be_seen(ledger):
    assert verify(ledger.lines(), ledger.document()).remarks == [
        "You hold no checkpoint beyond 0 entries: whether who has the key rewrote later ones, "
        "or cut off some at the end, this export alone cannot show."
    ]
    assert "beyond 4 entries" in verify(ledger.lines(), ledger.document(), {"h": ledger.notes[0]}).remarks[0]


def test_a_restored_backup_is_remarked_and_what_was_lost_stays_a_problem(ledger):
    lost = ledger.notes.pop()
    del ledger.rows[4:], ledger.sizes[1:]
    ledger.append(kind="ledger.restored", subject=None, facts={"because": "The disk failed."})
    ledger.append(3)
    ledger.seal()
    audit = verify(ledger.lines(), ledger.document(), {"lost": lost, "early": ledger.notes[0]})
    assert audit.problems == [
        "The held checkpoint lost has another root than the first 7 entries of the export: the ledger was rewritten."
    ]
    assert audit.remarks[0].endswith("a backup was restored, and signed entries were lost. Read why there.")


def test_signatures_of_witnesses_do_no_harm(ledger):
    witness = Key(Random(9), name="witness.example")
    text = ledger.notes[0].rpartition("\n\n")[0] + "\n"
    assert found(ledger, notes=[ledger.notes[0] + witness.line(text), ledger.notes[1]]) == []


# What was changed.


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "consent.refused"},
        {"subject": None},
        {"happened_at": "2026-03-01T08:00:00.000000+00:00"},
        {"facts": {}},
        {"uid": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_changed_words_are_named_with_line_and_entry(ledger, changes):
    rows = changed(ledger.rows, 5, **changes)
    kind, uid = rows[5]["kind"], rows[5]["uid"][:8]
    assert found(ledger, rows) == [
        f"Line 7, entry 5 ({kind}, {uid}…): its words give another leaf than the one recorded."
    ]


def test_words_changed_together_with_the_leaf_are_found_between_two_checkpoints(ledger):
    rows = changed(ledger.rows, 5, facts={})
    rows[5]["leaf"] = leaf(rows[5])
    assert found(ledger, rows) == [
        "The checkpoint of 7 entries has another root than they have: "
        "among the entries 4 to 6 something is not as it was sealed.",
        "No checkpoint vouches for the last 3 entries, 4 to 6.",
    ]


def test_a_missing_line_is_named(ledger):
    said = found(ledger, ledger.rows[:2] + ledger.rows[3:])
    assert "here the entry 2 belongs." in said[0]
    assert said[0].startswith("Line 4, entry 3 (")
    assert any("so it is with 1 checkpoint after it" in each or "there are only" in each for each in said)


def test_lines_behind_the_last_checkpoint_are_not_vouched_for(ledger):
    ledger.append(2)
    assert found(ledger) == ["No checkpoint vouches for the last 2 entries, 7 to 8."]


def test_an_export_that_was_cut_is_found_by_the_checkpoint_the_auditor_holds(ledger):
    cut = verify(lines(ledger.rows[:4], ledger.notes[:1]), ledger.document(), {"held.txt": ledger.notes[1]})
    assert cut.problems == [
        "The held checkpoint held.txt seals 7 entries, the export has 4: it was cut, or it is older than what you hold."
    ]


def test_an_export_cut_below_its_own_checkpoint_is_found(ledger):
    assert found(ledger, ledger.rows[:6]) == [
        f"Line {1 + 6 + 2}, checkpoint of 7 entries: there are only 6 entries.",
        "No checkpoint vouches for the last 2 entries, 4 to 5.",
    ]


def test_who_has_the_key_cannot_rewrite_what_the_auditor_holds(ledger):
    rows = changed(ledger.rows, 1, facts={"number": 99})
    rows[1]["leaf"] = leaf(rows[1])
    forged = [note_of([row["leaf"] for row in rows[:size]], ledger.now, [ledger.key]) for size in (4, 7)]
    assert found(ledger, rows, forged) == []
    assert found(ledger, rows, forged, checkpoints={"held.txt": ledger.notes[0]}) == [
        "The held checkpoint held.txt has another root than the first 4 entries of the export: the ledger was rewritten."
    ]


def test_who_has_the_key_cannot_rewrite_what_a_receipt_says(ledger):
    mine = ledger.receipt(ledger.rows[1])
    ledger.tick()
    ledger.now += timedelta(hours=1)
    rows = changed(ledger.rows, 1, facts={"number": 99})
    rows[1]["leaf"] = leaf(rows[1])
    forged = [note_of([row["leaf"] for row in rows], ledger.now, [ledger.key])]
    [problem] = found(ledger, rows, forged, receipts={"mine.jws": mine})
    assert problem.startswith("The receipt mine.jws: its entry (")
    assert problem.endswith(") is not in the export, or has other words there.")


def test_a_receipt_younger_than_the_last_checkpoint_is_no_accusation(ledger):
    young = ledger.append()
    audit = verify(
        lines(ledger.rows[:7], ledger.notes), ledger.document(), receipts={"mine.jws": ledger.receipt(young)}
    )
    assert audit.problems == []
    assert "look again in a later one" in audit.remarks[0]


def test_an_id_given_twice_is_named_with_both_places(ledger):
    rows = [*ledger.rows, ledger.entry(uid=ledger.rows[2]["uid"])]
    note = note_of([row["leaf"] for row in rows], ledger.now, [ledger.key])
    assert found(ledger, rows, [*ledger.notes, note]) == [
        f"The entries 2 and 7 have the same uid, {rows[2]['uid'].replace('-', '')[:8]}…."
    ]


def test_checkpoints_stand_in_their_order_and_behind_all_entries(ledger):
    assert any("it does not follow the one of 7 entries" in each for each in found(ledger, notes=ledger.notes[::-1]))
    row = [*lines(ledger.rows[:4], ledger.notes[:1]), *lines(ledger.rows[4:], ledger.notes[1:])[1:]]
    said = verify(row, ledger.document()).problems
    assert [each.endswith("it stands behind checkpoints.") for each in said] == [True] * 3


# What is not signed, or not by whom it should.


def test_a_checkpoint_signed_by_a_stranger_of_the_same_name_counts_for_nothing(ledger):
    note = note_of([row["leaf"] for row in ledger.rows], ledger.now, [Key(Random(5))])
    assert found(ledger, notes=[ledger.notes[0], note])[0] == "Line 10, a checkpoint: no key of the key file signed it."


def test_a_wrong_signature_of_our_key_is_named(ledger):
    note = ledger.notes[1].replace("\n7\n", "\n6\n")
    assert found(ledger, notes=[ledger.notes[0], note])[0] == (
        f"Line 10, a checkpoint: its signature is not that of the key {ledger.key.kid}."
    )


def test_a_retired_key_vouches_for_nothing_new(ledger):
    ledger.rotate()
    ledger.seal()
    ledger.append()
    ledger.tick()
    stolen = note_of([row["leaf"] for row in ledger.rows], ledger.now, ledger.keys[:1])
    said = found(ledger, notes=[*ledger.notes, stolen])
    assert said[0].endswith("when the key that signed it was not in use.")


def test_a_retired_key_signs_no_later_receipt(ledger):
    early, stolen = ledger.receipt(ledger.rows[0]), ledger.key
    ledger.rotate()
    ledger.seal()
    words = {name: ledger.rows[0][name] for name in ("uid", "kind", "subject", "happened_at", "facts")}
    later = {
        "iat": int(ledger.now.timestamp()) + 3600,
        "entry": words,
        "leaf": ledger.rows[0]["leaf"],
        "origin": ORIGIN,
    }
    assert found(ledger, receipts={"early": early}) == []
    assert found(ledger, receipts={"late": stolen.jws(later)}) == [
        "The receipt late: the key that signed it was not in use then."
    ]


def test_a_new_key_vouches_for_nothing_of_before_its_time(ledger):
    ledger.rotate()
    ledger.seal()
    backdated = note_of([row["leaf"] for row in ledger.rows[:4]], ledger.keys[0].not_before, [ledger.key])
    assert found(ledger, notes=[backdated, *ledger.notes[1:]])[0].endswith(
        "when the key that signed it was not in use."
    )


def test_a_key_that_was_exchanged_in_silence_is_noticed(ledger):
    ledger.key.retired_at = ledger.now
    ledger.keys.append(Key(Random(3), ledger.now))
    ledger.now += timedelta(days=2)
    ledger.append()
    ledger.seal()
    assert found(ledger) == [f"The key {ledger.keys[0].kid} was retired, but no entry tells of it."]


def test_a_key_file_without_the_newest_key_is_noticed(ledger):
    old = ledger.document()
    ledger.rotate()
    ledger.seal()
    said = verify(ledger.lines(), old).problems
    assert any("The ledger tells of a key" in each for each in said)


def test_a_checkpoint_of_another_ledger_is_refused(ledger):
    # The same key under another name: keys belong to one ledger.
    other = note_of([], ledger.now, [ledger.key], origin="other.example/ledger")
    assert found(ledger, checkpoints={"h": other}) == [
        "The held checkpoint h: it is of another ledger, other.example/ledger."
    ]


def test_a_checkpoint_without_a_date_is_refused(ledger):
    text = "\n".join(ledger.notes[1].split("\n")[:3]) + "\n"
    undated = f"{text}\n{ledger.key.line(text)}"
    assert found(ledger, checkpoints={"h": undated}) == ["The held checkpoint h: it does not say when it was sealed."]


def test_a_clock_that_was_put_back_is_remarked_but_no_problem(ledger):
    ledger.now -= timedelta(minutes=2)
    ledger.append()
    ledger.seal()
    audit = verify(ledger.lines(), ledger.document())
    assert audit.problems == []
    assert audit.remarks[0].endswith("it is dated before the one that it follows.")


@pytest.mark.parametrize(
    "change",
    [
        {"x": "AAAA"},
        {"x": None},
        {"kid": "other"},
        {"verifier": f"{ORIGIN}+00000000+AQ=="},
        {"crv": "X25519"},
        {"not_before": "yesterday"},
        {"not_before": "2026-01-01T00:00:00"},
        {"retired_at": "9999-12-31T23:59:59+00:00"},
    ],
)
def test_a_key_that_does_not_fit_together_is_named_and_not_used(ledger, change):
    document = ledger.document()
    document["keys"][0] |= change
    said = verify(ledger.lines(), document).problems
    assert said[0].startswith("Key 1 of the key file: ")
    assert any("no key of the key file signed it" in each for each in said)


@pytest.mark.parametrize("document", [None, [], {}, {"origin": ORIGIN}, {"origin": 1, "keys": []}, "keys"])
def test_what_is_no_key_file_is_said(ledger, document):
    assert verify(ledger.lines(), document).problems[0] == "The key file is none: it has no origin or no keys."


# What cannot be read.


@pytest.mark.parametrize(
    "line",
    [
        *(
            b"",
            b"\n",
            b"x\n",
            b"\xff\n",
            b"[]\n",
            b'"entry"\n',
            b"[" * 100_000,
            b'{"type":"entry"}\n',
            b'{"type":"other"}\n',
        ),
        *(b'{"type":"checkpoint"}\n', b'{"type":"checkpoint","note":7}\n', b'{"type":"checkpoint","note":"x"}\n'),
        *(
            b'{"type":"checkpoint","note":"a\\nb\\n\\n\\u2014 c d"}\n',
            b'{"type":"ledger"}\n',
            b"1" * 5000,
            b"NaN\n",
            b"1e999\n",
        ),
    ],
)
def test_any_other_line_is_a_problem_and_no_crash(ledger, line):
    good = ledger.lines()
    for place in (0, 3, len(good)):
        assert verify([*good[:place], line, *good[place:]], ledger.document()).problems


@pytest.mark.parametrize("name", ["index", "uid", "kind", "subject", "happened_at", "facts", "leaf", "type"])
@pytest.mark.parametrize("value", [None, True, -1, 1.5, "", "x", [], {}, {"a": "\ud800"}, 10**40, "\ud800", 1e300])
def test_any_value_in_any_field_of_an_entry_is_a_problem_and_no_crash(ledger, name, value):
    rows = changed(ledger.rows, 3, **{name: value})
    if rows[3] != ledger.rows[3]:
        assert found(ledger, rows)


ENOUGH = Ledger()
ENOUGH.append(3)
ENOUGH.seal()


@hypothesis(max_examples=400, deadline=None)
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), line=st.integers(1, 4))
def test_any_other_byte_is_found_unless_it_says_the_same(place, byte, line):
    good = ENOUGH.lines()
    place %= len(good[line]) - 1
    bad = good[line][:place] + bytes([byte]) + good[line][place + 1 :]
    if not says_the_same(bad, good[line]):
        assert verify([*good[:line], bad, *good[line + 1 :]], ENOUGH.document()).problems


def says_the_same(one, other):
    try:
        return json.loads(one.decode()) == json.loads(other.decode())
    except ValueError:
        return False


def test_a_field_that_is_not_hashed_is_not_taken_for_sealed(ledger):
    assert (
        found(ledger, changed(ledger.rows, 3, remark="sealed!"))[0] == "Line 5: its fields are not those of an entry."
    )


def test_a_name_that_stands_twice_is_not_read_in_two_ways(ledger):
    good = ledger.lines()
    twice = good[3].replace(b'"number":', b'"number":77,"number":')
    assert verify([*good[:3], twice, *good[4:]], ledger.document()).problems[0] == "Line 4 cannot be read."


def test_nothing_of_a_foreign_file_reaches_the_terminal_unescaped(ledger):
    rows = changed(ledger.rows, 3, kind="\x1b[2Jconsent\n\u202e", uid="\x07" * 500)
    said = "".join(found(ledger, rows))
    assert said.isprintable()
    assert len(said) < 2000


def test_an_export_of_a_later_format_is_not_judged_silently(ledger):
    good = ledger.lines()
    later = good[0].replace(b'"format":1', b'"format":2')
    assert "fetch the verifier that belongs to it" in verify([later, *good[1:]], ledger.document()).problems[0]


# Canonical JSON, against the package that the site uses.

NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def names_collide(value):
    """Two names that are one in normal form; the site would keep one of them, the verifier refuses."""
    if isinstance(value, dict):
        names = {unicodedata.normalize("NFC", name) for name in value}
        return len(names) < len(value) or any(map(names_collide, value.values()))
    return isinstance(value, list) and any(map(names_collide, value))


@hypothesis(max_examples=300, deadline=None)
@given(VALUES)
@example({"\ue000": 1, "\U0001f600": 2, "\ud7ff": 3})
@example({"e\u0301": "\u00e9", "\x7f": '\x00\x1f\b\f\n\r\t"\\/\u2028'})
@example(
    [0, -0.0, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, 100.0, 0.1, -1.5e-9, 9007199254740991]
)
def test_the_canonical_form_is_that_of_the_site(value):
    assume(not names_collide(value))
    text = json.dumps(value, ensure_ascii=False)
    again, is_plain = verify_ledger.parsed(text)
    try:
        expected = canonical(again)
    except rfc8785.CanonicalizationError:
        # A fraction that JSON writes without a point comes back as an integer beyond the largest one.
        with pytest.raises(verify_ledger.Unreadable):
            verify_ledger.canonical(again)
        return
    assert verify_ledger.canonical(again, is_plain=is_plain) == verify_ledger.canonical(again) == expected


@hypothesis(max_examples=500, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_fractions_are_written_as_ecmascript_does(value):
    assert verify_ledger.canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), math.inf, -math.inf, math.nan])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(verify_ledger.Unreadable):
        verify_ledger.canonical(value)


@pytest.mark.parametrize("size", range(70))
def test_the_root_is_that_of_the_definition(size):
    frontier, leaves = Frontier(), [leaf(Ledger().entry(kind=str(number))) for number in range(size)]
    for each in leaves:
        frontier.add(bytes.fromhex(each))
    assert frontier.root() == root(leaves)


def test_urdu_facts_hold(ledger):
    ledger.append(facts={"پالیسی": "رازداری", "é": "\u00e9", "😀": [None, True, 1, 0.5], "\ue000": {}})
    ledger.seal()
    assert found(ledger) == []


# The program, and what the site exports.


@pytest.fixture
def folder(tmp_path, ledger):
    (tmp_path / "ledger.jsonl").write_bytes(b"".join(ledger.lines()))
    (tmp_path / "keys.json").write_text(json.dumps(ledger.document()))
    (tmp_path / "held.txt").write_text(ledger.notes[0])
    (tmp_path / "mine.jws").write_text(ledger.receipt(ledger.rows[0]) + "\n")
    return tmp_path


def run(folder, *more):
    return main([str(folder / "ledger.jsonl"), "--keys", str(folder / "keys.json"), *map(str, more)])


def test_it_answers_0_where_everything_holds(folder, capsys):
    assert run(folder, "--checkpoint", folder / "held.txt", "--receipt", folder / "mine.jws") == 0
    assert "Everything holds: 7 entries" in capsys.readouterr().out


def test_it_answers_1_where_something_does_not(folder, capsys):
    export = folder / "ledger.jsonl"
    export.write_text(export.read_text().replace("true", "false", 1))
    assert run(folder) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("its words give another leaf than the one recorded.")
    assert said[-1].startswith("NOT as it should be: 1 problem in 7 entries")


def test_it_stops_writing_problems_out_but_not_counting_them(folder, capsys, ledger):
    (folder / "ledger.jsonl").write_bytes(b"".join(ledger.lines()) + b"x\n" * 500)
    assert run(folder) == 1
    said = capsys.readouterr().out
    assert "And 400 more." in said
    assert "500 problems" in said


@pytest.mark.parametrize("missing", ["ledger.jsonl", "keys.json", "held.txt"])
def test_it_answers_2_where_a_file_is_missing(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(SystemExit) as ended:
        run(folder, "--checkpoint", folder / "held.txt")
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "arguments", [[], ["ledger.jsonl"], ["--keys", "keys.json"], ["a", "b", "--keys", "c"], ["--what"]]
)
def test_it_answers_2_where_it_is_called_wrongly(arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


@pytest.fixture
def nothing_but_cryptography(tmp_path):
    """A folder of packages with cryptography, what it needs itself, and nothing else."""
    alone, packages = tmp_path / "packages", Path(sysconfig.get_path("platlib"))
    alone.mkdir()
    for name in packages.iterdir():
        if name.name.startswith(("cryptography", "cffi", "_cffi_backend", "pycparser")):
            (alone / name.name).symlink_to(name)
    return alone


ALONE = """
import runpy, sys
sys.path.append(sys.argv.pop(1))
program = sys.argv[1]
sys.argv = sys.argv[1:]
try:
    import django
    sys.exit("django can be imported here")
except ImportError:
    runpy.run_path(program, run_name="__main__")
"""


def alone(packages, folder, *arguments):
    """The verifier in a Python of its own: isolated (-I), without site packages (-S), in an empty environment."""
    command = [sys.executable, "-I", "-S", "-W", "error", "-c", ALONE, str(packages), *map(str, arguments)]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_it_stands_alone(folder, nothing_but_cryptography):
    copy = shutil.copy(VERIFIER, folder)
    arguments = [copy, "ledger.jsonl", "--keys", "keys.json", "--checkpoint", "held.txt", "--receipt", "mine.jws"]
    ended = alone(nothing_but_cryptography, folder, *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1].startswith("Everything holds: 7 entries")


def test_it_says_what_to_install(folder, tmp_path):
    ended = alone(tmp_path / "nothing", folder, VERIFIER, "ledger.jsonl", "--keys", "keys.json")
    assert ended.returncode == 2
    assert "pip install cryptography" in ended.stderr


@pytest.fixture
def own_keys(tmp_path, settings):
    settings.LEDGER_KEYS = str(tmp_path / "keys")


@pytest.mark.django_db
@pytest.mark.usefixtures("own_keys")
def test_what_the_site_exports_holds_elsewhere(tmp_path, monkeypatch, nothing_but_cryptography):
    """Through batches, a rotation and a key that signs a last time; unsealed lines are left out."""
    monkeypatch.setattr(sealing, "BATCH", 200)
    first = grow(500)[3]
    held = seal().note
    rotating.rotate()
    grow(20)
    seal()
    grow(5)
    to = tmp_path / "export"
    call_command("export_ledger", "--to", str(to), stdout=(said := StringIO()))
    assert "521 lines" in said.getvalue()
    assert {path.name for path in to.iterdir()} == {"ledger.jsonl", "keys.json", "verify_ledger.py", "README.txt"}
    (to / "held.txt").write_text(held)
    (to / "mine.jws").write_text(receipt(first))
    arguments = [
        "verify_ledger.py",
        "ledger.jsonl",
        "--keys",
        "keys.json",
        "--checkpoint",
        "held.txt",
        "--receipt",
        "mine.jws",
    ]
    ended = alone(nothing_but_cryptography, to, *arguments)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Everything holds: 521 entries, 4 checkpoints" in ended.stdout
    assert "python verify_ledger.py ledger.jsonl --keys keys.json" in (to / "README.txt").read_text()


@pytest.mark.django_db
@pytest.mark.usefixtures("own_keys")
def test_an_export_may_be_made_again_in_the_same_folder_and_before_anything_was_sealed(tmp_path):
    call_command("export_ledger", "--to", str(tmp_path), stdout=StringIO())
    keys.current()
    call_command("export_ledger", "--to", str(tmp_path), stdout=StringIO())
    assert run(tmp_path) == 0
    grow(3)
    seal()
    call_command("export_ledger", "--to", str(tmp_path), stdout=StringIO())
    (tmp_path / "held.txt").write_text(Checkpoint.objects.get().note)
    assert run(tmp_path, "--checkpoint", tmp_path / "held.txt") == 0


def test_a_stranger_may_fetch_the_verifier(client):
    answer = client.get("/.well-known/kept/verify_ledger.py")
    assert answer.content == VERIFIER.read_bytes()
    assert answer["Content-Type"] == "text/x-python; charset=utf-8"


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_ledger", "--to", str(tmp_path / "taken"))
