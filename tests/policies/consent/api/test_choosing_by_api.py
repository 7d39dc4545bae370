"""Choosing through another face: the same record as by the page, once for each attempt."""

import json
import time
from uuid import uuid4

import pytest
from django.conf import settings

from policies.consent.models import Choice, Wording
from policies.ledger.models import Entry
from tests.policies.consent.api.faces import CHOICES, Face
from tests.policies.consent.visitors import ledger, told

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def face(version):
    return Face()


def test_the_wording_tells_all_that_has_to_be_shown(face, version):
    shown = face.client.get(f"{CHOICES}/wording", {"language": "en", "kind": "choices"}).json()
    assert shown["purposes"] == ["performance", "functional", "targeting"]
    assert 'name="choice-performance"' in shown["content"]["html"]
    assert shown["version"] == {"number": 1, "permalink": version.permalink}
    again = face.client.get(f"{CHOICES}/wordings/{shown['sha256']}").json()
    assert again == shown


def test_banner_and_page_are_wordings_of_their_own(face):
    kinds = [face.client.get(f"{CHOICES}/wording", {"kind": kind}).json()["sha256"] for kind in ("banner", "choices")]
    assert len(set(kinds)) == 2


@pytest.mark.parametrize("query", [{"kind": "mail"}, {"language": "fr"}])
def test_what_is_not_asked_cannot_be_shown(face, query):
    assert face.client.get(f"{CHOICES}/wording", query).status_code == 400


@pytest.mark.parametrize("digest", ["0" * 64, "x", "A" * 64, "%00"])
def test_a_wording_that_was_never_shown_is_not_found(face, digest):
    assert face.client.get(f"{CHOICES}/wordings/{digest}").status_code in (400, 404)


def test_without_a_policy_there_is_nothing_to_ask(db):
    assert Face().client.get(f"{CHOICES}/wording").status_code == 404
    answer = Face().sends({"wording": "0" * 64, "choices": {"performance": True}})
    assert answer.status_code == 409


def test_a_choice_is_recorded_as_by_the_page(face):
    answer = face.chooses(performance=True, targeting=False)
    [entry] = ledger()
    body = answer.json()
    assert answer.status_code == 201
    assert body["states"] == {"performance": "given", "targeting": "refused"}
    assert body["allows"] == ["performance"]
    assert body["entry"] == {"uid": str(entry.uid), "leaf": entry.leaf}
    assert body["receipt_url"] == f"{settings.SITE_URL}/choices/receipts/{entry.uid}/"
    assert (entry.facts["method"], entry.facts["wording"]) == ("form", Wording.objects.get().sha256)
    assert face.may("performance").json()["entry"]["uid"] == str(entry.uid)


def test_the_token_it_gives_carries_the_next_choice(face):
    face.chooses(performance=True)
    face.chooses(functional=True)
    assert len({entry.subject for entry in ledger()}) == 1
    assert face.answer.json()["allows"] == ["functional", "performance"]


def test_refusing_makes_no_identifier(face):
    answer = face.chooses(performance=False)
    assert answer.status_code == 201
    assert "id-" not in face.token
    assert not Choice.objects.exists()


def test_choosing_the_same_again_adds_nothing(face):
    face.chooses(performance=True)
    answer = face.chooses(performance=True)
    assert (answer.status_code, answer.json()["entry"], answer.json()["states"]) == (200, None, {})
    assert len(ledger()) == 1


def test_the_same_key_records_once_and_answers_alike(face):
    first = face.chooses(key=KEY, performance=True)
    stranger = Face()
    again = stranger.chooses(key=KEY, performance=True)
    quoted = Face().chooses(key=f'"{KEY}"', performance=True)
    assert (first.status_code, again.status_code, quoted.status_code) == (201, 200, 200)
    assert first.json() == again.json() == quoted.json()
    assert len(ledger()) == 1


def test_the_same_key_with_other_answers_is_refused_and_undoes_nothing(face):
    face.chooses(key=KEY, performance=True)
    other = Face().chooses(key=KEY, performance=False)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]
    assert told() == [("given", "performance", 1)]


@pytest.mark.parametrize("key", ["", "short", "x" * 101, "with spaces in it, twenty", "ہ" * 20, '"' + "a" * 19 + '"'])
def test_without_a_good_key_nothing_happens(face, key):
    body = {"wording": face.wording, "choices": {"performance": True}}
    answer = face.client.post(
        CHOICES, body, content_type="application/json", headers={"Idempotency-Key": key} if key else {}
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not ledger()


@pytest.mark.parametrize("method", ["button", "checkbox", "form"])
def test_the_deliberate_act_is_named(face, method):
    face.sends({"wording": face.wording, "choices": {"performance": True}, "method": method})
    assert ledger()[0].facts["method"] == method


@pytest.mark.parametrize("method", ["scroll", "signed_import", "confirmed_mail", None, 1])
def test_nothing_else_is_an_act(face, method):
    assert face.sends({"wording": face.wording, "choices": {"performance": True}, "method": method}).status_code == 422


def test_unknown_purposes_are_named(face):
    answer = face.chooses(performance=True, mining=True, essential=False)
    assert answer.status_code == 422
    assert {each["where"] for each in answer.json()["errors"]} == {
        "body.choosing.choices.mining",
        "body.choosing.choices.essential",
    }
    assert not ledger()


def test_a_wording_that_was_never_shown_gets_the_current_one(face):
    current = face.wording
    answer = face.sends({"wording": "0" * 64, "choices": {"performance": True}})
    assert (answer.status_code, answer.json()["wording"]) == (409, current)
    assert answer.json()["wording_url"].endswith(f"{CHOICES}/wordings/{current}")


def test_an_older_wording_counts_for_what_it_asked(face, announce):
    old = face.wording
    announce(2, renews=["performance"])
    face.sends({"wording": old, "choices": {"performance": True}})
    assert told() == [("given", "performance", 1)]
    assert face.answer.json()["allows"] == []


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        '"x"',
        "[" * 5000,
        "9" * 5000,
        "{}",
        '{"wording": null, "choices": {"performance": true}}',
        '{"wording": "W", "choices": {}}',
        '{"wording": "W", "choices": null}',
        '{"wording": "W", "choices": {"performance": "yes"}}',
        '{"wording": "W", "choices": {"performance": 1}}',
        '{"wording": "W", "choices": {"performance": NaN}}',
        '{"wording": "W", "choices": {"\\ud800": true}}',
        '{"wording": "W", "choices": {"\\u0000": true}}',
        '{"wording": "W", "choices": {"performance": true}, "chosen_at": "2020-01-01"}',
        '{"wording": "W", "choices": {"performance": true}, "subject": "x"}',
    ],
)
def test_what_cannot_be_read_is_a_problem(face, body):
    words = body.replace("W", face.wording)
    answer = face.client.post(CHOICES, words, content_type="application/json", headers={"Idempotency-Key": KEY})
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert not ledger()


def test_ten_thousand_purposes_are_refused_at_once(face):
    body = {"wording": face.wording, "choices": {f"purpose{number}": True for number in range(10_000)}}
    started = time.perf_counter()
    answer = face.sends(body)
    assert time.perf_counter() - started < 1
    assert answer.status_code == 422
    assert len(answer.content) < 20_000


def test_three_megabytes_are_refused_unread(face):
    answer = face.client.post(
        CHOICES, json.dumps({"x": "y" * 3_000_000}), content_type="application/json", headers={"Idempotency-Key": KEY}
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""])
def test_only_json_is_read(face, content_type):
    body = json.dumps({"wording": face.wording, "choices": {"performance": True}})
    answer = face.client.generic("POST", CHOICES, body, content_type, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 415
    assert not ledger()


def test_a_page_of_this_site_gets_its_cookies(sara):
    body = {"wording": Face().wording, "choices": {"performance": True}}
    answer = sara.browser.post(CHOICES, body, content_type="application/json", headers={"Idempotency-Key": KEY})
    assert set(answer.cookies) == {"kept_choices", "kept_allows"}
    assert answer.cookies["kept_choices"].value == answer.json()["token"]
    assert sara.opens_the_page().ticked == {"performance": "yes"}


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://shop.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_any_other_page_neither_uses_nor_gets_cookies(sara, headers):
    sara.answers(performance="yes")
    face = Face()
    face.client.cookies["kept_choices"] = sara.cookie
    answer = face.chooses(performance=False, headers=headers)
    assert not answer.cookies
    assert told() == [("given", "performance", 1), ("refused", "performance", 1)]
    assert Choice.objects.granted().count() == 1


def test_the_signal_is_told_beside_the_choice(face):
    answer = face.chooses(targeting=True, performance=True, headers={"Sec-GPC": "1"})
    assert (answer.json()["allows"], answer.json()["switched_off"]) == (["performance"], ["targeting"])


def test_everything_is_taken_back_in_one_step(face):
    face.chooses(performance=True, functional=True, targeting=False)
    answer = face.takes_back()
    assert (answer.status_code, answer.json()["allows"]) == (201, [])
    assert answer.json()["states"] == {"performance": "withdrawn", "functional": "withdrawn"}
    assert face.may("performance").json()["because"] == "withdrawn"


def test_one_thing_is_taken_back_and_the_rest_stays(face):
    face.chooses(performance=True, functional=True)
    assert face.takes_back("performance").json()["allows"] == ["functional"]


def test_taking_back_twice_is_as_good_as_once(face):
    face.chooses(performance=True)
    face.takes_back()
    assert face.takes_back().status_code == 200
    assert len(ledger()) == 2


def test_taking_back_works_from_an_old_token_and_where_no_policy_is_in_force(face, version):
    face.chooses(performance=True)
    old = face.token
    face.chooses(functional=True)
    face.token = old
    assert face.takes_back().json()["states"] == {"performance": "withdrawn", "functional": "withdrawn"}


def test_only_the_person_takes_back(face, sara):
    sara.answers(performance="yes")
    stranger = Face(Origin="https://evil.example")
    stranger.client.cookies["kept_choices"] = sara.cookie
    assert stranger.takes_back().status_code == 400
    assert Choice.objects.granted().count() == 1


def test_what_there_is_not_cannot_be_taken_back(face):
    face.chooses(performance=True)
    assert face.takes_back("performance", "mining").status_code == 422
    assert Choice.objects.granted().count() == 1


def test_a_choice_commits_by_itself(face, transactional_db):
    from policies.consent.api import routes

    assert routes.choose.non_atomic
    assert routes.take_back.non_atomic


@pytest.mark.parametrize("path", ["", "/withdraw"])
def test_the_view_is_in_no_transaction_of_the_request(path):
    from django.urls import resolve

    assert resolve(f"{CHOICES}{path}").func.non_atomic is True


def test_reading_is_not_among_them():
    from django.urls import resolve

    assert not hasattr(resolve(f"{CHOICES}/check").func, "non_atomic")


def test_looking_enters_nothing(face):
    before = Entry.objects.count()
    face.may("performance")
    face.client.get(f"{CHOICES}/wording")
    assert Entry.objects.count() == before
    assert face.client.get(CHOICES).status_code == 405


def test_a_key_is_new_for_each_attempt(face):
    face.chooses(key=str(uuid4()), performance=True)
    face.chooses(key=str(uuid4()), performance=False)
    assert [kind for kind, _, _ in told()] == ["given", "withdrawn"]
