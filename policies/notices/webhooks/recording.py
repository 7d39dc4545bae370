"""From something that happened to a row for every endpoint that wants to know, in the same transaction."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from common import clock
from policies.versions.models import Act, Version, VersionText
from policies.versions.states import ActKind

from .kinds import TEST, EventType
from .models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from .payloads import act_facts, body_of, translation_facts, version_facts

ACTS = {
    ActKind.CANCELLED: EventType.CANCELLED,
    ActKind.CORRECTED: EventType.CORRECTED,
    ActKind.WITHDRAWN: EventType.WITHDRAWN,
}
LOOK_BACK = timedelta(days=5)
"""How long after its moment a taking effect is still told, if no worker ran meanwhile: as long as anything is tried."""


def on_version_announced(sender: Any, version: Version, **kwargs: Any) -> None:
    """Told at once, whatever its class and whoever gets a letter."""
    _record(
        EventType.ANNOUNCED, version, key=version.pk, at=version.announced_at, facts=partial(version_facts, version)
    )


def on_version_acted(sender: Any, act: Act, **kwargs: Any) -> None:
    """Cancelled, corrected or withdrawn."""
    _record(ACTS[ActKind(act.kind)], act.version, key=act.pk, at=act.happened_at, facts=partial(act_facts, act))


def on_translation_added(sender: Any, text: VersionText, **kwargs: Any) -> None:
    """A language that came later, or was corrected."""
    facts = partial(translation_facts, text)
    _record(EventType.TRANSLATED, text.version, key=text.pk, at=text.added_at, facts=facts)


def tell_what_took_effect() -> int:
    """Nothing happens when a version takes effect but that time goes by, so somebody has to look; returns how many events
    there are anew. Whoever began to listen later is not told of the past."""
    since = clock.now() - LOOK_BACK
    endpoints = WebhookEndpoint.objects.listening().order_by("created_at")
    first = next((each.created_at for each in endpoints if EventType.IN_FORCE in each.events), None)
    if first is None:
        return 0
    versions = Version.objects.effective().standing().filter(effective_at__gt=max(since, first))
    return sum(_tell_taking_effect(version) for version in versions.select_related("work").order_by("effective_at"))


@transaction.atomic
def _tell_taking_effect(version: Version) -> bool:
    at = version.effective_at
    return _record(EventType.IN_FORCE, version, key=version.pk, at=at, facts=partial(version_facts, version))


def send_test(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A message that tells of nothing, to one endpoint only."""
    facts = {"message": "If you can read this and the signature is right, everything works."}
    key = f"{TEST}:{uuid.uuid4()}"
    event = WebhookEvent.objects.create(key=key, type=TEST, body=body_of(TEST, at=clock.now(), facts=facts))
    return WebhookDelivery.objects.create(endpoint=endpoint, event=event)


def _record(
    event_type: EventType, version: Version, *, key: int, at: datetime, facts: Callable[[], Mapping[str, Any]]
) -> bool:
    """Write the event, if anybody wants it and it is not there; the unique keys make sure of both."""
    name = f"{event_type}:{key}"
    wanting = [each for each in WebhookEndpoint.objects.listening() if each.wants(event_type, version.work)]
    if event_type == EventType.IN_FORCE:
        wanting = [each for each in wanting if each.created_at < at]
    if not wanting or WebhookEvent.objects.filter(key=name).exists():
        return False
    body = body_of(event_type, at=at, facts=facts())
    event, is_new = WebhookEvent.objects.get_or_create(
        key=name, defaults={"type": event_type, "version": version, "body": body}
    )
    rows = [WebhookDelivery(endpoint=endpoint, event=event) for endpoint in wanting]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    return is_new
