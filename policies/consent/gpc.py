"""What the site states about Global Privacy Control: only what its own last audit bears out (W3C, section 4.2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common import clock

from .knowing import known
from .models import Purpose, SelfAudit


@cache_control(public=True, max_age=300)
@require_safe
def gpc_json(request: HttpRequest) -> JsonResponse:
    """`/.well-known/gpc.json`: of the site in general, never of the browser that asks."""
    return JsonResponse(gpc_statement())


def gpc_statement() -> dict[str, Any]:
    """`{"gpc": bool, "lastUpdate": "YYYY-MM-DD"}`: the day since when the statement is what it is.

    True only while the newest self-audit found nothing and is not too old, and there is something to switch off. Without
    any audit there is no such day, and the member is left out: the date is then unknown, says the specification.
    """
    audits = SelfAudit.objects.order_by("-audited_at", "-pk").values_list("audited_at", "passed")
    holds, since = borne_out(audits.iterator(), now=clock.now(), max_age=settings.GPC_AUDIT_MAX_AGE)
    if not known(settings.LANGUAGE_CODE).switched_off_by_signal:
        holds, since = False, _purposes_changed_at()
    statement: dict[str, Any] = {"gpc": holds}
    return statement | {"lastUpdate": clock.day_of(since).isoformat()} if since else statement


def borne_out(
    audits: Iterable[tuple[datetime, bool]], *, now: datetime, max_age: timedelta
) -> tuple[bool, datetime | None]:
    """Whether audits, the newest first, bear the statement out now, and since when the answer is what it is.

    An audit counts until the next one, and never longer than `max_age`.
    """
    holds, since = None, None
    for audited_at, passed in audits:
        ends = since or now
        stood = passed and ends - audited_at <= max_age
        if holds is None:
            holds = stood
        if passed and not stood and not holds:
            return False, audited_at + max_age
        if stood != holds:
            break
        since = audited_at
    return bool(holds), since


def _purposes_changed_at() -> datetime | None:
    """Nothing is switched off: since somebody last changed what is asked for, at the latest."""
    changed: datetime | None = Purpose.history.aggregate(at=Max("history_date"))["at"]
    return changed
