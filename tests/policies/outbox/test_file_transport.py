from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ImproperlyConfigured

from policies.outbox.checks import email_url_can_be_read, letters_leave_the_machine
from policies.outbox.errors import ServerDown
from policies.outbox.files import FileTransport
from policies.outbox.smtp import SmtpTransport
from policies.outbox.transports import transport_from
from tests.policies.outbox.writing import letter_to, worker_with


@pytest.mark.django_db
def test_letters_become_files_that_a_mail_program_opens(tmp_path):
    folder = tmp_path / "var" / "mail"
    letter = letter_to("sara@example.org", subject="سلام")
    worker_with(transport_from(folder.as_uri())).deliver_due()
    letter.refresh_from_db()
    [file] = folder.iterdir()
    assert file.suffix == ".eml"
    assert letter.message_id.strip("<>") in file.name
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["Subject"] == "سلام"


def test_a_folder_that_cannot_be_made_is_no_letters_fault(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ServerDown):
        FileTransport(tmp_path / "taken").open()


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.example.com", 25, "smtp"),
        ("smtps://mail.example.com", 465, "smtps"),
        ("smtp+tls://mail.example.com", 587, "smtp+tls"),
        ("smtp+tls://mail.example.com:2525/", 2525, "smtp+tls"),
    ],
)
def test_an_email_url_names_a_server_and_its_encryption(url, port, tls):
    transport = transport_from(url)
    assert isinstance(transport, SmtpTransport)
    assert (transport.host, transport.port, transport.tls) == ("mail.example.com", port, tls)


def test_a_password_may_hold_any_character():
    transport = transport_from("smtp://us%40er:p%2Fa%3Ass@mail.example.com:25")
    assert (transport.user, transport.password) == ("us@er", "p/a:ss")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "file://",
        "smtp://h:99999",
        "smtp://h/x",
        "file:///",
    ],
)
def test_a_mistake_in_the_email_url_is_told_clearly(url, settings):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        transport_from(url)
    settings.EMAIL_URL = url
    [error] = email_url_can_be_read()
    assert error.id == "outbox.E001"
    assert letters_leave_the_machine() == []


def test_a_mistake_in_the_email_url_does_not_print_the_password():
    with pytest.raises(ImproperlyConfigured) as error:
        transport_from("smpt://kept:secret@mail.example.com")
    assert "secret" not in str(error.value)


def test_a_site_that_only_writes_files_is_warned_before_it_is_deployed(settings):
    settings.EMAIL_URL = "file:///tmp/mail"
    assert [warning.id for warning in letters_leave_the_machine()] == ["outbox.W001"]
    settings.EMAIL_URL = "smtp://mail.example.com"
    assert letters_leave_the_machine() == email_url_can_be_read() == []
