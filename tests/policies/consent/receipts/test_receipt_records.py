"""The receipt for machines: every kind of line is a valid ISO/IEC TS 27560 record, and nothing mandatory can be left out."""

import json
import socket
from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import RDF, Graph, Namespace

from policies.consent.links import receipt_url
from policies.consent.models import Purpose
from tests.policies.consent.receipts.lines_told import KINDS, controller, line
from tests.policies.consent.visitors import Visitor, ledger

pytestmark = pytest.mark.django_db

DPV = Namespace("https://w3id.org/dpv#")
SHAPES = Graph().parse(Path(__file__).with_name("dpv-27560.ttl"))
RECORD = "dpv:hasRecordOfActivity"
PARTY = (RECORD, "dpv:hasEntity")
PROCESS = (RECORD, "dpv:hasProcess", 0)
STATUS = (*PROCESS, "dpv:hasConsentStatus")
MANDATORY = [
    ("dct:conformsTo",),
    ("dct:identifier",),
    ("dct:created",),
    ("dct:publisher",),
    (RECORD,),
    *((RECORD, f"dct:{name}") for name in ("conformsTo", "identifier")),
    *(
        (RECORD, f"dpv:has{name}")
        for name in [
            "DataSubject",
            "DataController",
            "Entity",
            "Notice",
            "Process",
            "Jurisdiction",
            "ConsentControl",
            "Right",
        ]
    ),
    (RECORD, "dpv:hasDataSubject", "dct:identifier"),
    (RECORD, "dpv:hasNotice", 0, "dct:language"),
    (RECORD, "dpv:hasNotice", 0, "@type"),
    (RECORD, "dpv:hasConsentControl", "@type"),
    (RECORD, "dpv:hasConsentControl", "dpv:isExercisedAt"),
    (RECORD, "dpv:hasRight", 0, "dpv:isExercisedAt"),
    *((*PARTY, name) for name in ("@type", "dct:identifier", "dpv:hasName", "dpv:hasAddress", "dpv:hasContact")),
    *(
        (*PROCESS, f"dpv:has{name}")
        for name in ["Purpose", "LegalBasis", "PersonalData", "Recipient", "StorageCondition"]
    ),
    (*PROCESS, "dpv:hasStorageCondition", 0),
    (*PROCESS, "dpv:hasStorageCondition", 1),
    (*PROCESS, "dpv:hasStorageCondition", 0, "dpv:hasLocation"),
    (*PROCESS, "dpv:hasStorageCondition", 1, "dpv:hasDuration"),
    STATUS,
    (*STATUS, "@type"),
    *((*STATUS, f"dpv:{name}") for name in ("isIndicatedAtTime", "isIndicatedBy", "hasDuration")),
    (*STATUS, "dpv:hasDuration", "rdf:value"),
]
"""Where the mandatory fields of the profile stand in our JSON."""


def of(entry):
    answer = Client().get(receipt_url(entry)[:-1] + ".json")
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    return json.loads(answer.content)


def graph(receipt):
    return Graph().parse(data=json.dumps(receipt), format="json-ld")


def faults(receipt):
    holds, _, why = validate(graph(receipt), shacl_graph=SHAPES)
    return "" if holds else why


def states(receipt):
    found = graph(receipt)
    kinds = {kind for status in found.objects(None, DPV.hasConsentStatus) for kind in found.objects(status, RDF.type)}
    return {str(kind).rpartition("#")[2] for kind in kinds}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_line_is_a_valid_record(version, announce, kind):
    controller()
    assert faults(of(line(kind, announce))) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_valid_before_anybody_filled_in_who_is_responsible(version, announce, kind):
    assert faults(of(line(kind, announce))) == ""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("given", {"ConsentGiven", "ExpressedConsent"}),
        ("given and refused", {"ConsentGiven", "ExpressedConsent", "ConsentRefused"}),
        ("refused by nobody known", {"ConsentRefused"}),
        ("withdrawn", {"ConsentWithdrawn"}),
        ("renewed", {"RenewedConsentGiven", "ExpressedConsent"}),
        ("expired", {"ConsentExpired"}),
        ("opt-out", {"ConsentRefused"}),
        ("bare opt-out", {"ConsentRefused"}),
        ("first release", {"ConsentGiven", "ExpressedConsent"}),
    ],
)
def test_the_state_is_that_of_the_line(version, announce, kind, expected):
    assert states(of(line(kind, announce))) == expected


@pytest.fixture
def sound(version, announce):
    controller()
    return of(line("given and refused", announce))


@pytest.mark.parametrize("path", MANDATORY, ids=lambda path: " ".join(map(str, path)))
def test_nothing_mandatory_can_be_left_out(sound, path):
    without = deepcopy(sound)
    place = without
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    assert faults(sound) == ""
    assert faults(without)


def test_an_invented_state_is_none(sound):
    sound[RECORD]["dpv:hasProcess"][0]["dpv:hasConsentStatus"]["@type"] = ["dpv:ConsentAssumed"]
    assert faults(sound)


def test_reading_it_fetches_nothing(sound, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(graph(sound)) > 60


def test_no_word_of_it_is_lost_in_json_ld(sound):
    """A member that the context does not explain would silently fall out of the graph."""
    names = set()

    def walk(value):
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                names.update(name for name in each if not name.startswith("@"))
                for inner in each.values():
                    walk(inner)

    walk({name: value for name, value in sound.items() if name != "@context"})
    found = {str(predicate) for predicate in graph(sound).predicates()}
    prefixes = {name: value for name, value in sound["@context"].items() if isinstance(value, str)}
    expanded = {prefixes[name.partition(":")[0]] + name.partition(":")[2] for name in names}
    assert expanded <= found


def test_a_refusal_names_nobody(version, announce):
    entry = line("refused by nobody known", announce)
    subject = of(entry)[RECORD]["dpv:hasDataSubject"]["dct:identifier"]
    assert subject == f"urn:uuid:{entry.uid}#holder"


def test_recipients_and_words_that_are_no_terms_are_told_all_the_same(version):
    changes = {
        "recipients": "Stats Ltd\nAds Inc",
        "data_categories": "pd:IPAddress\nyour clicks",
        "dpv": "dpv:no term!",
    }
    Purpose.objects.filter(code="performance").update(**changes)
    Visitor().answers(performance="yes")
    [entry] = ledger()
    told = of(entry)
    process = told[RECORD]["dpv:hasProcess"][0]
    assert [each["dpv:hasName"] for each in process["dpv:hasRecipient"][1:]] == ["Stats Ltd", "Ads Inc"]
    assert process["dpv:hasPersonalData"] == ["pd:IPAddress", {"@type": "dpv:PersonalData", "dct:title": "your clicks"}]
    assert process["dpv:hasPurpose"]["@type"] == ["dpv:Purpose"]
    assert faults(told) == ""
