"""Tables that only grow: the database itself refuses to change or delete a row, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.migrations.operations.base import Operation

REFUSED = "rows of {table} are never changed"


_REFUSAL = "BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END"


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED.format(table=table)}'); END"
        for verb in ("update", "delete")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION kept_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {_REFUSAL} $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION kept_refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kept_refuse_change()",
    ]


def _forbid(table: str, vendor: str) -> list[str]:
    return _postgresql(table) if vendor == "postgresql" else _sqlite(table)


def _allow(table: str, vendor: str) -> list[str]:
    names = ("no_change", "no_truncate") if vendor == "postgresql" else ("no_update", "no_delete")
    on = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_{name}{on}" for name in names]


class ForbidChanges(Operation):
    """A migration step: from here on the model's table takes INSERT only."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's model state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in _forbid(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in _allow(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Refuse UPDATE, DELETE and TRUNCATE on {self.model_name}"


class AllowChanges(ForbidChanges):
    """A migration step: lifts the rule, so that the next steps can give the table new columns.

    SQLite makes a changed table anew and forgets its triggers: every such migration ends with `ForbidChanges`.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_backwards(app_label, schema_editor, to_state, from_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, to_state, from_state)

    def describe(self) -> str:
        return f"Allow changes of {self.model_name} for the next steps"


class FrozenError(TypeError):
    """Somebody tried to change or delete what is kept for ever; a mistake in code, never in input."""


class FrozenQuerySet(models.QuerySet[Any]):
    """The same rule one layer earlier, with an error that says what to do instead."""

    def update(self, **kwargs: Any) -> int:
        raise FrozenError(f"{self.model.__name__} rows are never changed; add a new one")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"{self.model.__name__} rows are never deleted")


class FrozenManager(models.Manager[Any]):
    """Asks a `FrozenQuerySet`; written out, because type checkers cannot follow `from_queryset`."""

    def get_queryset(self) -> FrozenQuerySet:
        return FrozenQuerySet(self.model, using=self._db)


class Frozen(models.Model):
    """A row that is written once; its manager is that of a `FrozenQuerySet`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError(f"{type(self).__name__} rows are never changed; add a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"{type(self).__name__} rows are never deleted")


def missing_triggers(tables: list[str]) -> list[str]:
    """The triggers that should refuse changes and do not: missing, switched off, or rewritten, as `table.trigger`.

    On PostgreSQL the function that they call is compared as well, because it could have been emptied.
    """
    refusing = _refusing_postgresql() if connection.vendor == "postgresql" else _refusing_sqlite()
    names = _NAMES["postgresql" if connection.vendor == "postgresql" else "sqlite"]
    wanted = [(table, f"{table}_{name}") for table in tables for name in names]
    return [f"{table}.{trigger}" for table, trigger in wanted if (table, trigger) not in refusing]


_NAMES = {"postgresql": ("no_change", "no_truncate"), "sqlite": ("no_update", "no_delete")}


def _refusing_sqlite() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
    return {(table, name) for table, name, sql in found if _words(sql) in map(_words, _sqlite(table))}


def _words(sql: str) -> list[str]:
    """SQLite quotes names anew when a table is renamed; that is no other trigger."""
    return sql.replace('"', "").split()


_ON_CHANGE, _ON_TRUNCATE = 27, 34
"""`pg_trigger.tgtype`: before each row that is updated or deleted; before each TRUNCATE."""


def _refusing_postgresql() -> set[tuple[str, str]]:
    question = """
        SELECT c.relname, t.tgname, t.tgtype
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE pg_table_is_visible(c.oid) AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL
            AND t.tgattr = ''::int2vector
            AND p.proname = 'kept_refuse_change' AND btrim(p.prosrc) = %s
    """
    with connection.cursor() as cursor:
        cursor.execute(question, [_REFUSAL])
        found = cursor.fetchall()
    types = {"no_change": _ON_CHANGE, "no_truncate": _ON_TRUNCATE}
    return {(table, name) for table, name, kind in found if types.get(name.removeprefix(f"{table}_")) == kind}


@contextmanager
def changes_allowed(tables: list[str]) -> Iterator[None]:
    """Lift the triggers for a moment: only for the emptying of a test database."""
    with connection.cursor() as cursor:
        for table in tables:
            for statement in _allow(table, connection.vendor):
                cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                for statement in _forbid(table, connection.vendor):
                    cursor.execute(statement)
