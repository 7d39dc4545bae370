"""How fast letters are written and sent; ours beside Django's own mail and beside bare smtplib, in the same run.

Run from the repository: `python -m tests.bench.sending`, with DATABASE_URL on PostgreSQL and without on SQLite. It
makes a database of its own and drops it. The mail server is a process that takes everything:
tests/policies/outbox/sink.py.
"""

import json
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from common import clock
from common.immutable import changes_allowed
from common.signing import token_for
from policies.outbox.actions import fan_out, open_mailing
from policies.outbox.delivery import Worker
from policies.outbox.models import Letter, Mailing, Rendition, State, counts
from policies.outbox.rules import TOKEN_PLACEHOLDER
from policies.outbox.transports import transport_from
from policies.subscriptions.models import Subscriber, Subscription, Topic

RESULTS = ROOT / "var" / "bench" / "sending.json"
SINK = ROOT / "tests" / "policies" / "outbox" / "sink.py"
SUBSCRIBERS = 100_000
LETTERS = 3_000
ROUNDS = 3

LEAVE = f"https://shop.example/updates/unsubscribe/{TOKEN_PLACEHOLDER}/"
SENTENCE = "We keep what you order for seven years — ہم آپ کے آرڈر سات سال تک رکھتے ہیں. "
TEXT = "\n\n".join([SENTENCE * 3] * 7) + f"\n\nLeave: {LEAVE}\n"
PARAGRAPH = f'<p style="margin:0 0 16px;font-size:16px">{SENTENCE * 3}</p>'
HTML = PARAGRAPH * 10 + f'<p><a href="{LEAVE}">Leave</a></p>'
RENDITION = {"subject": "Our privacy policy changes", "text": TEXT, "html": HTML, "list_unsubscribe": LEAVE}


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def own_database() -> Iterator[None]:
    """A fresh database that nobody else uses."""
    name = str(RESULTS.with_name("sending.sqlite3")) if connection.vendor == "sqlite" else "kept_bench"
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def sink() -> Iterator[int]:
    """The port of a mail server that takes everything."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "port"
        with subprocess.Popen([sys.executable, str(SINK), str(file)]) as process:
            while not (file.exists() and file.read_text()):
                time.sleep(0.01)
            try:
                yield int(file.read_text())
            finally:
                process.kill()


def subscribers() -> None:
    """Confirmed people, as many as the fan-out is measured with."""
    people = [Subscriber(address=address(n), language="ur", confirmed_at=clock.now()) for n in range(SUBSCRIBERS)]
    Subscriber.objects.bulk_create(people, batch_size=2000)
    keys = Subscriber.objects.values_list("pk", flat=True)
    subscriptions = [Subscription(subscriber_id=key, topic=Topic.POLICY_CHANGES) for key in keys]
    Subscription.objects.bulk_create(subscriptions, batch_size=2000)


def fanned_out() -> dict[str, float]:
    """Letters per second that one statement writes, and how long it takes when there is nothing to do."""
    subscribers()
    mailing = open_mailing(key="notice:1", kind="notice", renditions={"en": RENDITION, "ur": RENDITION})
    people = Subscriber.objects.subscribed_to(Topic.POLICY_CHANGES).values_list("key", "address", "language")
    first = seconds(lambda: fan_out(mailing, people))
    again = seconds(lambda: fan_out(mailing, people))
    assert counts(mailing)[State.QUEUED] == SUBSCRIBERS
    with changes_allowed([Rendition._meta.db_table]):
        Mailing.objects.all().delete()
    return {"letters": SUBSCRIBERS, "seconds": first, "letters_per_second": SUBSCRIBERS / first, "again_seconds": again}


def waiting() -> Mailing:
    """A notice that waits for many people."""
    mailing = open_mailing(key=f"notice:{uuid4()}", kind="notice", renditions={"en": RENDITION})
    letters = [Letter(mailing=mailing, recipient=uuid4(), address=address(n), language="en") for n in range(LETTERS)]
    Letter.objects.bulk_create(letters, batch_size=1000)
    return mailing


def ours(port: int, *, pipelining: bool) -> float:
    """Our worker: claimed, checked, marked, every letter with a token of its own."""
    mailing = waiting()
    transport = transport_from(f"smtp://127.0.0.1:{port}")
    worker = Worker(transport)
    transport.open()
    if not pipelining:
        transport._smtp.esmtp_features.pop("pipelining")  # type: ignore[attr-defined]  # it is connected here

    def deliver() -> None:
        while worker.deliver_due():
            pass

    took = seconds(deliver)
    transport.close()
    assert counts(mailing)[State.SENT] == LETTERS
    return took


def djangos(port: int) -> float:
    """Django's own way over one connection; texts are filled in by `replace`, so templates are not even counted."""
    backend = EmailBackend(host="127.0.0.1", port=port)
    return seconds(lambda: backend.send_messages([django_message(n) for n in range(LETTERS)]))


def djangos_with_marks(port: int) -> float:
    """The same with a row per letter that is marked after each, as a loop that must not forget anybody has to."""
    keys = list(waiting().letters.values_list("pk", flat=True))
    backend = EmailBackend(host="127.0.0.1", port=port)

    def send() -> None:
        backend.open()
        for n, key in enumerate(keys):
            backend.send_messages([django_message(n)])
            Letter.objects.filter(pk=key).update(state=State.SENT, ended_at=clock.now())
        backend.close()

    return seconds(send)


def django_message(n: int) -> EmailMultiAlternatives:
    token = token_for(UUID(int=n), purpose="updates")
    headers = {"List-Unsubscribe": f"<{LEAVE.replace(TOKEN_PLACEHOLDER, token)}>"}
    text = TEXT.replace(TOKEN_PLACEHOLDER, token)
    message = EmailMultiAlternatives(RENDITION["subject"], text, to=[address(n)], headers=headers)
    message.attach_alternative(HTML.replace(TOKEN_PLACEHOLDER, token), "text/html")
    return message


def bare(port: int) -> float:
    """smtplib and the same bytes for everybody: what Python's library can do at most without pipelining."""
    data = django_message(1).message().as_bytes(linesep="\r\n")
    with smtplib.SMTP("127.0.0.1", port, "localhost") as smtp:
        return seconds(lambda: [smtp.sendmail("a@example.com", address(n), data) for n in range(LETTERS)])


def address(n: int) -> str:
    return f"person{n}@example.org"


def sent() -> dict[str, float]:
    """Letters per second of each way; the ways take turns, the median of the rounds counts."""
    ways: dict[str, Callable[[int], float]] = {
        "our worker": lambda port: ours(port, pipelining=True),
        "our worker without pipelining": lambda port: ours(port, pipelining=False),
        "Django, one connection": djangos,
        "Django, each letter marked": djangos_with_marks,
        "bare smtplib, constant bytes": bare,
    }
    with sink() as port:
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                took[name].append(way(port))
    return {name: LETTERS / median(times) for name, times in took.items()}


def main() -> None:
    """Print a table and keep the figures."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with own_database():
        fan, rates = fanned_out(), sent()
    print(f"{connection.vendor}: {fan['letters']:,} letters written in {fan['seconds']:.2f} s", end=" ")
    print(f"({fan['letters_per_second']:,.0f}/s); again, with nothing to do, {fan['again_seconds']:.2f} s")
    peer = rates["Django, one connection"]
    for name, rate in rates.items():
        print(f"{name:32} {rate:8,.0f} letters/s  {rate / peer:5.2f} x Django")
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(known | {connection.vendor: {"fan_out": fan, "letters_per_second": rates}}, indent=2))


if __name__ == "__main__":
    main()
