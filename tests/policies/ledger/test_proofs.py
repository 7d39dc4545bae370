"""Proofs over the API, checked as a stranger would: with the leaf, the answer and the public key alone."""

import pytest
from django.urls import reverse

from policies.ledger.actions import append
from policies.ledger.models import Checkpoint, Entry, Kind, Sealed
from policies.ledger.notes import opened, parse_checkpoint, parse_verifier
from policies.ledger.sealing import seal
from policies.ledger.tree import verify_consistency, verify_inclusion
from tests.policies.ledger.growing import line, lines

pytestmark = pytest.mark.django_db


def ask(client, name, status=200, query=None, **parts):
    response = client.get(reverse(f"api_v1:{name}", kwargs=parts), query or {})
    assert response.status_code == status, response.content
    return response.json()


def head(client, note):
    """What a checkpoint says, once the published key vouches for it."""
    published = client.get("/.well-known/kept/keys.json").json()["keys"]
    return parse_checkpoint(opened(note, [parse_verifier(key["verifier"]) for key in published]))


def from_hexadecimal(hashes):
    return [bytes.fromhex(each) for each in hashes]


def leaf_at(index):
    return Sealed.objects.get(index=index).entry.leaf


@pytest.mark.parametrize("index", [0, 17, 255, 256, 299])
def test_who_holds_a_line_can_prove_that_it_is_sealed(client, index):
    lines(300)
    seal()
    told = ask(client, "ledger_inclusion", leaf=leaf_at(index))
    sealed = head(client, told["checkpoint"])
    assert (sealed.size, sealed.root.hex(), told["index"]) == (300, told["root"], index)
    assert verify_inclusion(
        leaf_hash=bytes.fromhex(leaf_at(index)),
        index=told["index"],
        size=told["size"],
        proof=from_hexadecimal(told["proof"]),
        root_hash=sealed.root,
    )


def test_an_earlier_tree_can_be_asked_for(client):
    lines(3)
    seal()
    lines(3)
    seal()
    earlier = ask(client, "ledger_inclusion", leaf=leaf_at(1), query={"size": 3})
    assert head(client, earlier["checkpoint"]).root.hex() == earlier["root"]
    between = ask(client, "ledger_inclusion", leaf=leaf_at(1), query={"size": 4})
    assert between["checkpoint"] is None


def test_a_line_is_not_proved_to_be_where_it_is_not_yet(client):
    lines(3)
    seal()
    lines(3)
    seal()
    told = ask(client, "ledger_inclusion", 404, leaf=leaf_at(4), query={"size": 3})
    assert told["detail"] == "This line is not among the first 3; its place is 4."
    assert "beyond" in ask(client, "ledger_inclusion", 400, leaf=leaf_at(4), query={"size": 7})["detail"]


def test_a_line_that_waits_is_told_to_ask_again(client):
    lines(1)
    seal()
    waiting = append(kind=Kind.NOTICE_CLOSED, facts={})
    assert "in a minute" in ask(client, "ledger_inclusion", 404, leaf=waiting.leaf)["detail"]


@pytest.mark.parametrize(("old", "new"), [(0, 300), (1, 300), (255, 256), (256, 300), (300, 300), (17, 18)])
def test_anybody_can_prove_that_the_ledger_only_grew(client, old, new):
    lines(300)
    seal()
    told = ask(client, "ledger_consistency", query={"from": old, "to": new})
    assert verify_consistency(
        old=told["old"],
        new=told["new"],
        proof=from_hexadecimal(told["proof"]),
        old_root=bytes.fromhex(told["old_root"]),
        new_root=bytes.fromhex(told["new_root"]),
    )


def test_checkpoints_are_listed_page_by_page(client):
    for _ in range(5):
        lines(1)
        seal()
    first = ask(client, "ledger_checkpoints", query={"limit": 2})
    second = client.get(first["next"].removeprefix("http://testserver")).json()
    third = client.get(second["next"].removeprefix("http://testserver")).json()
    assert [each["size"] for page in (first, second, third) for each in page["checkpoints"]] == [5, 4, 3, 2, 1]
    assert third["next"] is None


def test_the_newest_checkpoint_tells_what_its_note_says(client):
    lines(2)
    seal()
    told = ask(client, "ledger_checkpoint")
    sealed = head(client, told["note"])
    assert (told["size"], told["root"]) == (sealed.size, sealed.root.hex())
    assert told["sealed_at"] == sealed.sealed_at.isoformat(timespec="microseconds")
    assert Checkpoint.objects.get().note == told["note"]


def test_a_line_about_no_person_can_be_read(client):
    entry = append(kind=Kind.VERSION_ANNOUNCED, facts={"number": 1, "permalink": "2026-12-22"})
    assert ask(client, "ledger_entry", uid=str(entry.uid))["index"] is None
    seal()
    told = ask(client, "ledger_entry", uid=str(entry.uid))
    assert told["index"] == 0
    from common.canonical import canonical
    from policies.ledger.tree import leaf

    kept = {name: told[name] for name in ("uid", "kind", "subject", "happened_at", "facts")}
    assert leaf(canonical(kept)).hex() == told["leaf"] == entry.leaf


def test_a_line_about_a_person_is_not_even_there(client):
    given = line(kind=Kind.CONSENT_GIVEN)
    odd = line(kind=Kind.VERSION_ANNOUNCED)
    anonymous = append(kind=Kind.CONSENT_GIVEN, facts={"method": "form"})
    Entry.objects.bulk_create([given, odd])
    answers = [ask(client, "ledger_entry", 404, uid=str(each.uid)) for each in (given, odd, anonymous, line())]
    assert len({answer["detail"] for answer in answers}) == 1
