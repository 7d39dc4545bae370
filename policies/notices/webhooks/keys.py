"""Secrets of endpoints: made, locked away, and used for signing (Standard Webhooks 1.0.0, symmetric signatures)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PREFIX = "whsec_"
SECRET_BYTES = 32
_PURPOSE = b"kept.webhooks."


def new_secret() -> str:
    """As the receiver writes it into its settings."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def locked(secret: str) -> str:
    """As it lies in the database: a copy of the database alone signs nothing."""
    return _lock().encrypt(secret.encode()).decode()


def opened(locked_secret: str) -> str:
    """Works with former keys too (`SECRET_KEY_FALLBACKS`). Raises `cryptography.fernet.InvalidToken`."""
    return _lock().decrypt(locked_secret.encode()).decode()


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """`SECRET_KEY` is long and random, so a plain hash, with the purpose in front, is as good as a slow one."""
    return base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + key.encode()).digest())


def signature(message_id: str, timestamp: int, body: bytes, *, signers: Iterable[str]) -> str:
    """The header `webhook-signature`: one signature for each secret, by spaces."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_signed(signed, secret)}" for secret in signers)


def _signed(content: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()
