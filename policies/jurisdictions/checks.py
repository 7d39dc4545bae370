from datetime import timedelta
from typing import Any

from django.core import checks

from common import clock

from .rules import regimes

RECHECK_AFTER = timedelta(days=365)
"""Law moves; a row that nobody has looked at for a year is not to be relied on."""


@checks.register
def regimes_are_fresh(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of regimes whose source was not looked at for over a year."""
    return [
        checks.Warning(
            f"The regime {regime.code} was last checked on {regime.checked_on}.",
            hint=f"Read {regime.source} and set `checked_on` in its file.",
            id="jurisdictions.W001",
        )
        for regime in regimes().values()
        if clock.today() - regime.checked_on > RECHECK_AFTER
    ]
