"""What an answer means beside the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from policies.ledger.models import Kind


class Answer(NamedTuple):
    """Yes or no, and the number of the policy's version that it was given to."""

    granted: bool
    version: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a visitor's own cookie says: answers by category, and an id once something was granted."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    subject: UUID | None = None


def kind_of(before: Answer | None, now: Answer) -> Kind | None:
    """What happened, or None where the same answer was given to this version or a later one: people click twice."""
    if before and before.granted == now.granted and before.version >= now.version:
        return None
    if now.granted:
        return Kind.CONSENT_GIVEN
    return Kind.CONSENT_WITHDRAWN if before and before.granted else Kind.CONSENT_REFUSED
