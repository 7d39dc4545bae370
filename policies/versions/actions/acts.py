"""What is done in public to a version that is frozen already: its text stays as it is, for ever."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from common.canonical import sha256
from policies.ledger.actions import append
from policies.ledger.models import Kind

from ..history import History
from ..models.versions import Act, Version, Work
from ..signals import version_acted
from ..states import ActKind, IllegalMove, Move, State, after


class BuiltUpon(IllegalMove):
    """A later version has the text of this one in it."""

    def __str__(self) -> str:
        return _("A later version builds on this one. Cancel that first.")


KINDS = {
    ActKind.CANCELLED: Kind.VERSION_CANCELLED,
    ActKind.CORRECTED: Kind.VERSION_CORRECTED,
    ActKind.WITHDRAWN: Kind.VERSION_WITHDRAWN,
}

Words = Mapping[str, str]
"""What readers are told, by language; never empty."""


@transaction.atomic
def cancel_version(version: Version, *, words: Words, by: Any) -> Act:
    """Take back an announced version before it takes effect. Its address stays and says so.

    Only the last one announced can be cancelled: a later one builds on its text. Raises `IllegalMove`.
    """
    history = _locked_history(version, Move.CANCEL)
    if history.standing[0].pk != version.pk:
        raise BuiltUpon(State.ANNOUNCED, Move.CANCEL)
    return act(version, ActKind.CANCELLED, words=words, by=by)


@transaction.atomic
def withdraw_version(version: Version, *, words: Words, by: Any) -> Act:
    """End a policy that nothing replaces: from now on nothing of it is in force. Raises `IllegalMove`."""
    _locked_history(version, Move.WITHDRAW)
    return act(version, ActKind.WITHDRAWN, words=words, by=by)


@transaction.atomic
def correct_version(version: Version, *, words: Words, by: Any, anchor: str = "") -> Act:
    """Say in public what is wrong in the version in force and how it is meant; `anchor` names the section.

    The text keeps its mistake, and everybody can see both. Raises `IllegalMove`.
    """
    _locked_history(version, Move.CORRECT)
    return act(version, ActKind.CORRECTED, words=words, by=by, facts={"anchor": anchor} if anchor else {})


@transaction.atomic
def finish_announcement(version: Version, *, counts: Mapping[str, int]) -> Act | None:
    """Note that everybody entitled has been accounted for; once, however often it is called."""
    Work.objects.select_for_update().get(pk=version.work_id)
    if version.acts.filter(kind=ActKind.TOLD).exists():
        return None
    # Its line in the ledger is the notice's own.
    return Act.objects.create(version=version, kind=ActKind.TOLD, facts=dict(counts))


def act(version: Version, kind: ActKind, *, words: Words, by: Any, facts: Mapping[str, Any] | None = None) -> Act:
    """Write an act and its line in the ledger, and say so."""
    said = {language: text.strip() for language, text in words.items() if text.strip()}
    if not said:
        raise ValueError("an act without words tells nobody anything")
    done = Act.objects.create(version=version, kind=kind, by=by, words=said, facts=dict(facts or {}))
    append(kind=KINDS[kind], facts=_facts(done))
    version_acted.send(sender=Act, act=done)
    return done


def _locked_history(version: Version, move: Move) -> History:
    """The history with nothing else happening to the work meanwhile; refuses a move that the state does not allow."""
    work = Work.objects.select_for_update().get(pk=version.work_id)
    history = History(work.key, language=work.source_language, at=clock.now())
    after(history.state(version), move)
    return history


def _facts(done: Act) -> dict[str, Any]:
    return {
        "work": str(done.version.work.key),
        "permalink": done.version.permalink,
        "happened_at": done.happened_at.isoformat(),
        "words": sha256(done.words),
        "facts": done.facts,
    }
