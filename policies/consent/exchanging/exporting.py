"""Every choice on record, for auditors: as the ledger has it, and as the words of its decisions."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date
from io import TextIOBase
from typing import Any

from common import clock
from common.spreadsheets import guarded
from policies.ledger.models import Entry, Kind

from ..rules import told_by

AT_ONCE = 2_000
"""Lines that are held in memory."""
KINDS = (
    Kind.CONSENT_GIVEN,
    Kind.CONSENT_RENEWED,
    Kind.CONSENT_REFUSED,
    Kind.CONSENT_WITHDRAWN,
    Kind.CONSENT_EXPIRED,
    Kind.CHOICES_IMPORTED,
    Kind.OPTED_OUT,
    Kind.OPTED_IN_AGAIN,
    Kind.OBJECTION_MADE,
)
LINE = ("uid", "kind", "happened_at", "subject", "facts", "leaf", "sealed__index")
TOLD = ("wording", "language", "regime", "method")
DECISION = ("purpose", "state", "until")
COLUMNS = (
    *("uid", "kind", "happened_at", "subject", *DECISION, "version", "version_number", *TOLD),
    *("foreign_system", "foreign_chosen_at", "leaf", "index"),
)

Record = dict[str, Any]


def records(since: date | None = None) -> Iterator[Record]:
    """Every line about choices, the oldest first; those of a day on, with `since`."""
    lines = Entry.objects.filter(kind__in=KINDS).order_by("pk")
    if since:
        lines = lines.filter(happened_at__gte=clock.start_of(since))
    for row in lines.values_list(*LINE).iterator(chunk_size=AT_ONCE):
        yield _record(*row)


def _record(uid: Any, kind: str, happened_at: Any, subject: Any, facts: Record, leaf: str, index: int | None) -> Record:
    told = told_by(kind, facts, on=clock.day_of(happened_at))
    return {
        "uid": str(uid),
        "kind": kind,
        "happened_at": happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "subject": str(subject) if subject else None,
        "decisions": [
            {"purpose": purpose, "state": str(state), "until": until.isoformat()}
            for purpose, (state, until) in told.items()
        ],
        "version": facts.get("version"),
        **{name: facts.get(name) for name in TOLD},
        "foreign": facts.get("foreign"),
        "facts": facts,
        "leaf": leaf,
        "index": index,
    }


def write_jsonl(to: TextIOBase, found: Iterator[Record]) -> int:
    """One line of JSON for each line of the ledger; how many."""
    count = 0
    for record in found:
        to.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    return count


def write_csv(to: TextIOBase, found: Iterator[Record]) -> int:
    """One row for each decision, and one for each line without; how many lines of the ledger."""
    writer, count = csv.writer(to, lineterminator="\r\n"), 0
    writer.writerow(COLUMNS)
    for record in found:
        for decision in record["decisions"] or [{}]:
            writer.writerow([guarded(_cell(record, decision, column)) for column in COLUMNS])
        count += 1
    return count


def _cell(record: Record, decision: Record, column: str) -> Any:
    version, foreign = record["version"] or {}, record["foreign"] or {}
    if not isinstance(version, dict):
        version = {"permalink": version}
    special = {
        "version": version.get("permalink"),
        "version_number": version.get("number"),
        "foreign_system": foreign.get("system"),
        "foreign_chosen_at": foreign.get("chosen_at"),
    }
    found = special if column in special else decision if column in DECISION else record
    return found.get(column)


FORMATS = {"jsonl": write_jsonl, "csv": write_csv}
