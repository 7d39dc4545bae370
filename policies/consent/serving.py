"""How often a question was sent out: per wording and day, in sum, and nothing about anybody.

Whoever draws a question notes its wording on the request; the answer carries it in a header that the shelf counts and takes
off, also when it hands out the same bytes again. Counts are no evidence: a process that is killed loses its last seconds.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections, transaction
from django.http import HttpRequest, HttpResponse

from common import clock
from common.shelf import COUNTS
from common.tallying import Counts
from policies.ledger.actions import append
from policies.ledger.models import Kind

from .models import Served

LATE = timedelta(minutes=5)
"""How long after midnight the counts of a day may still come in."""


def note_shown(request: HttpRequest, wording: str) -> None:
    """Say that the answer to this request asks with a wording (its hash)."""
    noted: list[str] = request.__dict__.setdefault("kept_wordings", [])
    if wording not in noted:
        noted.append(wording)


def mark_served(response: HttpResponse, *wordings: str) -> HttpResponse:
    """Have this answer counted for wordings each time it goes out."""
    if wordings and response.status_code == 200:
        response[COUNTS] = " ".join(wordings)
    return response


class CountsShown:
    """Middleware: marks every answer with the wordings that were noted while it was made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return mark_served(response, *request.__dict__.get("kept_wordings", ()))


def add_counts(counts: Counts) -> None:
    """Put the counts of a process to those of the day; from a thread of its own."""
    close_old_connections()
    try:
        today = clock.today()
        with transaction.atomic():
            for wording, times in sorted(counts.items()):
                Served.objects.add(wording, today, times)
    finally:
        close_old_connections()


def enter_served() -> int:
    """Enter the days that are over as lines of the ledger, each once, whoever else does so; how many."""
    over = Served.objects.filter(entered=False, day__lt=clock.day_of(clock.now() - LATE)).order_by("day", "wording")
    return sum(_enter(served.pk) for served in over)


@transaction.atomic
def _enter(key: int) -> bool:
    if not Served.objects.filter(pk=key, entered=False).update(entered=True):
        return False
    served = Served.objects.get(pk=key)
    facts = {"wording": served.wording, "day": served.day.isoformat(), "times": served.times}
    append(kind=Kind.CONSENT_SERVED, facts=facts)
    return True
