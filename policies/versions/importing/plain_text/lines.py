"""Lines with what surrounds them: their number, indent, the gap before them and a rule drawn beneath."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

RULE = re.compile(r"[-=_*~#–—.·]{3,}|(?:[-=_*~] ){2,}[-=_*~]")
UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")


@dataclass(frozen=True)
class Line:
    """`underline` is the character it is underlined with, or ""."""

    number: int
    indent: int
    text: str
    after_blank: bool = False
    underline: str = ""

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def lines_of(text: str) -> list[Line]:
    lines: list[Line] = []
    after_blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if RULE.fullmatch(stripped):
            _underline(lines, stripped, after_blank)
            after_blank = True
        elif stripped:
            lines.append(Line(number, _indent(raw), stripped, after_blank))
            after_blank = False
        else:
            after_blank = True
    return lines


def _indent(raw: str) -> int:
    expanded = raw.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _underline(lines: list[Line], rule: str, after_blank: bool) -> None:
    """A rule straight beneath a line marks a heading only if it is about as long; otherwise it merely separates."""
    if lines and not after_blank and UNDERLINE.fullmatch(rule) and len(rule) >= len(lines[-1].text) - 3:
        lines[-1] = replace(lines[-1], underline=rule[0])


def lines_from(lines: list[Line], at: int) -> Iterator[Line]:
    """A slice would copy the rest of the file for every rule at every line."""
    return (lines[place] for place in range(at, len(lines)))
