import hashlib
import hmac
import logging
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from common import clock

from .models import Window

logger = logging.getLogger(__name__)


def allow(bucket: str, who: str, *, most: int, within: timedelta) -> bool:
    """Whether this may be done once more from a network (`network_of`), counted by all workers together.

    `most` times in each stretch of `within`, which begins with the first time. Where the database does not count, nobody is
    held up.
    """
    try:
        return _count(bucket, who, within) <= most
    except DatabaseError:
        logger.warning("The limit of %s cannot be counted", bucket)
        return True


def purge_windows() -> int:
    """Forget stretches that are over; how many."""
    return Window.objects.filter(ends_at__lte=clock.now()).delete()[0]


def _count(bucket: str, who: str, within: timedelta) -> int:
    """How often it was done in this stretch, with this time."""
    now = clock.now()
    stamps = [_stamp(now + within), _stamp(now), _stamp(now)]
    # Inside of somebody's transaction a failure must not break it.
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [_key(bucket, who), *stamps])
        return int(cursor.fetchone()[0])


def _key(bucket: str, who: str) -> str:
    """Changes with the day, so that nothing kept can be joined with another day."""
    words = "\n".join([clock.today().isoformat(), bucket, who])
    return hmac.new(settings.SECRET_KEY.encode(), b"kept.limits:" + words.encode(), hashlib.sha256).hexdigest()


def _stamp(moment: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


_TABLE = Window._meta.db_table
_COUNT = (
    f"INSERT INTO {_TABLE} (key, ends_at, times) VALUES (%s, %s, 1) ON CONFLICT (key) DO UPDATE SET "  # noqa: S608  our own names
    f"times = CASE WHEN {_TABLE}.ends_at <= %s THEN 1 ELSE {_TABLE}.times + 1 END, "
    f"ends_at = CASE WHEN {_TABLE}.ends_at <= %s THEN excluded.ends_at ELSE {_TABLE}.ends_at END RETURNING times"
)
