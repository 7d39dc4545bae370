"""A line of choices as ISO/IEC TS 27560:2023 structures it, in the words of the Data Privacy Vocabulary.

The fields are those of the W3C guide "Consent Records and Receipts as per ISO/IEC TS 27560:2023 using DPV"
(w3id.org/dpv/guides/consent-27560, 2024-08-01). The context stands in it, so that reading it fetches nothing.
"""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import clock
from policies.controller.models import Controller
from policies.versions.addresses import version_url

from ..models import LegalBasis
from ..rules import State
from .told import Said, Source, Told

SCHEMA = "https://w3id.org/dpv/schema/dpv-27560#"
LINKS = (
    "dct:conformsTo",
    "dct:isPartOf",
    "dct:publisher",
    "dpv:hasApplicableLaw",
    "dpv:hasDataController",
    "dpv:hasJurisdiction",
    "dpv:hasLegalBasis",
    "dpv:hasLocation",
    "dpv:hasPersonalData",
    "dpv:hasProcessing",
    "dpv:hasRecipient",
    "dpv:isExercisedAt",
    "dpv:isIndicatedBy",
)
"""Properties whose plain values are addresses or terms, not words."""
MOMENTS = ("dct:created", "dpv:isIndicatedAtTime")
CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@id": name, "@type": "@id"} for name in LINKS},
    **{name: {"@id": name, "@type": "xsd:dateTime"} for name in MOMENTS},
}
STATES = {
    State.GIVEN: "dpv:ConsentGiven",
    State.RENEWED: "dpv:RenewedConsentGiven",
    State.REFUSED: "dpv:ConsentRefused",
    State.WITHDRAWN: "dpv:ConsentWithdrawn",
    State.EXPIRED: "dpv:ConsentExpired",
}
BASES = {
    LegalBasis.CONSENT: "eu-gdpr:A6-1-a",
    LegalBasis.CONTRACT: "eu-gdpr:A6-1-b",
    LegalBasis.LEGAL_OBLIGATION: "eu-gdpr:A6-1-c",
    LegalBasis.LEGITIMATE_INTEREST: "eu-gdpr:A6-1-f",
}
LAW, PLACE = "eu-gdpr:GDPR", "loc:EU"
"""One strict regime serves everybody: the law it follows is that of the European Union, wherever somebody is."""
TERM = re.compile(r"(?:dpv|pd|loc|eu-gdpr):[A-Za-z0-9][A-Za-z0-9_\-]*")
"""A term of a vocabulary whose prefix the context explains."""


def record(
    told: Told, controller: Controller | None, *, address: str, created: datetime | None = None
) -> dict[str, Any]:
    """A consent receipt with the record in it; `address` is the page of the receipt, absolute."""
    site = settings.SITE_URL
    return {
        "@context": CONTEXT,
        "@id": f"{address}#receipt",
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": f"{SCHEMA}receipt",
        "dct:identifier": f"urn:uuid:{told.entry.uid}#receipt",
        "dct:created": _moment(created or clock.now()),
        "dct:publisher": f"{site}/#controller",
        "dpv:hasRecordOfActivity": _record(told, controller, f"{site}/#controller", address),
    }


def _record(told: Told, controller: Controller | None, responsible: str, address: str) -> dict[str, Any]:
    entry = told.entry
    return {
        "@id": f"{address}#record",
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": f"{SCHEMA}record",
        "dct:identifier": str(entry.uid),
        "dct:type": entry.kind,
        "dpv:hasDataSubject": _subject(told),
        "dpv:hasDataController": responsible,
        "dpv:hasEntity": _entity(controller, responsible),
        "dpv:hasNotice": [_notice(source) for source in told.sources],
        "dpv:hasProcess": [_process(each, told, responsible) for each in told.said] or [_whole(told, responsible)],
        "dpv:hasJurisdiction": PLACE,
        "dpv:hasApplicableLaw": LAW,
        "dpv:hasConsentControl": {
            "@type": ["dpv:ProvideConsent", "dpv:WithdrawConsent"],
            "dpv:isExercisedAt": _choices(),
        },
        "dpv:hasRight": _rights(told, controller),
        **_authority(controller),
    }


def _subject(told: Told) -> dict[str, Any]:
    """A refusal makes no id: who refused is nobody but the holder of this receipt."""
    known = f"urn:uuid:{told.entry.subject}" if told.entry.subject else f"urn:uuid:{told.entry.uid}#holder"
    return {"@id": known, "@type": "dpv:DataSubject", "dct:identifier": known}


def _entity(controller: Controller | None, responsible: str) -> dict[str, Any]:
    """Who is responsible, as named today. Where the site says no postal address, its own one stands there."""
    site = settings.SITE_URL
    contacts = [each for each in (controller.email, controller.phone) if each] if controller else []
    return {
        "@id": responsible,
        "@type": ["dpv:LegalEntity", "dpv:DataController"],
        "dct:identifier": site,
        "dpv:hasName": (controller and controller.name) or str(urlsplit(site).hostname),
        "dpv:hasAddress": (controller and " ".join(controller.address.split())) or site,
        "dpv:hasContact": contacts or [site],
    }


def _authority(controller: Controller | None) -> dict[str, Any]:
    if controller is None or not controller.authority:
        return {}
    contact = {"dpv:hasContact": controller.authority_url} if controller.authority_url else {}
    return {
        "dpv:hasAuthority": {"@type": "dpv:DataProtectionAuthority", "dpv:hasName": controller.authority, **contact}
    }


def _notice(source: Source) -> dict[str, Any]:
    """The very wording that asked; for a choice from elsewhere what is said of it."""
    known = str(source.facts.get("wording", ""))
    notice: dict[str, Any] = {"@type": "dpv:ConsentNotice", "dct:language": source.language or settings.LANGUAGE_CODE}
    if known:
        notice |= {"@id": f"{_choices()}wordings/{known}/", "dct:identifier": f"sha256:{known}"}
    if source.version:
        notice["dct:isPartOf"] = version_url(source.version, language=notice["dct:language"])
    return notice


def _process(said: Said, told: Told, responsible: str) -> dict[str, Any]:
    """One purpose and all that was said of it."""
    shown = said.shown
    return {
        "@type": "dpv:Process",
        "dct:identifier": said.code,
        "dpv:hasPurpose": _purpose(said),
        "dpv:hasLegalBasis": [BASES[LegalBasis(said.legal_basis)], "dpv:ExpressedConsent"],
        "dpv:hasPersonalData": [_term(each, "dpv:PersonalData") for each in shown.get("data_categories", ())]
        or ["dpv:PersonalData"],
        "dpv:hasDataSource": {"@type": "dpv:DataSubjectDataSource", "dpv:hasProcessing": ["dpv:Collect"]},
        "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use"],
        "dpv:hasRecipient": [responsible, *(_recipient(name) for name in shown.get("recipients", ()))],
        "dpv:hasStorageCondition": _storage(shown.get("retention", "")),
        "dpv:hasConsentStatus": _status(said, told, responsible),
    }


def _whole(told: Told, responsible: str) -> dict[str, Any]:
    """An opt-out that names no purpose is one from all selling and sharing."""
    until = {"@type": "dpv:UntilEventDuration", "rdf:value": "the person says otherwise"}
    status = _status_of(told, "dpv:ConsentRefused" if told.is_opt_out else "dpv:ConsentUnknown", until)
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {"@type": ["dpv:Purpose", "dpv:TargetedAdvertising"]},
        "dpv:hasLegalBasis": ["eu-gdpr:A6-1-a"],
        "dpv:hasPersonalData": ["dpv:PersonalData"],
        "dpv:hasRecipient": [responsible],
        "dpv:hasStorageCondition": _storage(""),
        "dpv:hasConsentStatus": status,
    }


def _purpose(said: Said) -> dict[str, Any]:
    term = said.shown.get("dpv", "")
    kinds = ["dpv:Purpose", *([term] if TERM.fullmatch(term) and term != "dpv:Purpose" else [])]
    words = {"dct:title": said.name, "dct:description": said.text}
    language = said.source.language or settings.LANGUAGE_CODE
    return {"@type": kinds} | {name: {"@value": text, "@language": language} for name, text in words.items() if text}


def _term(words: str, general: str) -> Any:
    """A term as it is; other words as an example of the general term."""
    return words if TERM.fullmatch(words) else {"@type": general, "dct:title": words}


def _recipient(name: str) -> dict[str, Any]:
    return {"@type": ["dpv:Recipient", "dpv:ThirdParty"], "dpv:hasName": name}


def _storage(retention: str) -> list[dict[str, Any]]:
    """On the device and with us; as long as was said, and where nothing was said, until consent ends."""
    kind = "dpv:Duration" if retention else "dpv:UntilEventDuration"
    duration = {"@type": kind, "rdf:value": retention or "consent is withdrawn or runs out"}
    return [
        {"@type": "dpv:StorageLocation", "dpv:hasLocation": ["dpv:WithinDevice", "dpv:RemoteLocation"]},
        {"@type": "dpv:StorageDuration", "dpv:hasDuration": duration},
    ]


def _status(said: Said, told: Told, responsible: str) -> dict[str, Any]:
    end = clock.end_of(said.until).isoformat(timespec="seconds")
    status = _status_of(told, STATES[said.state], {"@type": "dpv:UntilTimeDuration", "rdf:value": _typed(end)})
    if said.granted:
        status["@type"] = [STATES[said.state], "dpv:ExpressedConsent"]
    if said.state == State.EXPIRED:
        # Nobody did anything: time went by, and we noticed.
        status["dpv:isIndicatedBy"] = responsible
    return status


def _status_of(told: Told, state: str, duration: dict[str, Any]) -> dict[str, Any]:
    method = told.entry.facts.get("method")
    return {
        "@type": [state],
        "dpv:isIndicatedBy": "dpv:DataSubject",
        "dpv:isIndicatedAtTime": _moment(told.entry.happened_at),
        "dpv:hasDuration": duration,
        **({"dpv:hasIndicationMethod": str(method)} if method else {}),
    }


def _rights(told: Told, controller: Controller | None) -> list[dict[str, Any]]:
    """What a person can do; the policy and whoever is responsible say more of it."""
    with override(settings.LANGUAGE_CODE):
        withdraw, others = _("Right to withdraw consent"), _("Rights of access, correction, erasure and objection")
    version = told.sources[0].version
    policy = version_url(version, language=settings.LANGUAGE_CODE) if version else settings.SITE_URL
    return [
        {
            "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"],
            "dct:title": withdraw,
            "dpv:isExercisedAt": _choices(),
        },
        {
            "@type": ["dpv:DataSubjectRight", "eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A17", "eu-gdpr:A21"],
            "dct:title": others,
            "dpv:isExercisedAt": f"mailto:{controller.email}" if controller and controller.email else policy,
        },
    ]


def _choices() -> str:
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("choices:choices")


def _moment(moment: datetime) -> str:
    """UTC, as ISO 8601 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _typed(moment: str) -> dict[str, str]:
    return {"@value": moment, "@type": "xsd:dateTime"}
