"""One round of a worker: what is due is claimed, sent all at once, and written down."""

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from common import clock

from .claims import BATCH, NAME, claim
from .keys import signature
from .models import WebhookDelivery
from .outcomes import record
from .posting import TIMEOUT, Answer, post

logger = logging.getLogger(__name__)

PATIENCE = TIMEOUT + 2
"""Seconds after which a round goes on without its threads: looking a name up has no time limit of its own."""
USER_AGENT = "Kept-Webhooks/1.0"


@dataclass(frozen=True, slots=True)
class _Message:
    """All that a thread needs, so that no thread asks the database."""

    url: str
    body: bytes
    headers: dict[str, str]


def send_due(worker: str = NAME) -> int:
    """Send what is due; returns how many messages that were."""
    deliveries = claim(worker)
    if deliveries:
        for delivery, answer in _answers(deliveries):
            record(delivery, answer, worker=worker)
    return len(deliveries)


def _answers(deliveries: list[WebhookDelivery]) -> Iterator[tuple[WebhookDelivery, Answer]]:
    pool = ThreadPoolExecutor(BATCH, thread_name_prefix="webhook")
    try:
        futures = [(delivery, pool.submit(_send, message_of(delivery))) for delivery in deliveries]
        wait([future for _, future in futures], timeout=PATIENCE)
        for delivery, future in futures:
            yield delivery, _answer(future)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def message_of(delivery: WebhookDelivery) -> _Message | None:
    """Signed anew for every try, as the time is part of what is signed; None where no secret can be opened."""
    at, body = clock.now(), delivery.event.body.encode()
    timestamp = int(at.timestamp())
    try:
        signers = delivery.endpoint.secrets(at)
    except InvalidToken:
        return None
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": delivery.event.uid,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(delivery.event.uid, timestamp, body, signers=signers),
    }
    return _Message(delivery.endpoint.url, body, headers)


def _send(message: _Message | None) -> Answer:
    if message is None:
        return Answer(None, 0.0, problem="the secret cannot be opened: SECRET_KEY has changed")
    return post(message.url, message.body, message.headers)


def _answer(future: Future[Answer]) -> Answer:
    if not future.done():
        return Answer(None, PATIENCE, problem="timed out")
    mistake = future.exception()
    if mistake:
        logger.error("A webhook could not be sent", exc_info=mistake)
        return Answer(None, 0.0, problem=type(mistake).__name__)
    return future.result()
