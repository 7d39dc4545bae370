"""The API of choices says what its document says, whatever it is asked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.consent.actions import Act, record_choices
from policies.consent.remembering import token_of
from policies.consent.rules import Remembered
from policies.consent.wordings import wording_in_force
from tests.test_openapi import CHECKS, DOCUMENT, api

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db

OPERATIONS = {
    "mayI": "/api/v1/choices/check",
    "readWordingInForce": "/api/v1/choices/wording",
    "readWording": "/api/v1/choices/wordings/{sha256}",
    "choose": "/api/v1/choices",
    "withdraw": "/api/v1/choices/withdraw",
}


def test_the_document_names_every_operation(client):
    paths = client.get(DOCUMENT).json()["paths"]
    found = {operation["operationId"]: path for path, methods in paths.items() for operation in methods.values()}
    assert OPERATIONS.items() <= found.items()


@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_answers_are_what_the_document_says(api, announce, operation_id, is_empty):
    known = {}
    if not is_empty:
        announce(1, days=-1)
        known = _known()
    operation = api.find_operation_by_id(operation_id)

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(case=operation.as_strategy(), is_known=st.booleans())
    def ask(case, is_known):
        if is_known and known:
            _make_known(case, known)
        case.call_and_validate(checks=CHECKS)

    ask()


def _known():
    """Something to find. Made without Django's client, which has the database closed after each request."""
    wording = wording_in_force(language="en")
    recorded = record_choices(remembered=Remembered(), act=Act({"performance": True, "targeting": False}, wording))
    return {"sha256": wording.sha256, "token": token_of(recorded.remembered)}


def _make_known(case, known):
    if case.path_parameters:
        case.path_parameters = {"sha256": known["sha256"]}
    if isinstance(case.body, dict) and "wording" in case.body:
        case.body["wording"] = known["sha256"]
    if case.query and "purpose" in case.query:
        case.query["purpose"] = "performance"
    if case.headers is not None:
        case.headers["Kept-Choices"] = known["token"]
