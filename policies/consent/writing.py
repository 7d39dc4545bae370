"""The one durable write of a choice: a line of the ledger and what holds now, both or neither.

On PostgreSQL it is a single statement, the same one for any number of purposes, which the server prepares once and which
commits by itself; SQLite knows no INSERT inside of a WITH.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import psycopg
from django.db import connection, connections, transaction

from policies.ledger.models import Entry

from .models import Choice
from .rules import State

LINE = ("uid", "kind", "subject", "happened_at", "facts", "leaf")
CHOICE = ("subject", "purpose", "state", "method", "version", "wording", "chosen_at", "until", "entry")


class Held(NamedTuple):
    """What holds from a line on: by purpose what became of it and until when it counts; the rest is common to all."""

    states: Mapping[str, State]
    until: Mapping[str, date]
    method: str
    version: int
    wording: str | None
    is_late: bool = False
    """Whether the line tells of an act that had to wait: it takes the place of older answers only."""


def write(entry: Entry, held: Held | None) -> bool:
    """Write the line, unless its id is taken, and put what it says in the place of what held. Whether it was written."""
    if held is None:
        return _insert(entry)
    if connection.vendor == "postgresql":
        return _write_at_once(entry, held)
    with transaction.atomic():
        if not _insert(entry):
            return False
        rows = _rows(entry, held)
        places = ", ".join([f"({', '.join(['%s'] * len(CHOICE))})"] * len(rows))
        values = [value for row in rows for value in _prepared(Choice, CHOICE, row)]
        with connection.cursor() as cursor:
            cursor.execute(f"{_INTO_CHOICES} VALUES {places} {_IF_OLDER if held.is_late else _REPLACE}", values)
    return True


def _insert(entry: Entry) -> bool:
    if connection.vendor == "postgresql":
        return _was_written(entry, _asked(f"{_TYPED_LINE} RETURNING id", _typed(entry)))
    told = [getattr(entry, name) for name in LINE]
    with connection.cursor() as cursor:
        cursor.execute(f"{_PLAIN_LINE} RETURNING id", _prepared(Entry, LINE, told))
        return _was_written(entry, cursor.fetchall())


def _write_at_once(entry: Entry, held: Held) -> bool:
    told = [",".join(each) for each in zip(*_told(held), strict=True)]
    common = [entry.subject, held.method, held.version, held.wording, entry.happened_at]
    return _was_written(entry, _asked(_AT_ONCE[held.is_late], [*_typed(entry), *common, *told]))


def _told(held: Held) -> Iterator[tuple[str, str, str]]:
    """Purpose, state and last day; none of them holds a comma."""
    return ((code, state.value, held.until[code].isoformat()) for code, state in held.states.items())


def _asked(sql: str, values: list[Any]) -> list[Any]:
    """Rows of a statement whose values go beside it, so that the server reads and plans it once (`prepare_threshold`)."""
    database = connections[connection.alias]
    database.ensure_connection()
    wrap = database.make_debug_cursor if database.queries_logged else database.make_cursor
    with wrap(psycopg.Cursor(database.connection)) as cursor:  # type: ignore[arg-type]  # the stubs know Django's own only
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _was_written(entry: Entry, found: list[Any]) -> bool:
    if found:
        entry.pk, entry._state.adding, entry._state.db = found[0][0], False, connection.alias
    return bool(found)


def _typed(entry: Entry) -> list[Any]:
    facts = json.dumps(entry.facts, ensure_ascii=False)
    return [entry.uid, str(entry.kind), entry.subject, entry.happened_at, facts, entry.leaf]


def _rows(entry: Entry, held: Held) -> list[list[Any]]:
    common = [held.method, held.version, held.wording, entry.happened_at]
    return [
        [entry.subject, code, state.value, *common, held.until[code], entry.pk] for code, state in held.states.items()
    ]


def _prepared(model: Any, names: tuple[str, ...], values: list[Any]) -> list[Any]:
    fields = (model._meta.get_field(name) for name in names)
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


def _columns(model: Any, names: tuple[str, ...]) -> str:
    return ", ".join(model._meta.get_field(name).column for name in names)


_TABLE = Choice._meta.db_table
_INTO_LINES = f"INSERT INTO {Entry._meta.db_table} ({_columns(Entry, LINE)})"
_ONCE = "ON CONFLICT (uid) DO NOTHING"
_PLAIN_LINE = f"{_INTO_LINES} VALUES (%s, %s, %s, %s, %s, %s) {_ONCE}"
_TYPED_LINE = f"{_INTO_LINES} VALUES (%s::uuid, %s, %s::uuid, %s::timestamptz, %s::jsonb, %s) {_ONCE}"
_INTO_CHOICES = f"INSERT INTO {_TABLE} ({_columns(Choice, CHOICE)})"
_REPLACE = "ON CONFLICT (subject, purpose) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}"
    for column in ("state", "method", "version_id", "wording_id", "chosen_at", "until", "entry_id")
)
_IF_OLDER = f"{_REPLACE} WHERE {_TABLE}.chosen_at <= excluded.chosen_at"
_WORDS = "string_to_array(%s, ',')"
_PUT = (
    "SELECT %s::uuid, told.purpose, told.state, %s, %s::bigint, %s, %s::timestamptz, told.until, line.id "  # noqa: S608  our own names
    f"FROM line, unnest({_WORDS}, {_WORDS}, {_WORDS}::date[]) AS told (purpose, state, until)"
)
_AT_ONCE = {
    is_late: f"WITH line AS ({_TYPED_LINE} RETURNING id), "  # noqa: S608
    f"kept AS ({_INTO_CHOICES} {_PUT} {replace}) SELECT id FROM line"
    for is_late, replace in ((False, _REPLACE), (True, _IF_OLDER))
}
