"""Tables that only grow: the database itself refuses to change or delete a row, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.migrations.operations.base import Operation

REFUSED = "rows of {table} are never changed"


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED.format(table=table)}'); END"
        for verb in ("update", "delete")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION kept_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$",
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
