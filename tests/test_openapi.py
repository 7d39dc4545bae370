"""The OpenAPI document is true: it names what there is, and what there is answers as it says."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories import LONG_AGO, faster_reply, material, policy, publish

pytestmark = pytest.mark.django_db

DOCUMENT = "/api/v1/openapi.json"
OPERATIONS = {
    "listPolicies": "/api/v1/policies",
    "readPolicy": "/api/v1/policies/{slug}",
    "listVersions": "/api/v1/policies/{slug}/versions",
    "readVersion": "/api/v1/policies/{slug}/versions/{permalink}",
    "compareVersions": "/api/v1/policies/{slug}/compare/{older}...{newer}",
    "readSectionHistory": "/api/v1/policies/{slug}/sections/{anchor}",
    "readPolicyAsOf": "/api/v1/policies/{slug}/as-of/{day}",
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def api():
    """The document with the application that it describes, whose requests leave the transaction of the test open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def document(client):
    return client.get(DOCUMENT).json()


@pytest.fixture
def known():
    """Parts of addresses at which there is something."""
    coming = publish(policy(), sections=faster_reply(), **material())
    first = LONG_AGO.isoformat()
    return {
        "slug": "privacy",
        "permalink": first,
        "anchor": "contact",
        "older": first,
        "newer": coming.permalink,
        "day": first,
    }


def test_the_document_names_every_operation(document):
    found = {
        operation["operationId"]: path for path, methods in document["paths"].items() for operation in methods.values()
    }
    assert OPERATIONS.items() <= found.items()


def test_the_document_is_valid(api):
    api.validate()


def test_every_operation_and_parameter_is_described(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert all(parameter["description"] for parameter in operation["parameters"])


def test_every_error_is_documented_as_a_problem(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            errors = {status: each for status, each in operation["responses"].items() if status >= "400"}
            assert "400" in errors
            for error in errors.values():
                assert error["content"] == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_answers_are_what_the_document_says(api, known, operation_id):
    operation = api.find_operation_by_id(operation_id)

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(case=operation.as_strategy(), is_known=st.booleans())
    def ask(case, is_known):
        if is_known:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        case.call_and_validate(checks=CHECKS)

    ask()


@pytest.mark.parametrize("page", ["/api/v1/docs", "/api/v3/docs/"])
def test_the_documentation_page_asks_no_third_party(client, page):
    html = client.get(page).content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert loaded
    assert all(address.startswith("/static/ninja/") for address in loaded)


def test_the_documentation_page_has_no_stranger_check_the_document(client):
    assert '"validatorUrl": null' in client.get("/api/v1/docs").content.decode()
