"""What laws allow at most, read once from `limits.toml`. Laws differ, so a promise is held against each that applies."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .spans import Span

_FILE = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest time that a regime leaves for what is promised."""

    regime: str
    kind: str
    span: Span
    source: str
    checked_on: date


@cache
def limits() -> tuple[Limit, ...]:
    return tuple(
        Limit(regime, kind, Span(law["amount"], law["unit"]), law.get("source", facts["source"]), facts["checked_on"])
        for regime, facts in tomllib.loads(_FILE.read_text("utf-8")).items()
        for kind, law in facts["limits"].items()
    )


def limits_on(kind: str, regimes: list[str]) -> list[Limit]:
    """Those that bind a promise of this kind in a section for these regimes; an empty list means everybody."""
    return [limit for limit in limits() if limit.kind == kind and (not regimes or limit.regime in regimes)]
