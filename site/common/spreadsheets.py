"""What leaves for a spreadsheet: as text, whatever it looks like."""

from typing import Any

from django.utils.functional import Promise

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that opens with one of these may be run as a formula (OWASP, "CSV Injection")."""


def guarded(value: Any) -> Any:
    """The value as a spreadsheet should take it: text that could be a formula gets an apostrophe in front."""
    if isinstance(value, Promise):
        value = str(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
