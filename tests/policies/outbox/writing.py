"""Letters for tests."""

from typing import Any
from uuid import UUID, uuid4

from policies.outbox.actions import open_mailing, post
from policies.outbox.claims import claim
from policies.outbox.delivery import Worker
from policies.outbox.models import Letter, Mailing, State
from policies.outbox.rules import TOKEN_PLACEHOLDER
from policies.outbox.transports import Transport

LEAVE = f"https://shop.example/updates/unsubscribe/{TOKEN_PLACEHOLDER}/"
NOTICE = {
    "subject": "Our privacy policy changes",
    "text": f"72 hours become 48.\n.\nLeave: {LEAVE}\n",
    "html": f'<p>72 hours become 48. <a href="{LEAVE}?x=1">Leave</a></p>',
    "list_unsubscribe": LEAVE,
}


def letter_to(address: str = "sara@example.org", **fields: Any) -> Letter:
    """A confirmation letter that waits."""
    facts: dict[str, Any] = {"key": f"confirm:{uuid4()}", "kind": "confirm", "recipient": uuid4(), "language": "en"}
    return post(**facts | {"address": address, "subject": "Please confirm", "text": "Click.\n"} | fields)


def notice_to(count: int, *, key: str = "notice:1") -> Mailing:
    """A notice that waits for many people: person0@example.org, person1@…"""
    mailing = open_mailing(key=key, kind="notice", renditions={"en": NOTICE})
    Letter.objects.bulk_create(
        Letter(mailing=mailing, recipient=UUID(int=n), address=f"person{n}@example.org", language="en", priority=5)
        for n in range(count)
    )
    Mailing.objects.filter(pk=mailing.pk).update(fanned_out_at=mailing.created_at)
    return mailing


def state_of(letter: Letter) -> State:
    letter.refresh_from_db()
    return State(letter.state)


def worker_with(transport: Any, **options: Any) -> Worker:
    return Worker(transport, **options)


class Recorder:
    """A transport that keeps what it is given, and does first what a test wants done in between."""

    def __init__(self) -> None:
        self.parcels: list[Any] = []
        self.before_sending: Any = lambda parcel: None
        self.is_open = True

    def open(self) -> None:
        self.is_open = True

    def send(self, parcel: Any) -> str:
        self.before_sending(parcel)
        self.parcels.append(parcel)
        return "250 kept"

    def close(self) -> None:
        self.is_open = False

    def cut(self) -> None:
        self.is_open = False

    @property
    def addresses(self) -> list[str]:
        return [parcel.recipient for parcel in self.parcels]


_: Transport = Recorder()
__all__ = ["LEAVE", "NOTICE", "Recorder", "claim", "letter_to", "notice_to", "state_of", "worker_with"]
