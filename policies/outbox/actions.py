from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from common import clock

from .fanning import insert_letters, keep_out_fan_outs, keep_out_unsubscriptions
from .models import ENDED, Letter, LetterQuerySet, Mailing, Priority, Rendition, State
from .rules import one_line, sendable_address, sendable_link


@transaction.atomic
def post(
    *,
    key: str,
    kind: str,
    recipient: UUID,
    address: str,
    language: str,
    subject: str,
    text: str,
    html: str = "",
    list_unsubscribe: str = "",
    sender: str = "",
    reply_to: str = "",
    priority: int = Priority.TRANSACTIONAL,
    expires_at: datetime | None = None,
) -> Letter:
    """One letter to one person; the same key again returns the letter that is there.

    It leaves when the surrounding transaction is committed. Raises `Unsendable` for what must not stand in a header.
    """
    sendable_address(address)
    rendition = {"subject": subject, "text": text, "html": html, "list_unsubscribe": list_unsubscribe}
    rendition |= {"sender": sender, "reply_to": reply_to}
    mailing = open_mailing(
        key=key, kind=kind, renditions={language: rendition}, priority=priority, expires_at=expires_at
    )
    letter, is_new = Letter.objects.get_or_create(
        mailing=mailing,
        recipient=recipient,
        defaults={"address": address, "language": language, "priority": priority},
    )
    if is_new:
        mailing.fanned_out_at = clock.now()
        mailing.save(update_fields=["fanned_out_at"])
    return letter


@transaction.atomic
def open_mailing(
    *,
    key: str,
    kind: str,
    renditions: Mapping[str, Mapping[str, str]],
    priority: int = Priority.BULK,
    expires_at: datetime | None = None,
) -> Mailing:
    """A mailing with its text in every language, to be fanned out; the same key again returns the one that is there.

    `renditions` maps a language to fields of `Rendition`: subject, text; html, list_unsubscribe, sender, reply_to.
    """
    facts = {"kind": kind, "priority": priority, "expires_at": expires_at}
    mailing, is_new = Mailing.objects.get_or_create(key=key, defaults=facts)
    if is_new:
        for language, fields in renditions.items():
            Rendition.objects.create(mailing=mailing, language=language, **_checked(fields))
    return mailing


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    for name in ("subject", "sender", "reply_to"):
        one_line(fields.get(name, ""))
    sendable_link(fields.get("list_unsubscribe", ""))
    return dict(fields)


@transaction.atomic
def fan_out(mailing: Mailing, recipients: QuerySet[Any, Any]) -> int:
    """One letter for each recipient who has none yet, by one statement; returns how many that were.

    `recipients` is a queryset of `.values_list(<uuid>, <address>, <language>)`; who reads a language without a
    rendition gets the site's own. The mailing counts as fanned out now; fanning out again adds only who is new.
    """
    keep_out_unsubscriptions()
    inserted = insert_letters(mailing, recipients)
    Mailing.objects.filter(pk=mailing.pk, fanned_out_at=None).update(fanned_out_at=clock.now())
    if inserted:
        Mailing.objects.filter(pk=mailing.pk).update(closed_at=None)
    mailing.refresh_from_db(fields=["fanned_out_at", "closed_at"])
    return inserted


@transaction.atomic
def end_letters(*, recipient: UUID, state: State, kinds: Collection[str] | None = None) -> int:
    """End what is still open for a person, of some kinds of mailings or of all; returns how many that were.

    Call it in the transaction that ends the subscription: a worker looks again before every single letter.
    """
    if state not in ENDED:
        raise ValueError(f"{state} is not an ending")
    keep_out_fan_outs()
    letters = Letter.objects.open().filter(recipient=recipient)
    if kinds is not None:
        letters = letters.filter(mailing__kind__in=kinds)
    return _end(letters, state=state)


@transaction.atomic
def end_mailing(mailing: int, *, state: State, answer: str) -> int:
    """End what is still open of a mailing, because nobody should read it any more; returns how many letters that were.

    A letter that a worker is just handing over arrives all the same, and then counts as sent.
    """
    keep_out_fan_outs()
    return _end(Letter.objects.open().filter(mailing=mailing), state=state, answer=answer)


def _end(letters: LetterQuerySet, **ending: Any) -> int:
    # Always locked in the same order: two endings at once must not wait for each other.
    open_now = letters.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    return Letter.objects.filter(pk__in=list(open_now)).update(ended_at=clock.now(), **ending)


def close_finished() -> int:
    """Close the mailings that are fanned out and have no open letter; returns how many that were."""
    fanned_out = Mailing.objects.filter(closed_at=None, fanned_out_at__isnull=False)
    still_open = Letter.objects.open().filter(mailing=OuterRef("pk"))
    return fanned_out.exclude(Exists(still_open)).update(closed_at=clock.now())
