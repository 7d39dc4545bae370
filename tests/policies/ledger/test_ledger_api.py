"""The API of the ledger says what its document says, whatever it is asked."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.ledger.actions import append
from policies.ledger.models import Kind
from policies.ledger.sealing import seal
from tests.policies.ledger.growing import lines
from tests.test_openapi import CHECKS, DOCUMENT, api

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db

OPERATIONS = {
    "readCheckpoint": "/api/v1/ledger/checkpoint",
    "listCheckpoints": "/api/v1/ledger/checkpoints",
    "proveInclusion": "/api/v1/ledger/entries/{leaf}/inclusion",
    "proveConsistency": "/api/v1/ledger/consistency",
    "readLedgerEntry": "/api/v1/ledger/entries/{uid}",
}


def test_the_document_names_every_operation(client):
    paths = client.get(DOCUMENT).json()["paths"]
    found = {operation["operationId"]: path for path, methods in paths.items() for operation in methods.values()}
    assert OPERATIONS.items() <= found.items()


@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_answers_are_what_the_document_says(api, operation_id, is_empty):
    known = {"leaf": "0" * 64, "uid": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    if not is_empty:
        lines(20)
        entry = append(kind=Kind.NOTICE_CLOSED, facts={"number": 1})
        seal()
        known = {"leaf": entry.leaf, "uid": str(entry.uid)}
    operation = api.find_operation_by_id(operation_id)

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(case=operation.as_strategy(), is_known=st.booleans())
    def ask(case, is_known):
        if is_known:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        case.call_and_validate(checks=CHECKS)

    ask()


@pytest.mark.parametrize("words", ["-1", "1.5", "x", "١", "9" * 18, "9" * 30, "%00", "1e3", " 1", "0x1", "null"])
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ledger_checkpoints", "limit"),
        ("ledger_checkpoints", "before"),
        ("ledger_consistency", "from"),
        ("ledger_consistency", "to"),
        ("ledger_inclusion", "size"),
    ],
)
def test_odd_numbers_get_a_problem(client, name, key, words):
    lines(3)
    seal()
    leaf = {"leaf": append(kind=Kind.NOTICE_CLOSED, facts={}).leaf} if name == "ledger_inclusion" else {}
    seal()
    response = client.get(reverse(f"api_v1:{name}", kwargs=leaf), {key: words})
    if (key, words) == ("before", "9" * 18):
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


@pytest.mark.parametrize("leaf", ["0" * 63, "G" * 64, "A" * 64, "%00", "é", "0" * 64 + "%0a", "x" * 5000])
def test_odd_leaves_get_a_problem(client, leaf):
    response = client.get(f"/api/v1/ledger/entries/{leaf}/inclusion")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("uid", ["1", "%00", "é", "0f8fad5bd9cb469fa16570867728950e", "{}", "x" * 5000])
def test_odd_ids_are_not_found(client, uid):
    response = client.get(f"/api/v1/ledger/entries/{uid}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_before_anything_is_sealed_the_answer_says_so(client):
    for name in ("ledger_checkpoint", "ledger_consistency"):
        response = client.get(reverse(f"api_v1:{name}"))
        assert (response.status_code, response.json()["detail"]) == (404, "Nothing has been sealed yet.")
    assert client.get(reverse("api_v1:ledger_checkpoints")).json() == {"checkpoints": [], "next": None}
