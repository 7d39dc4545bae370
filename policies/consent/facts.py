"""The history of what was declared: every change of a purpose, a category or a service, fact by fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from .models import Category, Purpose, Service

DECLARED = (Category, Purpose, Service)
LEFT_OUT = frozenset({"latest_revision", "translation_key", "id"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact of one row, before and after; `before` is empty where the row is new."""

    code: str
    language: str
    at: datetime
    by: str
    fact: str
    before: str
    after: str


def changes_of(row: Any) -> Iterator[Changed]:
    """What changed about a row, newest first; its making is no change."""
    records = list(row.history.select_related("history_user", "locale").order_by("-history_date", "-history_id"))
    for newer, older in pairwise(records):
        yield from _between(older, newer)


def _between(older: Any, newer: Any) -> Iterator[Changed]:
    for change in newer.diff_against(older, excluded_fields=LEFT_OUT).changes:
        yield Changed(
            code=newer.code,
            language=newer.locale.language_code if newer.locale else "",
            at=newer.history_date,
            by=str(newer.history_user or ""),
            fact=str(newer._meta.get_field(change.field).verbose_name),
            before=_words(change.old),
            after=_words(change.new),
        )


def _words(value: Any) -> str:
    if hasattr(value, "raw_data"):
        return "; ".join(str(block.value.get("name", "")) for block in value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
