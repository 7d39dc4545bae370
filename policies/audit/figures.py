"""What became of the letters of notices: two queries for any number of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from policies.notices.models import Notice
from policies.outbox.models import ENDED, OPEN, Letter, State


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice with its figures; without a notice, the sum of several."""

    label: str
    entitled: int | None
    counts: Mapping[str, int]
    sum_holds: bool | None  # None while it is open
    notice: Notice | None = None

    @property
    def all_counts(self) -> dict[str, int]:
        """The counts with the zeros."""
        return {state.value: self.counts.get(state, 0) for state in State}

    @property
    def waiting(self) -> int:
        """Letters that have not ended."""
        return sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def verdict(self) -> str:
        """Whether entitled = sent + bounced + suppressed + unsubscribed + failed."""
        if self.sum_holds is None:
            return _("still open")
        return _("yes") if self.sum_holds else _("no")


def rows_of(notices: Sequence[Notice]) -> list[NoticeRow]:
    """Notices with what they closed with, or with what the outbox says of them now."""
    open_now = _counts_now([each.mailing_id for each in notices if each.mailing_id and not each.closed_at])
    return [
        _row(notice, notice.counts if notice.closed_at else open_now.get(notice.mailing_id, {})) for notice in notices
    ]


def _row(notice: Notice, counts: Mapping[str, int]) -> NoticeRow:
    holds = notice.entitled == sum(counts.get(state, 0) for state in ENDED) if notice.closed_at else None
    return NoticeRow(str(notice.version), notice.entitled, counts, holds, notice)


def _counts_now(mailings: list[Any]) -> dict[int | None, dict[str, int]]:
    """The states of the letters of several mailings, in one query."""
    letters = Letter.objects.filter(mailing__in=mailings).order_by()
    rows = letters.values_list("mailing_id", "state").annotate(letters=Count("pk"))
    found: dict[int | None, dict[str, int]] = {}
    for mailing, state, number in rows:
        found.setdefault(mailing, {})[state] = number
    return found


def total_of(rows: Sequence[NoticeRow]) -> NoticeRow:
    """The sum of several notices; it holds where each of theirs does."""
    verdicts = {row.sum_holds for row in rows}
    return NoticeRow(
        label=_("All %(number)s") % {"number": len(rows)},
        entitled=sum(row.entitled or 0 for row in rows),
        counts={state: sum(row.counts.get(state, 0) for row in rows) for state in State},
        sum_holds=False if False in verdicts else None if None in verdicts else True,
    )
