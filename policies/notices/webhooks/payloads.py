"""What a message says: thin, so that nothing in it can be out of date; the rest is behind its links."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from policies.versions.addresses import page_url
from policies.versions.models import Act, Version, VersionText, Work


def body_of(event_type: str, *, at: datetime, facts: Mapping[str, Any]) -> str:
    """The bytes that are signed and sent, as text."""
    message = {"type": event_type, "timestamp": at.isoformat(), "data": facts}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def version_facts(version: Version) -> dict[str, Any]:
    """Which version it is, and where it is read."""
    work = version.work
    return {
        "kind": work.kind,
        "slug": work.slug,
        "permalink": version.permalink,
        "number": version.number,
        "change_class": version.change_class,
        "announced_at": version.announced_at.isoformat(),
        "effective_at": version.effective_at.isoformat(),
        "sha256": version.sha256,
        "replaces": version.replaces.permalink if version.replaces else None,
        "links": _links(version),
    }


def act_facts(act: Act) -> dict[str, Any]:
    """The version, and which section an erratum is about; the words are behind the link."""
    return {**version_facts(act.version), "anchor": act.facts.get("anchor") or None}


def translation_facts(text: VersionText) -> dict[str, Any]:
    """The version, and which language it can now be read in."""
    page = f"{page_url(text.version.work, language=text.language)}versions/{text.version.permalink}/"
    facts = version_facts(text.version)
    return {**facts, "language": text.language, "sequence": text.sequence, "links": facts["links"] | {"page": page}}


def _links(version: Version) -> dict[str, str]:
    page = page_url(version.work, language=version.work.source_language)
    links = {"page": f"{page}versions/{version.permalink}/", "document": page, "feed": f"{page}feed.json"}
    if version.work.kind == Work.Kind.POLICY:
        parts = {"slug": version.work.slug, "permalink": version.permalink}
        links["api"] = settings.SITE_URL + reverse("api_v1:version", kwargs=parts)
    return links
