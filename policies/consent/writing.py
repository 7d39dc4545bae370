"""The one durable write of a choice: a line of the ledger and what holds now, both or neither.

On PostgreSQL it is a single statement, which commits by itself; SQLite knows no INSERT inside of a WITH.
"""

from typing import Any

from django.db import connection, transaction

from policies.ledger.models import Entry

from .models import Choice

LINE = ("uid", "kind", "subject", "happened_at", "facts", "leaf")
CHOICE = ("subject", "purpose", "state", "method", "version", "wording", "chosen_at", "until")


def write(entry: Entry, choices: list[Choice]) -> bool:
    """Write the line, unless its id is taken, and put the choices in the place of those before. Whether it was written."""
    if not choices:
        return _insert(entry)
    if connection.vendor == "postgresql":
        return _write_at_once(entry, choices)
    with transaction.atomic():
        if not _insert(entry):
            return False
        _execute(f"{_INTO_CHOICES} VALUES {_places(choices, entry='%s')} {_REPLACE}", _flat(choices, entry.pk))
    return True


def _insert(entry: Entry) -> bool:
    found = _execute(f"{_INSERT_LINE} RETURNING id", _prepared(entry, LINE))
    if found:
        entry.pk, entry._state.adding, entry._state.db = found[0][0], False, connection.alias
    return bool(found)


def _write_at_once(entry: Entry, choices: list[Choice]) -> bool:
    rows = ", ".join([_TYPED] * len(choices))
    sql = (  # our own names and places
        f"WITH line AS ({_INSERT_LINE} RETURNING id) {_INTO_CHOICES} "  # noqa: S608
        f"SELECT chosen.*, line.id FROM line, (VALUES {rows}) AS chosen {_REPLACE} RETURNING entry_id"
    )
    values = [value for choice in choices for value in _prepared(choice, CHOICE)]
    found = _execute(sql, [*_prepared(entry, LINE), *values])
    if found:
        entry.pk, entry._state.adding, entry._state.db = found[0][0], False, connection.alias
    return bool(found)


def _columns(model: Any, names: tuple[str, ...]) -> str:
    return ", ".join(model._meta.get_field(name).column for name in names)


def _prepared(row: Any, names: tuple[str, ...]) -> list[Any]:
    fields = (row._meta.get_field(name) for name in names)
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _flat(choices: list[Choice], entry: int) -> list[Any]:
    return [value for choice in choices for value in (*_prepared(choice, CHOICE), entry)]


def _places(choices: list[Choice], *, entry: str) -> str:
    row = f"({', '.join(['%s'] * len(CHOICE))}, {entry})"
    return ", ".join([row] * len(choices))


def _execute(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if "RETURNING" in sql else []


_INSERT_LINE = (
    f"INSERT INTO {Entry._meta.db_table} ({_columns(Entry, LINE)}) VALUES ({', '.join(['%s'] * len(LINE))}) "  # noqa: S608
    "ON CONFLICT (uid) DO NOTHING"
)
_INTO_CHOICES = f"INSERT INTO {Choice._meta.db_table} ({_columns(Choice, CHOICE)}, entry_id)"
_REPLACE = "ON CONFLICT (subject, purpose) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}"
    for column in ("state", "method", "version_id", "wording_id", "chosen_at", "until", "entry_id")
)
_TYPED = "(%s::uuid, %s, %s, %s, %s::bigint, %s, %s::timestamptz, %s::date)"
