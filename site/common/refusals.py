"""Errors of the API that say more than a sentence."""

from collections.abc import Mapping
from typing import Any

from ninja.errors import HttpError


class Refusal(HttpError):
    """What is answered instead, with what is wrong with each value, and with members of its own (RFC 9457, section 3.2)."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        faults: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.faults = faults or {}
        self.members = members or {}
        self.headers = headers or {}
