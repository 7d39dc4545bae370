"""From a draft to a superseded version: every move that the table allows, and no other."""

import os
import re
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.log_actions import LogContext
from wagtail.models import APIToken

from common import clock
from policies.versions.actions import cancel_version, correct_version, postpone_version, withdraw_version
from policies.versions.actions.postponing import TooEarly
from policies.versions.completeness import NotPublishable
from policies.versions.history import History
from policies.versions.models import PolicyPage, Version
from policies.versions.reviewing import announce_draft, state_of_draft
from policies.versions.schedule import publish_due
from policies.versions.states import MOVES, IllegalMove, Move, State, after
from tests.factories import faster_reply, material, newest, policy, publish
from tests.people import editor, reviewer

DOCS = Path(__file__).parents[3] / "docs" / "lifecycle.md"
SAID = {"en": "We say so in public."}


@pytest.mark.parametrize(("state", "move"), [pair for pair in product(State, Move) if pair not in MOVES])
def test_what_the_table_does_not_allow_is_refused_with_words(state, move):
    with pytest.raises(IllegalMove, match="cannot be"):
        after(state, move)


def test_the_diagram_in_the_docs_is_the_table():
    drawn = re.findall(r"^\s+(\w+) --> (\w+) : (\w+)$", DOCS.read_text(), re.MULTILINE)
    assert {(source, move, target) for source, target, move in drawn} == {
        (state.name.lower(), move.value, target.name.lower()) for (state, move), target in MOVES.items()
    }


def test_every_state_can_be_reached_from_a_draft():
    reached, before = {State.DRAFT}, set()
    while reached != before:
        before = set(reached)
        reached |= {target for (state, _), target in MOVES.items() if state in reached}
    assert reached == set(State)


class Life(RuleBasedStateMachine):
    """People do things to one policy in any order; beside it the simplest account of what should have come of it.

    The account knows the dates, and of the rest only what was done: it shares no code with what it checks.
    """

    page: PolicyPage

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.traveller = time_machine.travel(clock.now(), tick=False)
        self.clock = self.traveller.start()
        self.people = {name: User.objects.get(username=name) for name in ("editor", "reviewer")}
        self.draft, self.author, self.amount = None, "", 100
        self.lives = [{"at": Version.objects.get().effective_at, "cancelled": False, "withdrawn": False}]

    def teardown(self) -> None:
        self.traveller.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def now(self):
        return clock.now()

    def fresh(self) -> PolicyPage:
        return PolicyPage.objects.get(pk=self.page.pk)

    def expected(self, at: int) -> State:
        life = self.lives[at]
        if life["cancelled"]:
            return State.CANCELLED
        if life["at"] > self.now():
            return State.ANNOUNCED
        later = [other for other in self.lives[at + 1 :] if not other["cancelled"] and other["at"] <= self.now()]
        if later:
            return State.SUPERSEDED
        return State.WITHDRAWN if life["withdrawn"] else State.IN_FORCE

    # --- a draft and its review

    @rule(by=st.sampled_from(["editor", "reviewer"]), wait=st.integers(31, 60))
    def write(self, by: str, wait: int) -> None:
        self.clock.shift(timedelta(seconds=1))
        self.amount += 1
        draft = self.fresh().get_latest_revision().as_object()
        fields = material(clock.today() + timedelta(days=wait)) | {"class_reason": "It is."}
        for name, value in ({"sections": faster_reply(self.amount)} | fields).items():
            setattr(draft, name, value)
        draft.save_revision(user=self.people[by])
        authors = {self.author, by} if self.draft else {by}
        self.author = "both" if len(authors - {""}) > 1 else by
        self.draft = State.DRAFT if self.draft in (None, State.APPROVED, State.REJECTED) else self.draft
        if self.fresh().current_workflow_state:
            self.draft = state_of_draft(self.fresh())  # a rejected draft stays with its review until it is sent again

    @precondition(lambda self: self.draft == State.DRAFT)
    @rule()
    def submit(self) -> None:
        self.clock.shift(timedelta(seconds=1))
        page = self.fresh()
        page.get_workflow().start(page, self.people["editor"])
        self.draft = State.IN_REVIEW

    @precondition(lambda self: self.draft == State.IN_REVIEW)
    @rule(says=st.sampled_from(["approve", "reject", "take back"]))
    def review(self, says: str) -> None:
        self.clock.shift(timedelta(seconds=1))
        state = self.fresh().current_workflow_state
        if says == "take back":
            state.cancel(user=self.people["editor"])
            self.draft = State.DRAFT
        elif says == "reject":
            state.current_task_state.reject(user=self.people["reviewer"])
            self.draft = State.REJECTED
        else:
            state.current_task_state.approve(user=self.people["reviewer"])
            self.draft = State.APPROVED

    @precondition(lambda self: self.draft == State.REJECTED)
    @rule()
    def submit_again(self) -> None:
        self.clock.shift(timedelta(seconds=1))
        self.fresh().current_workflow_state.resume(user=self.people["editor"])
        self.draft = State.IN_REVIEW

    @rule()
    def announce(self) -> None:
        self.clock.shift(timedelta(seconds=1))
        allowed = self.draft in (State.DRAFT, State.IN_REVIEW, State.APPROVED) and self.author == "editor"
        second = self.people["reviewer"]
        try:
            with transaction.atomic(), LogContext(user=second):
                version = announce_draft(self.fresh(), user=second)
        except (NotPublishable, IllegalMove):
            assert not allowed
            return
        if self.draft is None:
            assert version is None
            return
        assert allowed
        assert version.number == len(self.lives) + 1
        assert version.approved_by_id == second.pk != version.written_by_id
        self.lives.append({"at": version.effective_at, "cancelled": False, "withdrawn": False})
        self.draft, self.author = None, ""

    # --- what is done in public

    def act(self, at: int, move: Move, action) -> bool:
        """Whether it was done; it is done exactly where the table allows it, and a last version is asked for."""
        at %= len(self.lives)
        self.clock.shift(timedelta(seconds=1))
        standing = [index for index, life in enumerate(self.lives) if not life["cancelled"]]
        allowed = (self.expected(at), move) in MOVES and (move != Move.CANCEL or at == standing[-1])
        version = Version.objects.get(number=at + 1)
        try:
            with transaction.atomic():
                action(version)
        except IllegalMove:
            assert not allowed
            return False
        assert allowed
        return True

    @rule(at=st.integers(0, 9))
    def cancel(self, at: int) -> None:
        if self.act(at, Move.CANCEL, lambda version: cancel_version(version, words=SAID, by=None)):
            self.lives[at % len(self.lives)]["cancelled"] = True

    @rule(at=st.integers(0, 9))
    def withdraw(self, at: int) -> None:
        if self.act(at, Move.WITHDRAW, lambda version: withdraw_version(version, words=SAID, by=None)):
            self.lives[at % len(self.lives)]["withdrawn"] = True

    @rule(at=st.integers(0, 9))
    def correct(self, at: int) -> None:
        self.act(at, Move.CORRECT, lambda version: correct_version(version, words=SAID, by=None))

    @rule(days=st.integers(1, 20))
    def postpone_the_last(self, days: int) -> None:
        at = len(self.lives) - 1
        version = Version.objects.get(number=at + 1)
        try:
            with transaction.atomic():
                until = version.effective_on + timedelta(days=days)
                later = postpone_version(version, until=until, words=SAID, by=None)
        except (IllegalMove, TooEarly):
            assert self.expected(at) != State.ANNOUNCED
            return
        assert self.expected(at) in (State.ANNOUNCED, State.CANCELLED)
        assert later.replaces == version
        self.lives[at]["cancelled"] = True
        self.lives.append({"at": later.effective_at, "cancelled": False, "withdrawn": False})

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.clock.shift(timedelta(days=days))

    # --- what always holds

    @invariant()
    def everything_stands_where_it_should(self) -> None:
        history = History.of_page(self.page)
        assert [history.state(version) for version in history.versions[::-1]] == [
            self.expected(at) for at in range(len(self.lives))
        ]
        in_force = [at for at in range(len(self.lives)) if self.expected(at) == State.IN_FORCE]
        assert len(in_force) <= 1
        assert history.in_force is None if not in_force else history.in_force.number == in_force[0] + 1
        assert state_of_draft(self.fresh()) == self.draft


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [12, pytest.param(150, marks=pytest.mark.faults)])
def test_people_do_things_in_any_order(examples):
    Life.page = policy()
    editor(), reviewer()
    few = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="CI" in os.environ,
        database=None,
        phases=[Phase.explicit, Phase.generate],  # a life of forty steps shrinks too slowly to wait for
    )
    run_state_machine_as_test(Life, settings=few)


@pytest.mark.django_db
def test_the_database_refuses_a_version_approved_by_its_author():
    page = policy()
    version = newest(page)
    me = editor()
    facts = {"work": version.work, "number": 2, "permalink": "2027-01-01", "change_class": "editorial"}
    moments = {"announced_at": clock.now(), "effective_at": clock.now(), "sha256": "0" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(**facts, **moments, approval="second", written_by=me, approved_by=me)


@pytest.mark.django_db
def test_the_author_cannot_announce_where_somebody_else_could():
    page, second, me = policy(), reviewer(), reviewer_too()
    page.sections = faster_reply()
    with pytest.raises(NotPublishable, match="You wrote part of this change"):
        publish(page, user=me, sections=faster_reply(), **material())
    assert newest(page).number == 1
    assert second.pk != me.pk


@pytest.mark.django_db
def test_an_author_alone_waits_and_says_why():
    page, me = policy(), reviewer()
    with pytest.raises(NotPublishable, match="it waits until"):
        publish(page, user=me, sections=faster_reply(), **material())
    me_alone = PolicyPage.objects.get(pk=page.pk)
    me_alone.sections = faster_reply()
    for name, value in material().items():
        setattr(me_alone, name, value)
    me_alone.save_revision(user=me)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        with pytest.raises(NotPublishable, match="Say why nobody else"), LogContext(user=me), transaction.atomic():
            me_alone.get_latest_revision().publish(user=me)
        me_alone.alone_because = "There is nobody else in the shop."
        me_alone.save_revision(user=me)  # saying why is no change of the text: the time to think goes on
        with LogContext(user=me):
            me_alone.get_latest_revision().publish(user=me)
        version = newest(page)
    assert (version.approval, version.approved_by, version.written_by) == ("alone", None, me)
    assert version.alone_because == "There is nobody else in the shop."


@pytest.mark.django_db
def test_a_reviewer_who_only_reads_and_saves_is_no_author():
    page, author, second = policy(), editor(), reviewer()
    page.sections = faster_reply()
    for name, value in material().items():
        setattr(page, name, value)
    page.save_revision(user=author)
    page.get_latest_revision().as_object().save_revision(user=second)
    version = announce_by(second, page)
    assert (version.approval, version.written_by, version.approved_by) == ("second", author, second)


@pytest.mark.django_db
def test_less_than_the_notice_period_needs_a_public_reason_and_a_second_person():
    page, author, second = policy(), editor(), reviewer()
    page.sections = faster_reply()
    soon = clock.today() + timedelta(days=3)
    for name, value in (material(soon) | {"early_because": "A court has ordered it."}).items():
        setattr(page, name, value)
    page.save_revision(user=author)
    version = announce_by(second, page)
    assert (version.effective_on, version.early_because) == (soon, {"en": "A court has ordered it."})
    assert version.approved_by == second


@pytest.mark.django_db
def test_without_a_second_person_a_material_change_waits_the_whole_period():
    early = material(clock.today() + timedelta(days=3)) | {"early_because": "We would rather not wait."}
    version = publish(policy(), sections=faster_reply(), **early)
    assert version.effective_on >= clock.today() + timedelta(days=30)
    assert version.early_because == {}


def announce_by(user, page):
    with LogContext(user=user):
        return announce_draft(PolicyPage.objects.get(pk=page.pk), user=user)


def reviewer_too():
    from home.roles import REVIEWERS
    from tests.people import person

    return person("second reviewer", REVIEWERS)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["action", "patch"])
def test_an_author_cannot_announce_by_the_api_either(client, way):
    page, me = policy(), reviewer()
    reviewer_too()
    _, key = APIToken.create_token(user=me, name="front end")
    page.title, page.change_class = "Privacy, retitled", "editorial"
    page.save_revision(user=me)
    headers = {"Authorization": f"Bearer {key}"}
    if way == "action":
        path = f"/api/v3/pages/{page.pk}/actions/publish/"
        response = client.post(path, headers=headers, content_type="application/json")
    else:
        body = {"title": "Privacy, patched", "meta": {"action": "publish"}}
        response = client.patch(f"/api/v3/pages/{page.pk}/", body, headers=headers, content_type="application/json")
    assert response.status_code == 403
    assert newest(page).number == 1
    assert PolicyPage.objects.get(pk=page.pk).title == "Privacy policy"


@pytest.mark.django_db
def test_an_author_cannot_announce_by_schedule_either():
    page, me = policy(), reviewer()
    reviewer_too()
    page.title, page.change_class, page.go_live_at = "Retitled", "editorial", clock.now() + timedelta(hours=1)
    with LogContext(user=me):
        page.save_revision(user=me).publish(user=me)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        publish_due()
    assert newest(page).number == 1
