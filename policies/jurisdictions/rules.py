"""Regimes as dated data: one TOML file each, read once, with its source and the day somebody checked it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILES = Path(__file__).parent / "regimes"


@dataclass(frozen=True, slots=True)
class Regime:
    """A law or promise with rights of its own; `code` is its file's name, `place` is by language."""

    code: str
    name: str
    long_name: str
    place: dict[str, str]
    status: str
    source: str
    checked_on: date

    def place_in(self, language: str) -> str:
        """Where it holds, in a language that we have it in, else in English."""
        return self.place.get(language, self.place["en"])


@cache
def regimes() -> dict[str, Regime]:
    """All regimes by code, in the order of their codes."""
    return {
        path.stem: Regime(code=path.stem, **tomllib.loads(path.read_text("utf-8")))
        for path in sorted(FILES.glob("*.toml"))
    }


def regime_choices() -> list[tuple[str, str]]:
    """Choices for a form; a callable, so that a new regime needs no migration."""
    language = get_language() or "en"
    return [(regime.code, f"{regime.name} ({regime.place_in(language)})") for regime in regimes().values()]
