"""One way to write a value down, so that a stranger gets the same hash (RFC 8785, after Unicode NFC)."""

import hashlib
import json
import unicodedata
from typing import Any

import rfc8785


def normalised(value: Any) -> Any:
    """The value with every string and key in Unicode normal form C; raises `CanonicalizationError` if two keys become one."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        items = {normalised(key): normalised(item) for key, item in value.items()}
        if len(items) != len(value):
            raise rfc8785.CanonicalizationError("two keys of a dictionary are one after normalisation")
        return items
    if isinstance(value, list | tuple):
        return [normalised(item) for item in value]
    return value


def canonical(value: Any) -> bytes:
    """Canonical JSON: strings, booleans, null, lists, dictionaries and integers below 2^53 only."""
    if _is_plain(value):
        return _plain(value).encode()
    return rfc8785.dumps(normalised(value))


_plain = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
"""For values that are plain: ASCII sorts alike by code point and by UTF-16, and the two escape alike."""

_LARGEST = 2**53 - 1


def _is_plain(value: Any) -> bool:
    """Whether a value is ASCII and small numbers throughout, as nearly every line of the ledger is."""
    kind = type(value)
    if kind is str:
        return bool(value.isascii())
    if kind is dict:
        return all(type(key) is str and key.isascii() and _is_plain(item) for key, item in value.items())
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    return value is None or kind is bool or (kind is int and -_LARGEST <= value <= _LARGEST)


def sha256(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def without_controls(value: Any) -> Any:
    """The value without control characters, which no reader sees and PostgreSQL does not store."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, dict):
        return {key: without_controls(item) for key, item in value.items()}
    return [without_controls(item) for item in value] if isinstance(value, list) else value
