"""The signed file: what it says, how large it may be, and how somebody checks it with nothing of ours."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common import clock
from common.immutable import changes_allowed
from policies.consent.links import receipt_url
from policies.consent.models import Choice, Purpose
from policies.ledger import keys, notes, verify_ledger
from policies.ledger.models import Entry
from policies.ledger.receipts import LARGEST, TooLong, read_receipt, receipt
from policies.ledger.sealing import seal
from tests.policies.consent.receipts.lines_told import KINDS, controller, line
from tests.policies.consent.visitors import Visitor, ledger

pytestmark = pytest.mark.django_db
VERIFIER = Path(verify_ledger.__file__)


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.LEDGER_KEYS = str(tmp_path / "keys")


def signed(entry):
    return Client().get(receipt_url(entry)[:-1] + ".jws").content.decode()


def proof_of(entry, **query):
    return Client().get(f"/api/v1/ledger/entries/{entry.leaf}/inclusion", query).json()


@pytest.fixture
def mine(sara):
    controller()
    sara.answers(performance="yes", targeting="no")
    return ledger()[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_record_stands_in_it_beside_the_line(version, announce, kind):
    entry = line(kind, announce)
    said = read_receipt(signed(entry))
    assert (said["leaf"], said["entry"]["uid"]) == (entry.leaf, str(entry.uid))
    assert said["record"]["@type"] == "dpv:ConsentReceipt"
    assert said["record"]["dpv:hasRecordOfActivity"]["dct:identifier"] == str(entry.uid)


def test_a_receipt_of_three_purposes_is_well_below_the_limit(sara):
    sara.answers(all="yes")
    assert len(signed(ledger()[0])) < LARGEST / 4


def test_so_long_a_wording_that_nobody_could_read_its_receipt_leaves_the_line(version):
    Purpose.objects.filter(code="performance").update(text="سب کچھ " * 8000)
    Visitor().answers(all="yes")
    said = read_receipt(signed(ledger()[0]))
    assert "record" not in said
    assert set(said["entry"]["facts"]["given"]) == {"performance", "functional", "targeting"}


def test_a_receipt_that_no_reader_takes_is_not_made(mine):
    with pytest.raises(TooLong, match="65536"):
        receipt(mine, record={"words": "x" * LARGEST})
    largest = receipt(mine, record={"words": "x" * 40_000})
    public = [verify_ledger.read_key(row, keys.origin()) for row in keys.document()["keys"]]
    assert read_receipt(largest)["leaf"] == verify_ledger.read_receipt(largest, public, keys.origin()).leaf


def test_it_shows_what_changed_since(mine, announce):
    announce(2)
    answer = Client().post("/choices/changes/", {"receipt": signed(mine)})
    assert answer.status_code == 302
    assert "/privacy/compare/" in answer["Location"]


def test_a_form_of_another_site_learns_nothing_from_it(mine):
    """It is posted without a token; all that comes back is an address made from what was sent."""
    answer = Client(enforce_csrf_checks=True).post(
        "/choices/changes/", {"receipt": "x"}, headers={"Origin": "https://evil"}
    )
    assert answer.status_code == 400
    assert not answer.cookies


# The program that strangers run.


@pytest.fixture
def nothing_but_cryptography(tmp_path):
    alone, packages = tmp_path / "packages", Path(sysconfig.get_path("platlib"))
    alone.mkdir()
    for name in packages.iterdir():
        if name.name.startswith(("cryptography", "cffi", "_cffi_backend", "pycparser")):
            (alone / name.name).symlink_to(name)
    return alone


ALONE = """
import runpy, sys
sys.path.append(sys.argv[1])
sys.argv[:] = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def run(tmp_path, nothing_but_cryptography):
    """The very file in a Python of its own: isolated (-I), without site packages (-S), in an empty environment."""
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(VERIFIER, folder)
    (folder / "keys.json").write_bytes(Client().get("/.well-known/kept/keys.json").content)

    def _run(*arguments, **files):
        for name, said in files.items():
            (folder / name.replace("_", ".")).write_text(said if isinstance(said, str) else json.dumps(said))
        program = [sys.executable, "-I", "-S", "-W", "error", "-c", ALONE, nothing_but_cryptography, "verify_ledger.py"]
        known = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        arguments = ["--receipt", "mine.jws", "--keys", "keys.json", *arguments]
        return subprocess.run(
            [*map(str, program), *arguments],
            cwd=folder,
            env=known,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    keys.current()
    return _run


def test_keys_and_receipt_are_enough(mine, run):
    jws = signed(mine)
    ended = run(mine_jws=jws, keys_json=keys.document())
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "mine.jws is about consent.given" in ended.stdout
    assert f"/api/v1/ledger/entries/{mine.leaf}/inclusion" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "Everything holds: 1 receipt, 0 proofs of their place, 0 held checkpoints."


def test_with_a_proof_its_place_is_shown_too(mine, run):
    jws, held = signed(mine), seal().note
    brought = {"mine_jws": jws, "keys_json": keys.document(), "proof_json": proof_of(mine), "held_txt": held}
    ended = run("--proof", "proof.json", "--checkpoint", "held.txt", **brought)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "mine.jws is entry 0 of the 1 that a signed checkpoint seals." in ended.stdout


def test_a_checkpoint_of_another_size_asks_for_its_own_proof(mine, run, sara):
    jws, held = signed(mine), seal()
    sara.answers(targeting="yes")
    seal()
    brought = {"mine_jws": jws, "keys_json": keys.document(), "proof_json": proof_of(mine), "held_txt": held.note}
    ended = run("--proof", "proof.json", "--checkpoint", "held.txt", **brought)
    assert ended.returncode == 0
    assert f"fetch the proof for it with ?size={held.size}" in ended.stdout
    brought["proof_json"] = proof_of(mine, size=held.size)
    assert f"of the {held.size} that" in run("--proof", "proof.json", "--checkpoint", "held.txt", **brought).stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"index": 5}, "it does not lead from its leaf to its root"),
        ({"size": 0}, "it does not lead from its leaf to its root"),
        ({"index": "0"}, "its place cannot be read"),
        ({"proof": ["00" * 32]}, "it does not lead from its leaf to its root"),
        ({"proof": [1]}, "a hash in it cannot be read"),
        ({"proof": None}, "it is no proof"),
        ({"leaf": "00" * 32}, "it does not lead from its leaf to its root"),
        ({"leaf": "00" * 32, "root": "00" * 32}, "is about none of the receipts"),
        ({"checkpoint": "words\n"}, "it is no signed note"),
        ({"checkpoint": None}, "no signed checkpoint has the 1 entries of its proof"),
    ],
)
def test_a_wrong_proof_is_told(mine, run, change, said):
    jws = signed(mine)
    seal()
    ended = run("--proof", "proof.json", mine_jws=jws, keys_json=keys.document(), proof_json=proof_of(mine) | change)
    assert ended.returncode == 1
    assert said in ended.stdout


def test_a_held_checkpoint_that_was_rewritten_is_told(mine, run):
    jws = signed(mine)
    seal()
    other = notes.signed(notes.checkpoint_text(notes.Head(keys.origin(), 1, b"\1" * 32, clock.now())), keys.current())
    brought = {"mine_jws": jws, "keys_json": keys.document(), "proof_json": proof_of(mine), "held_txt": other}
    ended = run("--proof", "proof.json", "--checkpoint", "held.txt", **brought)
    assert ended.returncode == 1
    assert "a checkpoint of 1 entries has another root than its proof" in ended.stdout


def test_an_edited_receipt_is_told(mine, run):
    header, payload, signature = signed(mine).split(".")
    ended = run(mine_jws=f"{header}.{payload[:-4]}AAAA.{signature}", keys_json=keys.document())
    assert ended.returncode == 1
    assert "its signature is not that of the key" in ended.stdout


def test_an_operator_checks_one_by_command(mine, tmp_path, capsys):
    file = tmp_path / "mine.jws"
    file.write_text(signed(mine) + "\n")
    call_command("verify_receipt", file)
    assert "not sealed yet" in capsys.readouterr().out
    seal()
    call_command("verify_receipt", file)
    assert "Its place in the ledger is 0." in capsys.readouterr().out


@pytest.mark.parametrize("words", ["", "x.y.z", "é" * 10, "a" * 1_000_000])
def test_the_command_says_what_is_no_receipt(mine, tmp_path, words):
    file = tmp_path / "mine.jws"
    file.write_text(words)
    with pytest.raises(CommandError, match="no receipt of ours"):
        call_command("verify_receipt", file)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_receipt", tmp_path / "none")


def test_the_command_tells_of_a_receipt_whose_line_was_lost(mine, tmp_path):
    jws = signed(mine)
    Choice.objects.all().delete()
    with changes_allowed([Entry._meta.db_table]):
        Entry.objects.filter(pk=mine.pk)._raw_delete("default")
    file = tmp_path / "mine.jws"
    file.write_text(jws)
    with pytest.raises(CommandError, match="not in this ledger"):
        call_command("verify_receipt", file)
