"""How consent is asked for and how long it holds, as dated data. One strict set serves everybody (docs/choices.md)."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILES = Path(__file__).parent / "consent"
STRICT = "strict"


@dataclass(frozen=True, slots=True)
class AskingRules:
    """Months that a yes holds (`valid_months`), and months after a no in which nobody is asked again (`silent_months`)."""

    code: str
    name: str
    valid_months: int
    silent_months: int
    honours_gpc: bool
    status: str
    checked_on: date
    sources: dict[str, str]

    def until(self, day: date, *, granted: bool) -> date:
        """The last day on which an answer of a day counts (a yes), or the day before which nobody asks again (a no)."""
        return months_after(day, self.valid_months if granted else self.silent_months)


@cache
def asking_rules(code: str = STRICT) -> AskingRules:
    """The rules of a code, which is the name of its file."""
    return AskingRules(code=code, **tomllib.loads((FILES / f"{code}.toml").read_text("utf-8")))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of its month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
