"""What somebody did, and what came of it."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from common.canonical import sha256
from policies.ledger.models import Entry, Kind, Method

from .models import Wording
from .rules import Remembered, State


class KeyReused(ValueError):
    """An idempotency key that stands for something else already. Whoever sent it needs a new one."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visitor's cookie should say from now on, and what was entered: no line, if all was said before."""

    remembered: Remembered
    entry: Entry | None = None
    states: Mapping[str, State] = field(default_factory=dict)
    is_repeat: bool = False
    waits: bool = False
    """Whether it could not be recorded and is in the queue."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: their answers by purpose, on a wording, in a way. `key` names the attempt, so that it can be
    repeated; `at` is for what waited in the queue, everything else happens now."""

    choices: Mapping[str, bool]
    wording: Wording
    method: Method = Method.FORM
    key: str = ""
    at: datetime | None = None
    kind: Kind | None = None
    """What the line is called where it is more than the choices in it: an opt-out."""
    uid: UUID | None = None
    newcomer: UUID | None = None
    """The ids of the line, and of somebody who grants something for the first time: `settled` gives them."""

    @property
    def is_opt_out(self) -> bool:
        """Whether it counts anew even for who has refused before: from now on nobody asks for as long as after any no."""
        return self.kind == Kind.OPTED_OUT

    @property
    def request(self) -> str:
        """The hash of what was asked for: the same key with another one is refused."""
        return request_hash(self.choices, self.wording.sha256)


def request_hash(choices: Mapping[str, bool], wording: str) -> str:
    """What an act asks for, so that two can be told apart."""
    return sha256({"choices": dict(choices), "wording": wording})


def settled(act: Act) -> Act:
    """The act with its ids, so that trying it again enters the same line for the same person."""
    if act.uid and act.newcomer:
        return act
    uid = act.uid or (uid_of(act.key) if act.key else uuid4())
    return replace(act, uid=uid, newcomer=act.newcomer or uuid4())


def uid_of(key: str) -> UUID:
    """The id of the line that an attempt makes: the same key, the same line. Only we can work it out."""
    known = hmac.new(settings.SECRET_KEY.encode(), b"kept.choices.key:" + key.encode(), hashlib.sha256).digest()
    return UUID(bytes=known[:16], version=4)
