"""What the mail server says, and what we make of it."""

import socket
import ssl

import pytest

from policies.outbox import smtp as smtp_module
from policies.outbox.errors import ServerDown, TransportError
from policies.outbox.smtp import SmtpTransport
from policies.outbox.transports import Parcel
from tests.policies.outbox.mail_server import CUT, STALL, MailServer, free_port

DOTS = b"Message-ID: <1@example.com>\r\n\r\n.\r\n..\r\n.x\r\nend\r\n"


def parcel(recipient="sara@example.org", data=DOTS):
    return Parcel(sender="privacy@example.com", recipient=recipient, message_id="<1@example.com>", data=data)


@pytest.fixture(params=[True, False], ids=["pipelining", "plain"])
def server(request):
    server = MailServer(pipelining=request.param)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def transport(server):
    transport = SmtpTransport(host="127.0.0.1", port=server.port)
    yield transport
    transport.close()


def test_what_arrives_is_byte_for_byte_what_was_sent(server, transport):
    transport.send(parcel())
    assert server.letters[0].data == DOTS


def test_a_refusal_leaves_the_connection_usable(server, transport):
    server.will_answer("RCPT", "550 5.1.1 nobody here")
    with pytest.raises(TransportError, match="nobody here") as refusal:
        transport.send(parcel())
    assert refusal.value.permanent
    assert refusal.value.recipient_refused
    transport.send(parcel("ali@example.org"))
    assert server.recipients == ["ali@example.org"]
    assert server.connections == 1


@pytest.mark.parametrize("step", ["RCPT", "BODY"])
def test_a_refusal_for_now_is_not_permanent(server, transport, step):
    server.will_answer(step, "451 later")
    with pytest.raises(TransportError) as refusal:
        transport.send(parcel())
    assert not refusal.value.permanent
    assert not refusal.value.recipient_refused
    assert not refusal.value.outcome_unknown


def test_a_server_that_hung_up_while_nobody_wrote_is_connected_to_again(server, transport):
    transport.send(parcel())
    server.will_answer("MAIL", CUT)
    transport.send(parcel())
    assert len(server.letters) == server.connections == 2


def test_a_server_that_hangs_up_twice_is_down(server, transport):
    server.will_answer("MAIL", CUT, CUT)
    with pytest.raises(ServerDown, match="hung up twice"):
        transport.send(parcel())


def test_a_connection_lost_after_the_letter_has_an_unknown_outcome(server, transport):
    server.will_answer("BODY", CUT)
    with pytest.raises(TransportError) as refusal:
        transport.send(parcel())
    assert refusal.value.outcome_unknown
    assert not refusal.value.permanent
    assert server.seen == ["sara@example.org"]


def test_a_server_that_does_not_answer_is_not_waited_for_longer_than_agreed(monkeypatch):
    monkeypatch.setattr(smtp_module, "ANSWER_WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = SmtpTransport(host="127.0.0.1", port=silent.getsockname()[1])
        with pytest.raises(ServerDown, match="timed out"):
            transport.open()


def test_a_server_that_stalls_at_one_letter_is_a_refusal_for_now(server, transport, monkeypatch):
    monkeypatch.setattr(smtp_module, "ANSWER_WITHIN", 0.2)
    server.will_answer("RCPT", STALL)
    with pytest.raises(TransportError, match="no answer") as refusal:
        transport.send(parcel())
    assert not refusal.value.outcome_unknown
    transport.send(parcel("ali@example.org"))
    assert server.recipients == ["ali@example.org"]


def test_a_connection_that_was_cut_is_not_made_again(server, transport):
    transport.send(parcel())
    transport.cut()
    with pytest.raises(ServerDown, match="stopping"):
        transport.send(parcel())


def test_nobody_listens():
    with pytest.raises(ServerDown, match="refused"):
        SmtpTransport(host="127.0.0.1", port=free_port()).open()


def test_a_server_whose_certificate_nobody_knows_is_not_trusted(server):
    transport = SmtpTransport(host="127.0.0.1", port=server.port, tls="smtps")
    with pytest.raises(ServerDown):
        transport.open()


def test_a_server_without_encryption_is_refused_where_encryption_is_asked_for(server):
    transport = SmtpTransport(host="127.0.0.1", port=server.port, tls="smtp+tls")
    with pytest.raises(ServerDown, match="STARTTLS"):
        transport.open()


def test_a_password_is_never_sent_to_a_server_that_does_not_ask(server):
    transport = SmtpTransport(host="127.0.0.1", port=server.port, user="kept", password="secret")
    with pytest.raises(ServerDown):
        transport.open()


def test_tls_from_the_start_checks_the_certificate():
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED
