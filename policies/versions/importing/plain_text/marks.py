"""Marks typed at the start of a line: bullets and numbers."""

import re
from dataclasses import dataclass

BULLET = re.compile(r"(?:[-*–—+]\s+|[•‣▪▫◦●○·⁃]\s*)(?=\S)")
NUMBER = re.compile(
    r"""(?:(?:section|article|part|clause)\s+)?
        (?: (?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.)]?(?:\s*[:–—-])?
          | \(?(?P<digits>\d{1,3})[.)](?:\s*[:–—-])?
          | (?<=[a-z]\s)(?P<word>\d{1,3})\s*[.:–—-]?
          | (?P<roman>[IVX]{1,5})\.
          | \(?(?P<letter>[a-z])\)
        )\s+(?=\S)""",
    re.VERBOSE | re.IGNORECASE,
)
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Number:
    """`depth` is 1 for "3." and 2 for "3.1"; `value` is the last of its figures."""

    depth: int
    value: int
    length: int
    is_roman: bool = False


def bullet_of(text: str) -> str:
    found = BULLET.match(text)
    return found[0] if found else ""


def number_of(text: str) -> Number | None:
    found = NUMBER.match(text)
    if not found:
        return None
    figures = [
        int(figure) for figure in (found["dotted"] or found["digits"] or found["word"] or "").split(".") if figure
    ]
    if len(figures) > 1 and text[found.end()].islower():
        return None  # "1.5 million people" is a quantity.
    if figures:
        return Number(len(figures), figures[-1], found.end())
    if found["roman"] and found["roman"].isupper():
        return Number(1, _roman(found["roman"]), found.end(), is_roman=True)
    if found["letter"]:
        return Number(1, ord(found["letter"].lower()) - ord("a") + 1, found.end())
    return None


def _roman(figures: str) -> int:
    values = [ROMAN_DIGITS[figure] for figure in figures]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
