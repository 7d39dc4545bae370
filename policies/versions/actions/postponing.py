"""A later date is a cancelled version and a new one of the same words: dates in permalinks and letters never lie."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock

from ..history import History
from ..models.versions import Version, VersionText, Work
from ..signals import version_announced
from ..states import IllegalMove, Move, State
from .acts import Words, cancel_version
from .announcing import freeze_version
from .texts import unsaved_text


class TooEarly(ValueError):
    """A date that is not later than the one announced; the words are for the person who asked."""


@transaction.atomic
def postpone_version(version: Version, *, until: date, words: Words, by: Any) -> Version:
    """Announce a version anew for a later day, and cancel it where that has not been done.

    The new version has the same words and languages and says what it replaces. Raises `IllegalMove` or `TooEarly`.
    """
    work = Work.objects.select_for_update().get(pk=version.work_id)
    history = History(work.key, language=work.source_language)
    if until <= version.effective_on or until <= clock.today():
        raise TooEarly(_("The new day has to be later than %(day)s.") % {"day": version.effective_on.isoformat()})
    if history.state(version) != State.CANCELLED:
        cancel_version(version, words=words, by=by)
    elif version.replaced_by.exists():
        raise IllegalMove(State.CANCELLED, Move.ANNOUNCE)  # it was announced anew before
    replacement = _announced_anew(work, version, until, by)
    version_announced.send(sender=Version, version=replacement)
    return replacement


def _announced_anew(work: Work, version: Version, until: date, by: Any) -> Version:
    predecessor = Version.objects.of(work.key).standing().first()
    start = clock.start_of(until)
    return freeze_version(
        work,
        [_copy(text) for text in _newest_texts(version)],
        predecessor=predecessor,
        change_class=version.change_class,
        triggers=version.triggers,
        renews=version.renews,
        class_reason=version.class_reason,
        announced_at=clock.now(),
        effective_at=max(start, predecessor.effective_at) if predecessor else start,
        early_because={},
        approval=version.approval,
        alone_because=version.alone_because,
        written_by_id=version.written_by_id,
        approved_by_id=version.approved_by_id,
        published_by=by,
        revision_id=version.revision_id,
        replaces=version,
    )


def _newest_texts(version: Version) -> list[VersionText]:
    """The latest wording of each language, the original first."""
    newest: dict[str, VersionText] = {}
    for text in version.texts.order_by("-sequence"):
        newest.setdefault(text.language, text)
    return sorted(newest.values(), key=lambda text: text.language != version.work.source_language)


def _copy(text: VersionText) -> VersionText:
    return unsaved_text(text.content, language=text.language, summary=text.summary, source_sha256=text.source_sha256)
