"""When what is shown may have changed: after a publish, an edit in the admin, and the moment a version takes effect."""

from collections.abc import Hashable
from typing import Any

from django.db import close_old_connections, connection
from wagtail.models import ModelLogEntry, PageLogEntry

from common import clock

from .models import Act, Rendering, Version, VersionText

RECENT = 200
"""Rows to sum up: an id may be committed after a greater one, and then the greatest alone would not change."""
_NEWEST = "(SELECT SUM(id) FROM (SELECT id FROM {table} ORDER BY id DESC LIMIT {recent}) AS newest)"
_TABLES = [model._meta.db_table for model in (VersionText, Act, Rendering, PageLogEntry, ModelLogEntry)]
_QUERY = "SELECT {newest}, (SELECT COUNT(*) FROM {versions} WHERE effective_at <= %s)"


def register_growing(model: Any) -> None:
    """What is shown depends on this model too: a table that only grows, such as the history of another."""
    if model._meta.db_table not in _TABLES:
        _TABLES.append(model._meta.db_table)


def read_generation() -> Hashable:
    """A value that differs whenever a page could. Nobody has to remember to raise a counter.

    Texts, acts and log lines are only ever added, so the sum of the newest ids differs whenever there is a new one; every
    change of a page, a snippet or a setting writes a log line in its own transaction. The number of versions that have taken
    effect moves by the clock alone.
    """
    if not connection.in_atomic_block:
        close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(_query(), [connection.ops.adapt_datetimefield_value(clock.now())])
        return cursor.fetchone()


def _query() -> str:
    newest = ", ".join(_NEWEST.format(table=table, recent=RECENT) for table in _TABLES)
    return _QUERY.format(newest=newest, versions=Version._meta.db_table)
