"""So often and no oftener from one network, counted by all workers together, and no address kept."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test import RequestFactory, override_settings

from common import clock
from policies.limits.actions import allow, purge_windows
from policies.limits.models import Window
from policies.limits.networks import network, network_of
from tests.policies.consent.visitors import Visitor, ledger

MINUTE = timedelta(minutes=1)
ROOT = Path(__file__).resolve().parents[3]

ASKING = """
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {name!r}
from datetime import timedelta
from policies.limits.actions import allow
print(sum(allow("choices", "203.0.113.0/24", most=50, within=timedelta(minutes=1)) for _ in range(20)))
"""


def asks(times, who="203.0.113.0/24", bucket="choices", most=3):
    return [allow(bucket, who, most=most, within=MINUTE) for _ in range(times)]


@pytest.mark.django_db
def test_the_fourth_time_is_one_too_many():
    assert asks(5) == [True, True, True, False, False]


@pytest.mark.django_db
def test_networks_and_things_are_counted_apart():
    asks(3)
    assert asks(1, who="198.51.100.0/24") == [True]
    assert asks(1, bucket="requests") == [True]
    assert asks(1) == [False]


@pytest.mark.django_db
def test_after_a_minute_it_begins_anew():
    asks(4)
    with time_machine.travel(clock.now() + MINUTE):
        assert asks(4) == [True, True, True, False]


@pytest.mark.django_db
def test_what_is_over_is_forgotten():
    asks(2)
    assert purge_windows() == 0
    with time_machine.travel(clock.now() + MINUTE):
        assert purge_windows() == 1
    assert not Window.objects.exists()


@pytest.mark.django_db
def test_no_address_is_kept_and_two_days_cannot_be_joined():
    asks(1)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        asks(1)
    assert Window.objects.count() == 2
    assert "203.0.113" not in str(list(Window.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_exactly_so_many_pass_in_eight_threads_at_once():
    def one(_):
        try:
            return allow("choices", "203.0.113.0/24", most=40, within=MINUTE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(one, range(120))) == 40


@pytest.mark.django_db(transaction=True)
def test_exactly_so_many_pass_in_eight_processes_at_once():
    code = ASKING.format(name=str(connection.settings_dict["NAME"]))
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    words = [sys.executable, "-c", code]
    people = [subprocess.Popen(words, cwd=ROOT, env=known, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    assert sum(int(each.communicate(timeout=100)[0]) for each in people) == 50


@pytest.mark.django_db(transaction=True)
def test_without_its_table_nobody_is_held_up_and_no_transaction_breaks():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE limits_window RENAME TO limits_elsewhere")
    try:
        assert asks(5) == [True] * 5
        with transaction.atomic():
            assert asks(1) == [True]
            assert not ledger()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE limits_elsewhere RENAME TO limits_window")


@pytest.mark.parametrize(
    ("address", "its"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        (" 203.0.113.77 ", "203.0.113.0/24"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("203.0.113.77:80", "unknown"),
    ],
)
def test_a_network_is_as_coarse_as_a_limit_needs(address, its):
    assert network(address) == its


def test_whoever_is_not_behind_our_proxy_cannot_choose_their_network():
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="198.51.100.9")
    assert network_of(request) == "203.0.113.0/24"


@override_settings(BEHIND_PROXY=True)
def test_behind_our_proxy_the_last_hop_counts():
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.9")
    assert network_of(request) == "198.51.100.0/24"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "words"), [("/choices/", "save again in a minute"), ("/ur/choices/", 'lang="ur"')])
def test_a_crowd_from_one_network_is_asked_to_wait_with_nothing_lost(policy_in_force, monkeypatch, path, words):
    monkeypatch.setattr("policies.consent.choosing.MOST", 2)
    sara = Visitor(path)
    sara.answers(all="no")
    sara.answers(all="yes")
    sara.opens_the_page()
    sara.page = sara.sends(performance="no", targeting="yes")
    assert sara.page.status_code == 429
    assert sara.page["Retry-After"] == "60"
    assert words in sara.text
    assert sara.ticked == {"performance": "no", "functional": "yes", "targeting": "yes"}
    assert len(ledger()) == 2
    others = Visitor(path)
    others.browser.defaults["REMOTE_ADDR"] = "198.51.100.9"
    others.answers(all="no")
