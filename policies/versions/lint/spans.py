"""How long "one month" or "10 business days" can be, at the shortest and at the longest."""

from dataclasses import dataclass

from ..promises import Unit, amount_words

_HOURS = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WEEKS: 7 * 24}
_SHORT_MONTH, _LONG_MONTH = 28, 31
_SHORT_YEAR, _LONG_YEAR = 365, 366


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of a unit; compared in hours, because no two units agree otherwise."""

    amount: int
    unit: str

    @property
    def shortest(self) -> int:
        """In hours: a short month, a week with as few Sundays as may be. In California Saturdays are business days."""
        unit = Unit(self.unit)
        if unit == Unit.BUSINESS_DAYS:
            return 24 * (self.amount + (self.amount - 1) // 6)
        if unit == Unit.MONTHS:
            years, months = divmod(self.amount, 12)
            return 24 * (years * _SHORT_YEAR + _shortest_months(months))
        return self.amount * _HOURS.get(unit, 24 * _SHORT_YEAR)

    @property
    def longest(self) -> int:
        """In hours, holidays not counted."""
        unit = Unit(self.unit)
        if unit == Unit.BUSINESS_DAYS:
            return 24 * (self.amount + 2 * -(-self.amount // 5))
        if unit == Unit.MONTHS:
            years, months = divmod(self.amount, 12)
            return 24 * (years * _LONG_YEAR + months * _LONG_MONTH)
        return self.amount * _HOURS.get(unit, 24 * _LONG_YEAR)

    def words(self, language: str) -> str:
        return amount_words(self.amount, self.unit, language=language)


def _shortest_months(months: int) -> int:
    """February is in it at most once, and every other month has 30 days or more."""
    return months * 30 - (30 - _SHORT_MONTH) if months else 0


def is_longer(promise: Span, limit: Span) -> bool:
    """Longer whenever it begins."""
    if promise.unit == limit.unit:
        return promise.amount > limit.amount
    return promise.shortest > limit.longest


def is_sometimes_longer(promise: Span, limit: Span) -> bool:
    """Longer if it begins on a bad day: 30 days against a month that has 28."""
    return promise.unit != limit.unit and promise.longest > limit.shortest
