"""The four things that staff can do to an announced version, and when each of them can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..history import History
from ..models.versions import Version
from ..states import ActKind, IllegalMove, Move, State, after
from .forms import CorrectForm, PostponeForm, WordsForm


class NotNow(Exception):
    """It cannot be done as things stand; the words are for the person who asked."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One of the four: its page, its form, its action. `act` returns the version that people are told of then."""

    name: str
    move: Move
    label: str | Promise
    done: str | Promise
    icon: str
    form: type[WordsForm]
    act: Callable[[Version, WordsForm, Any], Version]
    is_done: Callable[[Version, WordsForm], bool]

    @property
    def log_action(self) -> str:
        """What Wagtail's log calls it."""
        return f"versions.{self.name}"


def _cancel(version: Version, form: WordsForm, by: Any) -> Version:
    return actions.cancel_version(version, words=form.words, by=by).version


def _postpone(version: Version, form: WordsForm, by: Any) -> Version:
    return actions.postpone_version(version, words=form.words, by=by, **form.details)


def _correct(version: Version, form: WordsForm, by: Any) -> Version:
    return actions.correct_version(version, words=form.words, by=by, **form.details).version


def _withdraw(version: Version, form: WordsForm, by: Any) -> Version:
    return actions.withdraw_version(version, words=form.words, by=by).version


def _said(kind: ActKind) -> Callable[[Version, WordsForm], bool]:
    """Whether the very same was said before: people click twice."""

    def is_said(version: Version, form: WordsForm) -> bool:
        anchor = form.details.get("anchor", "")
        acts = version.acts.filter(kind=kind)
        return any(act.words == form.words and act.facts.get("anchor", "") == anchor for act in acts)

    return is_said


def _is_postponed(version: Version, form: WordsForm) -> bool:
    return any(each.effective_on == form.details["until"] for each in version.replaced_by.all())


CANCEL = Deed(
    name="cancel",
    move=Move.CANCEL,
    label=_("Cancel this version"),
    done=_("The version is cancelled."),
    icon="cross",
    form=WordsForm,
    act=_cancel,
    is_done=_said(ActKind.CANCELLED),
)
POSTPONE = Deed(
    name="postpone",
    move=Move.CANCEL,
    label=_("Postpone this version"),
    done=_("The version is postponed: it was cancelled and announced anew."),
    icon="calendar-alt",
    form=PostponeForm,
    act=_postpone,
    is_done=_is_postponed,
)
CORRECT = Deed(
    name="correct",
    move=Move.CORRECT,
    label=_("Write an erratum"),
    done=_("The erratum is published."),
    icon="edit",
    form=CorrectForm,
    act=_correct,
    is_done=_said(ActKind.CORRECTED),
)
WITHDRAW = Deed(
    name="withdraw",
    move=Move.WITHDRAW,
    label=_("Withdraw this policy"),
    done=_("The policy is withdrawn."),
    icon="download",
    form=WordsForm,
    act=_withdraw,
    is_done=_said(ActKind.WITHDRAWN),
)
DEEDS = {deed.name: deed for deed in (CANCEL, POSTPONE, CORRECT, WITHDRAW)}


def why_not(deed: Deed, history: History, version: Version) -> str:
    """Why it cannot be done now, in words for whoever wanted to; empty where it can."""
    state = history.state(version)
    if deed is POSTPONE and state == State.CANCELLED:
        return (
            "" if _comes_back(history, version) else gettext("This version is cancelled, and something came after it.")
        )
    try:
        after(state, deed.move)
    except IllegalMove as refused:
        return _explained(deed, state) or str(refused)
    newest = history.standing[0]
    if deed.move == Move.CANCEL and newest.pk != version.pk:
        return gettext("Version %(name)s builds on this one. Cancel that one first.") % {"name": newest.permalink}
    return ""


def _comes_back(history: History, version: Version) -> bool:
    """A cancelled version can be announced anew as long as nothing else was announced after it."""
    return history.versions[0].pk == version.pk


def _explained(deed: Deed, state: State) -> str:
    if state == State.CANCELLED:
        return gettext("This version is cancelled already.")
    if state == State.WITHDRAWN:
        return gettext("This policy is withdrawn already.")
    if deed.move == Move.CANCEL:
        return gettext(
            "This version has taken effect, so it cannot be taken back. Write an erratum, or announce a new version."
        )
    if state == State.ANNOUNCED:
        return gettext("This version is not in force yet. Cancel or postpone it instead.")
    return gettext("This version was replaced by a later one.")


def possible(history: History, version: Version) -> list[Deed]:
    """What can be done to a version now."""
    return [deed for deed in DEEDS.values() if not why_not(deed, history, version)]
