"""Characters that no file can show: they would make a PDF invalid and a text unreadable."""

import unicodedata
from typing import Any

_SHOWN_CONTROLS = "\n"
_NEVER = {"Cc", "Cs"}
"""Control characters and halves of a pair."""


def shown(value: Any) -> Any:
    """A value made of strings, lists and dictionaries, without control characters, half pairs and non-characters."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(filter(_is_shown, value))
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    return [shown(item) for item in value] if isinstance(value, list) else value


def _is_shown(character: str) -> bool:
    return character in _SHOWN_CONTROLS or not (
        unicodedata.category(character) in _NEVER or _is_no_character(character)
    )


def _is_no_character(character: str) -> bool:
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def spelled_out(value: Any, characters: frozenset[str]) -> Any:
    """A value with some characters written as their code points: `[U+1F600]`."""
    if isinstance(value, str):
        return value.translate({ord(each): f"[U+{ord(each):04X}]" for each in characters})
    if isinstance(value, dict):
        return {key: spelled_out(item, characters) for key, item in value.items()}
    return [spelled_out(item, characters) for item in value] if isinstance(value, list) else value
