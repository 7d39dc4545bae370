"""Whether the site does what it promises: higher parts register what to look at, `/healthz` shows it.

A check returns what is wrong, in a sentence for the operator, or nothing. It names no person.
"""

import logging
from collections.abc import Callable

from django.db import connection

logger = logging.getLogger(__name__)

Check = Callable[[], str]
_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> Check:
    """Look at this too; a name registered again replaces the check before."""
    _checks[name] = check
    return check


def examine() -> dict[str, str]:
    """Every check by name, with what is wrong or an empty string. A check that fails is a finding, never a 500."""
    return {name: _finding(check) for name, check in _checks.items()}


def _finding(check: Check) -> str:
    try:
        return check()
    except Exception as mistake:
        logger.exception("A health check failed")
        return f"The check itself failed: {type(mistake).__name__}."


def database_answers() -> str:
    """The database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return ""
