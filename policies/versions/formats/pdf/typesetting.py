"""Typst, called so that the same content gives the same bytes on every machine."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from ..characters import spelled_out
from ..errors import NotMade

HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]

_one_at_a_time = Lock()
"""Typesetting takes a whole core: readers of pages come first."""

MOST_ATTEMPTS = 12
"""Typst names several characters at once that no font has; each round spells those out."""

_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed|contains the codepoint `\"(.+?)\"`", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(content: dict[str, Any], *, made_at: datetime) -> bytes:
    """A PDF; a character that no font has stands in it as its code point. Raises `NotMade`."""
    missing: frozenset[str] = frozenset()
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return _compiled(spelled_out(content, missing), made_at)
        except typst.TypstError as error:
            found = _missing(error.diagnostic) - missing
            if not found:
                raise NotMade(error.message) from error
            missing |= found
    raise NotMade("too many characters that no font has")


def _compiled(content: dict[str, Any], made_at: datetime) -> bytes:
    with _one_at_a_time:
        return typst.compile(
            HERE / "policy.typ",
            root=HERE,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(made_at.timestamp()),
            sys_inputs={"content": json.dumps(content)},
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE / "fonts")])


def _missing(diagnostic: str) -> frozenset[str]:
    """The characters that Typst says no font has, or that the standards forbid."""
    texts = "".join(first or second for first, second in _MISSING.findall(diagnostic))
    return frozenset(each for each in _ESCAPED.sub(lambda code: chr(int(code[1], 16)), texts) if not each.isascii())
