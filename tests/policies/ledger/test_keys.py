"""The keys of the ledger: made once, kept from strangers, replaced in the open."""

import base64
import hashlib
import json
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from config import ROOT
from policies.ledger import keys
from policies.ledger.actions import append
from policies.ledger.models import Checkpoint, Entry, Kind
from policies.ledger.notes import BadNote, opened, parse_verifier, split
from policies.ledger.sealing import seal
from policies.ledger.verifying import problems

WELL_KNOWN = "/.well-known/kept"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """Keys of their own for each test."""
    settings.LEDGER_KEYS = str(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def production(settings):
    settings.LEDGER_MAKES_KEYS = False


def rotate():
    out = StringIO()
    call_command("rotate_ledger_key", stdout=out)
    return out.getvalue()


def of_ledger(messages):
    return [message for message in messages if (message.id or "").startswith("ledger.")]


def test_the_first_key_is_made_at_first_use_and_stays():
    assert keys.published() == []
    assert keys.current().public == keys.current().public == keys.published()[0].public


def test_nobody_else_may_read_a_private_key(folder):
    key = keys.current()
    assert stat.S_IMODE((folder / f"{key.kid}.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_is_named_by_its_thumbprint():
    # The example of RFC 8037, appendix A.3.
    public = base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
    assert keys.thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_two_processes_that_make_the_first_key_end_with_one(folder):
    code = (
        "import sys; sys.path[:0] = ['site', '.']; import django; django.setup(); "
        "from django.conf import settings; settings.LEDGER_KEYS = sys.argv[1]; "
        "from policies.ledger import keys; print(keys.current().kid)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = {process.communicate(timeout=120)[0].strip() for process in started}
    assert said == {keys.current().kid}
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{keys.current().kid}.key", "keys.json"])


def test_the_one_who_comes_second_takes_the_key_that_is_there(folder):
    keys.make_first()
    first = keys.current().kid
    keys.make_first()
    assert [key.kid for key in keys.published()] == [first]
    assert len(list(folder.glob("*.key"))) == 1


@pytest.mark.usefixtures("production")
def test_no_key_is_invented_in_production(folder):
    with pytest.raises(keys.NoKey):
        keys.current()
    assert not folder.exists()
    [error] = of_ledger(run_checks())
    assert error.id == "ledger.E001"
    assert "rotate_ledger_key" in error.hint


@pytest.mark.usefixtures("production")
def test_an_operator_makes_the_first_key():
    assert "The first key signs from now on" in rotate()
    assert of_ledger(run_checks()) == []
    assert keys.current().kid


@pytest.mark.usefixtures("production")
def test_a_private_key_that_is_gone_is_a_readable_error(folder):
    rotate()
    (folder / f"{keys.current().kid}.key").unlink()
    assert [error.id for error in of_ledger(run_checks())] == ["ledger.E001"]
    with pytest.raises(CommandError, match="private half"):
        rotate()


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("words", ["", "{}", '{"keys": [{"name": 1}]}'])
def test_an_index_that_is_spoilt_is_a_readable_error(folder, words):
    rotate()
    (folder / "keys.json").write_text(words)
    assert [error.id for error in of_ledger(run_checks())] == ["ledger.E002"]


@pytest.mark.django_db
def test_the_next_checkpoint_after_a_rotation_is_signed_by_both(django_capture_on_commit_callbacks, folder):
    append(kind=Kind.NOTICE_CLOSED, facts={})
    seal()
    old = keys.current()
    rotate()
    new = keys.current()
    assert new.kid != old.kid
    with django_capture_on_commit_callbacks(execute=True):
        both = seal()
    assert opened(both.note, [keys.published()[0]]) == opened(both.note, [new])
    assert not (folder / f"{old.kid}.key").exists()
    append(kind=Kind.NOTICE_CLOSED, facts={})
    after = seal()
    assert [each.name for each in split(after.note)[1]] == [new.name]
    with pytest.raises(BadNote):
        opened(after.note, [keys.published()[0]])
    assert list(problems()) == []


@pytest.mark.django_db
def test_a_rotation_is_a_line_of_the_ledger():
    old = keys.current()
    assert f"{old.kid} is retired" in rotate()
    facts = Entry.objects.get(kind=Kind.KEY_ROTATED).facts
    assert (facts["retired"]["kid"], facts["current"]["kid"]) == (old.kid, keys.current().kid)
    assert facts["retired"]["retired_at"] == facts["current"]["not_before"]
    assert parse_verifier(facts["retired"]["verifier"]).public == old.public


@pytest.mark.django_db
def test_a_rotation_that_was_never_entered_is_found():
    seal()
    keys.current()
    retired, _ = keys.rotate()
    assert list(problems()) == [f"The rotation of the key {retired.kid} is not in the ledger and in its folder alike."]


@pytest.mark.django_db
def test_a_retired_key_vouches_for_nothing_new(monkeypatch):
    old = keys.current()
    rotate()
    seal()
    append(kind=Kind.NOTICE_CLOSED, facts={})
    monkeypatch.setattr(keys, "signers", lambda: [old])
    seal()
    assert list(problems()) == ["The checkpoint of 2 lines is not signed: no known key signed this."]


def test_the_log_keeps_its_name_when_the_site_moves(settings):
    assert keys.current().name == keys.origin() == "testserver/ledger"
    settings.SITE_URL = "https://elsewhere.example"
    keys.rotate()
    assert keys.current().name == keys.origin() == "testserver/ledger"


@pytest.mark.django_db
def test_keys_are_published_without_their_private_halves(client):
    rotate()
    rotate()
    answer = client.get(f"{WELL_KNOWN}/keys.json")
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert told["origin"] == "testserver/ledger"
    retired, current = told["keys"]
    assert (retired["retired_at"], current["retired_at"]) == (current["not_before"], None)
    for row, key in zip(told["keys"], keys.published(), strict=True):
        assert "d" not in row
        assert (row["kty"], row["crv"], row["alg"], row["use"]) == ("OKP", "Ed25519", "EdDSA", "sig")
        assert parse_verifier(row["verifier"]).key_hash == key.key_hash
        public = base64.urlsafe_b64decode(row["x"] + "=")
        members = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": row["x"]}, separators=(",", ":"))
        thumbprint = base64.urlsafe_b64encode(hashlib.sha256(members.encode()).digest()).decode().rstrip("=")
        assert (public, thumbprint) == (key.public, row["kid"])


@pytest.mark.django_db
@pytest.mark.usefixtures("production")
def test_a_site_without_a_key_publishes_none(client):
    assert client.get(f"{WELL_KNOWN}/keys.json").json()["keys"] == []


@pytest.mark.django_db
def test_the_newest_checkpoint_is_published_as_it_was_signed(client):
    assert client.get(f"{WELL_KNOWN}/checkpoint").status_code == 404
    append(kind=Kind.NOTICE_CLOSED, facts={})
    seal()
    append(kind=Kind.NOTICE_CLOSED, facts={})
    seal()
    answer = client.get(f"{WELL_KNOWN}/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == Checkpoint.objects.get(size=2).note
    assert client.post(f"{WELL_KNOWN}/checkpoint").status_code == 405


def test_private_keys_lie_outside_of_what_is_committed():
    ignored = subprocess.run(
        ["git", "check-ignore", "var/ledger-keys/a.key"], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.returncode == 0 or not (Path(ROOT) / ".git").exists()
