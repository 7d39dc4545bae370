"""May I? Asked from outside, with the reason and the proof."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import APIToken

from common import clock
from policies.consent.models import Choice, Wording
from policies.consent.rules import Because
from tests.policies.consent.api.faces import CHOICES, Face
from tests.policies.consent.visitors import Visitor, ledger


@pytest.fixture
def officer(db):
    """A member of staff who may look at choices, with a token; gives the header."""

    def _with(*permissions):
        user = get_user_model().objects.create_user(f"staff{uuid4().hex[:6]}", password=None)
        user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
        return {"Authorization": f"Bearer {APIToken.create_token(user=user, name='test')[1]}"}

    return _with


def test_the_answer_names_its_proof(sara, version):
    sara.answers(performance="yes")
    [entry] = ledger()
    told = Face(sara.cookie).may("performance").json()
    wording = Wording.objects.get()
    url = f"{settings.SITE_URL}{CHOICES}/wordings/{wording.sha256}"
    assert told.pop("chosen_at")
    assert told.pop("valid_until") == entry.facts["given"]["performance"]
    assert told == {
        "allowed": True,
        "because": "given",
        "explanation": "The person agreed.",
        "purpose": "performance",
        "state": "given",
        "entry": {"uid": str(entry.uid), "leaf": entry.leaf},
        "wording": {"sha256": wording.sha256, "url": url},
        "version": {"number": 1, "permalink": version.permalink},
        "renewed_in": None,
        "asked_again": False,
        "foreign": False,
    }


def test_who_has_not_answered_has_not_agreed(sara):
    told = Face().may("performance").json()
    assert (told["allowed"], told["because"], told["state"], told["asked_again"]) == (False, "undecided", None, True)


def test_a_refusal_without_identifier_is_an_answer_too(sara, version):
    sara.answers(all="no")
    told = Face(sara.cookie).may("performance").json()
    assert (told["because"], told["state"], told["entry"]) == ("refused", "refused", None)
    assert told["version"] == {"number": 1, "permalink": version.permalink}
    assert told["valid_until"] is None


def test_what_is_on_record_counts_before_an_older_token(sara):
    sara.answers(performance="yes", functional="no")
    old = Face(sara.cookie)
    sara.answers(performance="no", functional="yes")
    assert old.may("performance").json()["because"] == "withdrawn"
    assert old.may("functional").json()["because"] == "given"


def test_a_yes_runs_out_whether_or_not_anybody_says_so(sara):
    sara.answers(performance="yes")
    with time_machine.travel(clock.now() + timedelta(days=190)):
        told = Face(sara.cookie).may("performance").json()
    assert (told["allowed"], told["because"], told["asked_again"]) == (False, "expired", True)


def test_who_works_by_an_earlier_version_may_go_on(sara, announce):
    sara.answers(performance="yes")
    announce(2, renews=["performance"])
    face = Face(sara.cookie)
    now, before = (face.may("performance", **query).json() for query in ({}, {"version": 1}))
    assert (now["allowed"], now["because"], now["renewed_in"]) == (False, "renewal_needed", 2)
    assert (before["allowed"], before["because"], before["asked_again"]) == (True, "given", True)
    assert face.may("performance", version=2).json()["allowed"] is False


def test_a_later_change_does_not_hide_an_earlier_one(sara, announce):
    sara.answers(performance="yes")
    announce(2, renews=["performance"])
    announce(3, renews=["performance"])
    told = [Face(sara.cookie).may("performance", version=number).json()["allowed"] for number in (1, 2, 3)]
    assert told == [True, False, False]


def test_a_renewed_yes_is_told_as_renewed(sara, announce):
    sara.answers(performance="yes")
    announce(2, renews=["performance"])
    sara.answers(performance="yes")
    told = Face(sara.cookie).may("performance").json()
    assert (told["allowed"], told["because"], told["version"]["number"]) == (True, "renewed", 2)


@pytest.mark.parametrize(("sent", "because"), [("1", "signal"), ("0,1", "signal"), ("0", "given"), ("true", "given")])
def test_the_browsers_signal_is_honoured(sara, sent, because):
    sara.answers(targeting="yes")
    assert Face(sara.cookie).may("targeting", headers={"Sec-GPC": sent}).json()["because"] == because


def test_the_essential_needs_no_answer(sara):
    assert Face().may("essential").json()["allowed"] is True


def test_the_reason_is_told_in_urdu(sara):
    with override("ur"):
        words = str(Because.UNDECIDED.label)
    assert Face().may("performance", language="ur").json()["explanation"] == words


def test_no_cache_keeps_the_answer(sara):
    assert "no-store" in Face().may("performance")["Cache-Control"]


@pytest.mark.parametrize("purpose", ["mining", "", "x" * 3000, "performance ", "%27", "ہاں", "\ud800"])
def test_an_unknown_purpose_is_a_problem_and_no_no(sara, purpose):
    answer = Face().may(purpose.encode("utf-8", "surrogatepass"))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("query", [{"version": "0"}, {"version": "-1"}, {"version": "x"}, {"version": "1" * 12}])
def test_an_odd_version_is_a_problem(sara, query):
    assert Face().may("performance", **query).status_code == 400


@pytest.mark.parametrize("token", ["x", "performance-yes-1-20990101~forged", "~", "ü" * 30, "~" * 5000])
def test_a_forged_token_is_a_problem(sara, token):
    assert Face(token).may("performance").status_code == 400


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_a_cookie_counts_only_where_no_other_site_asks(sara, headers, counts):
    sara.answers(performance="yes")
    face = Face()
    face.client.cookies["kept_choices"] = sara.cookie
    assert face.may("performance", headers=headers).json()["allowed"] is counts


def test_staff_ask_about_somebody_by_their_id(sara, officer):
    sara.answers(performance="yes")
    subject = Choice.objects.get().subject
    told = Face().may("performance", subject=subject, headers=officer("view_choice"))
    assert (told.status_code, told.json()["because"]) == (200, "given")
    assert Face().may("functional", subject=subject, headers=officer("view_choice")).json()["because"] == "undecided"


def test_nobody_else_does(sara, officer):
    sara.answers(performance="yes")
    subject = Choice.objects.get().subject
    stranger = Face(sara.cookie).may("performance", subject=subject)
    assert (stranger.status_code, stranger["WWW-Authenticate"]) == (401, "Bearer")
    forged = Face().may("performance", subject=subject, headers={"Authorization": "Bearer wagtail_x"})
    editor = Face().may("performance", subject=subject, headers=officer("add_purpose"))
    assert [forged.status_code, editor.status_code] == [401, 403]


def test_a_session_in_a_browser_is_no_token(sara, admin_client):
    answer = admin_client.get(f"{CHOICES}/check", {"purpose": "performance", "subject": uuid4()})
    assert answer.status_code == 401


@pytest.mark.parametrize("subject", ["1", "x" * 36, "{}", "00000000000000000000000000000000"])
def test_an_id_that_is_none_is_a_problem(sara, officer, subject):
    assert Face().may("performance", subject=subject, headers=officer("view_choice")).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_queries_are_enough(announce):
    announce(1, days=-1)
    sara, bilal = Visitor(), Visitor()
    sara.answers(performance="yes")
    bilal.answers(performance="no")
    for visitor, most in ((sara, 2), (bilal, 1)):
        face = Face(visitor.cookie)
        face.may("performance")
        with CaptureQueriesContext(connection) as asked:
            face.may("performance")
        assert len(asked) <= most, [query["sql"] for query in asked]
