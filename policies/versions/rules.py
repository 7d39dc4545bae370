"""When a change takes effect, what a translation may stand for, and what is said where nothing was written."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from common import clock

from .document import Document, Section, promises
from .states import Approval, ChangeClass

if TYPE_CHECKING:
    from .models.versions import Version


def earliest_day(change_class: str, *, announced_at: datetime, notice_period: timedelta) -> date:
    """The first day on which a change of a class may take effect (WP260 rev.01: material ones "well in advance")."""
    wait = notice_period if change_class == ChangeClass.MATERIAL else timedelta()
    return clock.day_of(announced_at + wait)


def effective_moment(
    change_class: str,
    *,
    announced_at: datetime,
    chosen_day: date | None,
    notice_period: timedelta,
    predecessor_at: datetime | None,
) -> datetime:
    """When a version takes effect: never before its class allows, never before its predecessor.

    A day means its first moment in the site's zone; what may be in force at once is in force at the announcement. The
    text of a version builds on the one announced before it, so it cannot overtake that one.
    """
    earliest = earliest_day(change_class, announced_at=announced_at, notice_period=notice_period)
    day = max(chosen_day or earliest, earliest)
    is_at_once = change_class == ChangeClass.EDITORIAL or day <= clock.day_of(announced_at)
    moment = announced_at if is_at_once else clock.start_of(day)
    return max(moment, predecessor_at) if predecessor_at else moment


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that is not taken: the second version of a day ends in `-2`, as does the second work of a slug."""
    free, count = name, 2
    while free in taken:
        free, count = f"{name}-{count}", count + 1
    return free


def has_words(section: Section) -> bool:
    """Whether there is anything to translate: an introduction that the editor saved empty is a section without words."""
    return bool(section["heading"] or section["blocks"])


def shape(document: Document) -> list[object]:
    """What a translation must share with its original: the sections with their regimes, and every promised number."""
    return [
        [[section["id"], section["regimes"]] for section in document["sections"] if has_words(section)],
        [[block["kind"], block["amount"], block["unit"]] for _, block in promises(document)],
    ]


def tells_people(version: "Version") -> bool:
    """Whether anybody gets a letter about a version: a change of a policy that is more than editorial.

    A first version changes nothing for anybody, and an imported one was announced elsewhere.
    """
    is_change = version.work.kind == version.work.Kind.POLICY and version.number > 1
    return is_change and version.approval != Approval.IMPORT and version.change_class != ChangeClass.EDITORIAL
