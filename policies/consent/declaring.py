"""What an editor may declare: rules over the fields of purposes and services, in the editor's language."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TERM = re.compile(r"(?:dpv|pd|eu-gdpr|[a-z]{2,10}-?[a-z]*):[A-Za-z0-9][A-Za-z0-9_-]*")
ON_THIS_MACHINE = re.compile(r"(?:.+\.)?localhost|127\.0\.0\.1")


def lines_of(words: str) -> list[str]:
    """What stands there, one thing a line."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def wrong_terms(words: str) -> Iterator[str]:
    """Lines that are no terms of a vocabulary."""
    for line in lines_of(words):
        if not TERM.fullmatch(line):
            yield _("“%(line)s” is no term of the Data Privacy Vocabulary. Write it as in pd:EmailAddress.") % {
                "line": line
            }


def wrong_origins(words: str) -> Iterator[str]:
    """Lines that are no address of a site: scheme and host, nothing behind them, encrypted unless it is this machine."""
    for line in lines_of(words):
        if not is_origin(line):
            yield _("“%(line)s” is no address of a site. Write it as in https://stats.example.com.") % {"line": line}


def is_origin(address: str) -> bool:
    """Whether an address is a scheme and a host, and nothing that a Content-Security-Policy could be widened with."""
    try:
        told = urlsplit(address)
        host, _port = told.hostname or "", told.port
    except ValueError:
        return False
    is_plain = address == f"{told.scheme}://{told.netloc}" and re.fullmatch(r"[a-z0-9.:-]+", told.netloc)
    return bool(is_plain) and "@" not in told.netloc and (told.scheme == "https" or _is_here(told.scheme, host))


def _is_here(scheme: str, host: str) -> bool:
    return scheme == "http" and bool(ON_THIS_MACHINE.fullmatch(host))


def refuse(errors: dict[str, Any]) -> None:
    """Raise what is wrong, field by field; nothing where all is right."""
    found = {name: list(messages) for name, messages in errors.items()}
    wrong = {name: messages for name, messages in found.items() if messages}
    if wrong:
        raise ValidationError(wrong)
