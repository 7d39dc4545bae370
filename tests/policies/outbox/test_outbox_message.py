"""Filling in is the same as building each letter anew, only faster."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random
from uuid import UUID

import pytest

from common.signing import subject_of, token_for
from policies.outbox.message import frame_of, message_id_for
from policies.outbox.models import Mailing, Rendition
from policies.outbox.quoting import quoted_printable
from policies.outbox.rules import TOKEN_PLACEHOLDER, sendable_address
from tests.policies.outbox.writing import LEAVE

SOMEBODY = UUID(int=5)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = [
    "policy",
    "privacy",
    "رازداری",
    "پالیسی",
    "=",
    ".",
    " ",
    "  ",
    "\t",
    "=20",
    "é",
    "\x85",
    "\u2028",
    "From ",
    "—",
]
WORDS += [
    TOKEN_PLACEHOLDER,
    f"<{LEAVE}>",
    f'<a href="{LEAVE}?a=b&amp;c">',
    "x" * 200,
    "ی" * 90,
    "\n",
    "\n.",
    "\r\n",
    "\n\n",
]


def rendition(**fields):
    facts = {"language": "ur", "subject": "ہماری رازداری کی پالیسی 22 دسمبر 2026 کو بدل رہی ہے", "text": "سلام\n"}
    return Rendition(mailing=Mailing(pk=12, key="notice:12", kind="notice"), **facts | fields)


def filled(frame, *, address="sara@example.org", recipient=SOMEBODY):
    token = token_for(recipient, purpose="updates")
    data = frame.filled(
        address=sendable_address(address),
        message_id=message_id_for(mailing=12, recipient=recipient),
        at=NOON,
        token=token,
    )
    return data, message_from_bytes(data, policy=policy.default)


def built(source, *, address, recipient):
    """The same letter, the slow way."""
    token = token_for(recipient, purpose="updates")
    message = EmailMessage()
    message["From"] = source.from_header
    message["To"] = address
    message["Subject"] = source.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Message-ID"] = message_id_for(mailing=12, recipient=recipient)
    message["Date"] = NOON
    message["List-Unsubscribe"] = f"<{source.list_unsubscribe.replace(TOKEN_PLACEHOLDER, token)}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Id"] = "<updates.example.com>"
    message.set_content(source.text.replace(TOKEN_PLACEHOLDER, token))
    message.add_alternative(source.html.replace(TOKEN_PLACEHOLDER, token), subtype="html")
    message["Content-Language"] = source.language
    return message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)


def unix(text):
    """The standard library sends some texts as base64, and then reads their line ends differently."""
    return text.replace("\r\n", "\n")


def some_text(random):
    return "".join(random.choice(WORDS) for _ in range(random.randint(0, 60)))


def test_300_letters_that_are_filled_in_equal_300_that_are_built():
    random = Random(7)
    for n in range(300):
        source = rendition(text=some_text(random), html=some_text(random) or "<p>", list_unsubscribe=LEAVE)
        someone = {"address": f"person{n}@example.org", "recipient": UUID(int=random.getrandbits(128))}
        _, ours = filled(frame_of(source), **someone)
        theirs = built(source, **someone)
        assert ours.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in ours.iter_parts()] == ["text/plain", "text/html"]
        for part, same in zip(ours.iter_parts(), theirs.iter_parts(), strict=True):
            assert unix(part.get_content()) == unix(same.get_content())
        headers = [name for name in theirs.keys() if name not in ("Content-Type", "MIME-Version")]  # noqa: SIM118
        assert {name: str(ours[name]) for name in headers} == {name: str(theirs[name]) for name in headers}
        assert set(ours.keys()) == set(theirs.keys())


def test_no_line_of_a_letter_is_too_long_and_every_one_ends_in_crlf():
    data, _ = filled(frame_of(rendition(text=some_text(Random(3)) * 9, html=f"<p>{LEAVE * 5}</p>")))
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    body = data[data.index(b"\r\n\r\n") :].split(b"\r\n")
    assert max(map(len, body)) <= 76


def test_everybody_finds_only_their_own_token():
    frame = frame_of(rendition(text=LEAVE, html=LEAVE, list_unsubscribe=LEAVE))
    _, message = filled(frame, recipient=UUID(int=99))
    found = [message["List-Unsubscribe"], *(part.get_content() for part in message.iter_parts())]
    tokens = {each.strip("<>\r\n").removesuffix("/").rpartition("/")[2] for each in found}
    assert [subject_of(token, purpose="updates") for token in tokens] == [UUID(int=99)]


def test_a_letter_without_html_is_plain_text():
    _, message = filled(frame_of(rendition(text="Click.\n")))
    assert message.get_content_type() == "text/plain"
    assert message.get_content().splitlines() == ["Click."]


def test_a_letter_to_one_person_is_no_list_mail():
    _, message = filled(frame_of(rendition()))
    assert message["List-Id"] is None
    assert message["List-Unsubscribe"] is None
    assert message["Precedence"] is None


def test_a_subject_in_urdu_survives():
    source = rendition()
    data, message = filled(frame_of(source))
    assert message["Subject"] == source.subject
    assert data.isascii()


def test_the_message_id_is_the_same_for_every_attempt_and_says_nothing_of_the_person():
    first = message_id_for(mailing=3, recipient=UUID(int=1))
    assert first == message_id_for(mailing=3, recipient=UUID(int=1))
    assert first != message_id_for(mailing=4, recipient=UUID(int=1))
    assert first.startswith("<m3.")
    assert first.endswith("@example.com>")
    assert UUID(int=1).hex not in first


def test_another_sender_and_a_reply_address_are_headers_of_their_own():
    source = rendition(sender="Büro <office@example.com>", reply_to="Help <help@example.com>")
    _, message = filled(frame_of(source))
    assert (message["From"], message["Reply-To"]) == ("Büro <office@example.com>", "Help <help@example.com>")
    assert frame_of(source).sender == "office@example.com"


@pytest.mark.parametrize("column", range(0, 90, 7))
def test_the_placeholder_is_never_cut_by_a_soft_line_break(column):
    encoded = quoted_printable("x" * column + "TOKEN" + "y" * 90, whole="TOKEN")
    assert b"\r\nTOKEN=\r\n" in encoded
