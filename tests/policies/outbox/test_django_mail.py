"""Django's and Wagtail's own mail goes through the outbox too."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail import send_mail as send_django_mail

from policies.outbox.backend import OutboxBackend
from policies.outbox.models import Letter
from policies.outbox.rules import Unsendable
from tests.policies.outbox.writing import worker_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox_backend(settings):
    """Django's test runner has put its own in place."""
    settings.EMAIL_BACKEND = "policies.outbox.backend.OutboxBackend"


def test_it_waits_as_a_letter_and_arrives(mail_server, smtp):
    sent = send_django_mail("Page submitted", "Please review.", None, ["reviewer@example.org"], html_message="<p>!</p>")
    assert sent == 1
    letter = Letter.objects.get()
    assert (letter.mailing.kind, letter.priority) == ("staff", 0)
    worker_with(smtp).deliver_due()
    message = mail_server.letters[0].message
    assert message["Subject"] == "Page submitted"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_everybody_gets_a_letter_of_their_own(mail_server, smtp):
    EmailMessage("s", "b", to=["a@example.org", "b@example.org"], cc=["c@example.org"], bcc=["d@example.org"]).send()
    worker_with(smtp).deliver_due()
    assert sorted(mail_server.recipients) == [f"{name}@example.org" for name in "abcd"]
    assert all(received.message["To"] == received.recipient for received in mail_server.letters)


def test_sender_and_reply_address_are_kept(mail_server, smtp):
    EmailMessage("s", "b", "Office <office@example.com>", ["a@example.org"], reply_to=["x@example.com"]).send()
    worker_with(smtp).deliver_due()
    message = mail_server.letters[0].message
    assert (message["From"], message["Reply-To"]) == ("Office <office@example.com>", "x@example.com")


def test_a_message_that_is_html_alone_stays_html(mail_server, smtp):
    message = EmailMultiAlternatives("s", "<p>b</p>", to=["a@example.org"])
    message.content_subtype = "html"
    message.send()
    worker_with(smtp).deliver_due()
    assert "text/html" in [part.get_content_type() for part in mail_server.letters[0].message.iter_parts()]


def test_a_line_break_in_a_subject_is_refused():
    with pytest.raises(Unsendable):
        send_django_mail("s\nBcc: b@example.org", "b", None, ["a@example.org"])


def test_an_attachment_is_refused_instead_of_lost():
    message = EmailMessage("s", "b", to=["a@example.org"])
    message.attach("a.txt", "a")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
    assert not Letter.objects.exists()


def test_a_message_to_nobody_is_none():
    assert get_connection().send_messages([EmailMessage("s", "b")]) == 0
    assert isinstance(get_connection(), OutboxBackend)
