from datetime import timedelta

import pytest

from policies.outbox.rules import (
    TOKEN_PLACEHOLDER,
    Unsendable,
    is_hopeless,
    sendable_address,
    sendable_link,
    wait_after,
    with_jitter,
)


def test_waiting_doubles_from_five_minutes_to_six_hours():
    waits = [wait_after(attempts) for attempts in (1, 2, 3, 7, 8, 1000)]
    minutes = [5, 10, 20, 320, 360, 360]
    assert waits == [timedelta(minutes=each) for each in minutes]


def test_after_five_days_of_tries_it_is_given_up():
    tried = sum((wait_after(n) for n in range(1, 26)), timedelta())
    assert timedelta(days=4, hours=18) < tried <= timedelta(days=5)
    assert not is_hopeless(25)
    assert is_hopeless(26)


def test_jitter_stays_within_a_fifth():
    assert all(48 <= with_jitter(timedelta(seconds=60)).total_seconds() <= 72 for _ in range(200))


def test_a_domain_in_urdu_is_written_in_ascii():
    assert sendable_address("sara@مثال.example") == "sara@xn--mgbh0fb.example"


@pytest.mark.parametrize("address", ["", "@", "sara@", "@example.org", "سارہ@example.org", "a\x00@b.c", "a@b..c"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Unsendable):
        sendable_address(address)


@pytest.mark.parametrize("url", ["https://x.example/a b", "https://x.example/>", "https://x.example/ä", "https://x\n"])
def test_a_link_that_would_end_its_header_is_refused(url):
    with pytest.raises(Unsendable):
        sendable_link(url)


def test_the_placeholder_needs_no_encoding_anywhere():
    assert TOKEN_PLACEHOLDER.isascii()
    assert TOKEN_PLACEHOLDER.isalnum()
