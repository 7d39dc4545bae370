from collections.abc import Iterator

import pytest

from policies.outbox.transports import transport_from
from tests.policies.outbox.mail_server import MailServer
from tests.policies.outbox.writing import Recorder


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A mail server that the site is told to use."""
    server = MailServer()
    server.start()
    settings.EMAIL_URL = server.url
    yield server
    server.stop()


@pytest.fixture
def smtp(mail_server):
    """A connection to it."""
    transport = transport_from(mail_server.url)
    yield transport
    transport.close()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()
