"""What holds is what the ledger says, whatever people did; and can be made from it anew."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import clock
from policies.audit.verifying import problems
from policies.consent.actions import Act, expire_choices, record_choices
from policies.consent.models import Choice
from policies.consent.projecting import differences
from policies.consent.rules import Remembered
from policies.consent.wordings import wording_in_force
from policies.ledger.actions import append
from policies.ledger.models import Kind, Method
from tests.policies.consent.visitors import Visitor

PURPOSES = ("performance", "functional", "targeting")


def everything():
    fields = ("subject", "purpose", "state", "method", "version", "wording", "entry", "chosen_at", "until")
    return sorted(Choice.objects.values_list(*fields), key=str)


@pytest.fixture
def wording(version):
    return wording_in_force(language="en")


def first_release_line(wording, category, kind, subject):
    facts = {
        "category": category,
        "version": wording.content["version"],
        "wording": wording.sha256,
        "language": "en",
        "method": "form",
    }
    return append(kind=kind, facts=facts, subject=subject)


ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.dictionaries(st.sampled_from(PURPOSES), st.booleans(), min_size=1),
        st.integers(0, 120),
        st.sampled_from([None, None, 1, 200]),
    ),
    min_size=1,
    max_size=12,
)


@given(ACTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_the_choices_are_what_the_ledger_says(wording, acts):
    """Several people choose, change their minds, let a yes run out, and are sometimes entered late."""
    people, now = [Remembered(), Remembered(), Remembered()], clock.now()
    for who, choices, days, late in acts:
        now += timedelta(days=days)
        with time_machine.travel(now, tick=False):
            at = now - timedelta(days=late) if late else None
            people[who] = record_choices(remembered=people[who], act=Act(choices, wording, at=at)).remembered
            expire_choices()
    assert list(differences()) == []
    before = everything()
    Choice.objects.all().delete()
    list(differences(mend=True))
    assert everything() == before


def test_the_command_says_what_differs_and_puts_it_right(sara, capsys):
    sara.answers(all="yes")
    before = everything()
    Choice.objects.filter(purpose="targeting").update(state="refused")
    Choice.objects.filter(purpose="functional").delete()
    with pytest.raises(CommandError, match="2 choices are not what the ledger says"):
        call_command("consent_rebuild", "--check")
    said = capsys.readouterr().out
    assert "targeting: there is refused, the ledger says given" in said
    assert "functional: there is nothing, the ledger says given" in said
    call_command("consent_rebuild")
    assert everything() == before
    call_command("consent_rebuild", "--check")


def test_the_verifier_finds_a_choice_that_nobody_made(sara):
    sara.answers(all="yes")
    Choice.objects.filter(purpose="targeting").update(subject=uuid4())
    found = [problem for problem in problems() if problem.startswith("Consent:")]
    assert len(found) == 2
    assert any("there is given, the ledger says nothing" in problem for problem in found)


def test_lines_of_the_first_release_are_rebuilt_too(wording):
    subject = uuid4()
    first_release_line(wording, "performance", Kind.CONSENT_GIVEN, subject)
    first_release_line(wording, "targeting", Kind.CONSENT_WITHDRAWN, subject)
    call_command("consent_rebuild")
    assert dict(Choice.objects.of(subject).values_list("purpose", "state")) == {
        "performance": "given",
        "targeting": "withdrawn",
    }


def test_imported_answers_are_rebuilt_without_a_wording(wording):
    subject, until = uuid4(), clock.today() + timedelta(days=30)
    facts = {
        "given": {"performance": until.isoformat()},
        "version": wording.content["version"],
        "method": str(Method.SIGNED_IMPORT),
    }
    append(kind=Kind.CHOICES_IMPORTED, facts=facts, subject=subject)
    call_command("consent_rebuild")
    row = Choice.objects.of(subject).get()
    assert (row.state, row.wording, row.until, row.method) == ("given", None, until, "signed_import")


def test_an_opt_out_is_rebuilt_as_the_refusal_that_it_is(sara, wording):
    sara.answers(all="yes")
    subject = Choice.objects.first().subject
    act = Act({"targeting": False}, wording, kind=Kind.OPTED_OUT)
    record_choices(remembered=Remembered({}, subject), act=act)
    assert Choice.objects.get(purpose="targeting").state == "withdrawn"
    assert list(differences()) == []


def test_a_yes_that_ran_out_is_entered_once_and_stays_what_the_ledger_says(sara):
    sara.answers(all="yes")
    bilal = Visitor()
    bilal.answers(performance="yes")
    with time_machine.travel(clock.now() + timedelta(days=200)):
        assert expire_choices() == 2
        assert expire_choices() == 0
        assert set(Choice.objects.values_list("state", flat=True)) == {"expired"}
        assert list(differences()) == []


def test_other_lines_about_a_person_change_nothing(sara):
    sara.answers(all="yes")
    subject = Choice.objects.first().subject
    append(kind=Kind.TERMS_ACCEPTED, facts={"method": "form"}, subject=subject)
    assert list(differences()) == []
