"""Tokens that say what they are for and whom they are about, and nothing else.

A token is `<22 characters of the id>.<signature>`: no address, no expiry to be guessed, 128 bits to be found. A link in an
old letter must work for years, so keys rotate by `SECRET_KEY_FALLBACKS`.
"""

import base64
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.core import signing


class BadToken(Exception):
    """Forged, cut off, or made for something else."""


class ExpiredToken(BadToken):
    """Ours, but too old for what it asks."""


@cache
def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"kept.{purpose}", sep=".")


@cache
def _dated_signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"kept.{purpose}", sep=".")


def _short(subject: UUID) -> str:
    return base64.urlsafe_b64encode(subject.bytes).rstrip(b"=").decode()


def _long(short: str) -> UUID:
    return UUID(bytes=base64.urlsafe_b64decode(short + "=="))


def token_for(subject: UUID, *, purpose: str) -> str:
    """A token without an end, of unreserved URL characters, 66 long."""
    return _signer(purpose).sign(_short(subject))


def dated_token_for(subject: UUID, *, purpose: str) -> str:
    """A token that knows when it was made."""
    return _dated_signer(purpose).sign(_short(subject))


def subject_of(token: str, *, purpose: str, valid_for: timedelta | None = None) -> UUID:
    """Whom a token is about; with `valid_for` it must be a dated one and not older.

    Raises `ExpiredToken` or `BadToken`.
    """
    try:
        if valid_for is None:
            return _long(_signer(purpose).unsign(token))
        return _long(_dated_signer(purpose).unsign(token, max_age=valid_for))
    except signing.SignatureExpired as expired:
        raise ExpiredToken from expired
    except (signing.BadSignature, ValueError) as bad:
        raise BadToken from bad
