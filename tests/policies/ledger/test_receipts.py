"""Receipts: anybody can read one with a library of their own, and nobody can make one."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from common import clock
from policies.ledger import keys, rotating, verify_ledger
from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.ledger.receipts import LARGEST, BadReceipt, TooLong, leaf_of, read_receipt, receipt
from policies.ledger.rules import leaf_hash
from policies.ledger.sealing import seal
from tests.policies.ledger.growing import line

FACTS = {"version": {"number": 3}, "purposes": {"statistics": True}, "method": "form", "name": "رازداری"}


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.LEDGER_KEYS = str(tmp_path / "keys")


def encoded(known):
    return base64.urlsafe_b64encode(known).rstrip(b"=").decode()


def forged(payload, *, key=None, **header):
    """A receipt with any header, signed by our key or another."""
    header = {"alg": "EdDSA", "kid": keys.current().kid, "typ": "kept-receipt+jwt"} | header
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    told = f"{encoded(json.dumps(header).encode())}.{encoded(body)}"
    return f"{told}.{encoded((key or keys.current().private).sign(told.encode()))}"


def said():
    return read_receipt(receipt(line(facts=FACTS)))


def refused(jws):
    with pytest.raises(BadReceipt):
        read_receipt(jws)
    return True


def test_a_receipt_says_what_the_line_says(settings):
    entry = line(facts=FACTS)
    found = read_receipt(receipt(entry))
    assert found["entry"] == {
        "uid": str(entry.uid),
        "kind": "consent.refused",
        "subject": str(entry.subject),
        "happened_at": entry.happened_at.isoformat(timespec="microseconds"),
        "facts": FACTS,
    }
    assert (found["leaf"], found["iss"], found["origin"]) == (entry.leaf, settings.SITE_URL, keys.origin())
    assert abs(found["iat"] - clock.now().timestamp()) < 60


def test_another_library_verifies_it_with_our_published_key():
    jws = receipt(line(facts=FACTS))
    [published] = keys.document()["keys"]
    key = jwt.PyJWK(published)
    found = jwt.decode_complete(jws, key, algorithms=["EdDSA"], options={"verify_aud": False})
    assert found["payload"] == read_receipt(jws)
    assert found["header"] == {"alg": "EdDSA", "kid": published["kid"], "typ": "kept-receipt+jwt"}


def test_a_receipt_that_another_library_wrote_is_read():
    payload = said()
    jws = jwt.encode(payload, keys.current().private, "EdDSA", {"kid": keys.current().kid, "typ": "kept-receipt+jwt"})
    assert read_receipt(jws) == payload


def test_it_names_the_leaf_that_the_words_give():
    found = said()
    assert verify_ledger.leaf_of(found["entry"]) == leaf_of(found["entry"]) == found["leaf"]


def test_a_line_about_nobody_has_a_receipt_too():
    told = {"uid": line().uid, "kind": "notice.closed", "subject": None, "happened_at": clock.now(), "facts": {}}
    entry = line()
    for name, value in told.items():
        setattr(entry, name, value)
    entry.leaf = leaf_hash(**told)
    assert read_receipt(receipt(entry))["entry"]["subject"] is None


@pytest.mark.django_db
def test_a_receipt_outlives_the_key_that_signed_it():
    entry = append(kind=Kind.CONSENT_GIVEN, facts=FACTS)
    old = receipt(entry)
    rotating.rotate()
    seal()
    new = receipt(entry)
    assert read_receipt(old)["leaf"] == read_receipt(new)["leaf"]
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]


@pytest.mark.django_db
def test_a_retired_key_signs_no_later_receipt():
    stolen, name = keys.current(), said()
    rotating.rotate()
    later = int((clock.now() + timedelta(hours=1)).timestamp())
    assert read_receipt(forged(name, key=stolen.private, kid=stolen.kid))
    assert refused(forged(name | {"iat": later}, key=stolen.private, kid=stolen.kid))


def test_a_key_signs_no_receipt_from_before_its_time():
    assert refused(forged(said() | {"iat": 1_000_000_000}))


def test_a_receipt_of_the_second_in_which_the_key_was_made_counts():
    with time_machine.travel("2026-03-01T08:00:00.900+00:00", tick=False):
        assert said()["iat"] == 1772352000


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "eddsa"},
        {"alg": "Ed25519"},
        {"alg": ["EdDSA"]},
        {"typ": "JWT"},
        {"typ": "KEPT-RECEIPT+JWT"},
        {"kid": "unknown"},
        {"kid": None},
        {"kid": {}},
        {"crit": ["b64"], "b64": False},
        {"jwk": {"kty": "OKP"}},
        {"cty": "JWT"},
    ],
)
def test_any_other_header_is_refused_although_the_signature_is_right(header):
    assert refused(forged(said(), **header))


@pytest.mark.parametrize("missing", ["alg", "typ", "kid"])
def test_a_header_that_leaves_something_out_is_refused(missing):
    header = {"alg": "EdDSA", "kid": keys.current().kid, "typ": "kept-receipt+jwt"}
    del header[missing]
    told = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(said()).encode())}"
    assert refused(f"{told}.{encoded(keys.current().private.sign(told.encode()))}")


@pytest.mark.parametrize(
    "payload",
    [
        *([], "text", None, 1, {}, b"", b"\xff", b"{", b'{"iat": NaN}', b"[" * 3000),
        *(
            {"entry": None},
            {"entry": {}},
            {"entry": {"facts": []}},
            {"leaf": None},
            {"iat": "1"},
            {"iat": 1.5},
            {"iat": True},
        ),
        *({"record": words} for words in ("text", None, [], 1)),
        *({"origin": "other.example/ledger"}, {"iat": None}, {"iat": 10**300}, {"iat": -1}),
    ],
)
def test_signed_nonsense_is_no_receipt(payload):
    sound = said()
    assert refused(forged(sound | payload if isinstance(payload, dict) and payload else payload))


def test_nobody_else_can_sign():
    assert refused(forged(said(), key=Ed25519PrivateKey.generate()))


def test_nothing_counts_without_a_signature():
    header, payload, _ = receipt(line()).split(".")
    unsigned = encoded(b'{"alg":"none"}')
    assert refused(f"{header}.{payload}.")
    assert refused(f"{header}.{payload}")
    assert refused(f"{unsigned}.{payload}.")


def test_a_public_key_is_no_shared_secret():
    """The classic mistake of JWT libraries: HS256 with the published key as its secret."""
    public = Ed25519PublicKey.from_public_bytes(keys.current().public).public_bytes_raw()
    kid = keys.current().kid
    assert refused(jwt.encode(said(), public, "HS256", {"kid": kid, "typ": "kept-receipt+jwt"}))


def test_there_is_one_spelling_of_a_receipt():
    jws = receipt(line())
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = alphabet.index(jws[-1])
    # The last letter has four bits that mean nothing; a lax reader takes any of them.
    others = [jws[:-1] + alphabet[place ^ bits] for bits in range(1, 16)]
    assert all(refused(other) for other in [*others, jws + "==", jws + "\n", f" {jws}", jws.replace(".", "..", 1)])


def test_a_very_long_receipt_is_refused_before_anything_is_computed():
    large = forged(said() | {"more": "x" * LARGEST})
    assert len(large) > LARGEST
    assert refused(large)
    assert read_receipt(forged(said() | {"more": "x" * (LARGEST // 3)}))


def test_a_record_is_vouched_for_beside_the_line():
    found = read_receipt(receipt(line(facts=FACTS), record={"@type": "words", "نام": ["رسید"]}))
    assert found["record"] == {"@type": "words", "نام": ["رسید"]}
    assert "record" not in said()


def test_what_no_reader_would_take_is_not_made():
    with pytest.raises(TooLong):
        receipt(line(facts={"words": "x" * LARGEST}))
    assert verify_ledger.LONGEST_RECEIPT == LARGEST


SAFELY = hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)


@SAFELY
@given(st.text())
@example("..")
@example("a.b.c")
@example("é.ü.\ud800")
def test_no_text_breaks_the_reader(text):
    assert refused(text)


@SAFELY
@given(
    header=st.binary(max_size=60)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode),
    payload=st.binary(max_size=60),
    signature=st.binary(max_size=70),
)
def test_no_bytes_in_the_right_shape_break_the_reader(header, payload, signature):
    assert refused(f"{encoded(header)}.{encoded(payload)}.{encoded(signature)}")


@SAFELY
@given(payload=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none()))
def test_whatever_our_key_signed_is_read_or_refused(payload):
    for signed in (forged(payload), forged(said() | {"iat": payload}), forged(said() | {"entry": payload})):
        try:
            found = read_receipt(signed)
        except BadReceipt:
            continue
        assert type(found["iat"]) is int


@SAFELY
@given(place=st.integers(0, 2000), letter=st.characters())
def test_a_receipt_with_another_letter_is_refused(place, letter):
    jws = receipt(line(facts=FACTS))
    place %= len(jws)
    assume(letter != jws[place])
    assert refused(jws[:place] + letter + jws[place + 1 :])


@pytest.mark.parametrize("change", [{}, {"alg": "none"}, {"typ": "JWT"}])
def test_the_verifier_reads_receipts_as_the_site_does(change):
    jws = forged(said(), **change)
    public = [verify_ledger.read_key(row, keys.origin()) for row in keys.document()["keys"]]
    if not change:
        assert verify_ledger.read_receipt(jws, public, keys.origin()).leaf == read_receipt(jws)["leaf"]
        return
    assert refused(jws)
    with pytest.raises(verify_ledger.Unreadable):
        verify_ledger.read_receipt(jws, public, keys.origin())
