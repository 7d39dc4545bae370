"""Who did it, by name, and when; a few queries for any number of versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import PageLogEntry, Revision

from policies.versions.models import Version

APPROVED = "wagtail.workflow.approve"


@dataclass(frozen=True, slots=True)
class Deed:
    """What one person did to a version; without a name where the record holds none."""

    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deeds:
    """How a version came about."""

    written: Deed
    approved: Deed
    published: Deed


class Names(dict[int | None, str]):
    """Names by user id. An account that is gone keeps its number: the record names it for ever."""

    def __missing__(self, user_id: int | None) -> str:
        return "" if user_id is None else _("former staff #%(number)s") % {"number": user_id}


def names_of(user_ids: Iterable[int | None]) -> Names:
    """One query, whoever they are."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    users = get_user_model().objects.in_bulk(wanted)
    return Names({pk: get_user_display_name(user) for pk, user in users.items()})


def deeds_of(versions: Sequence[Version], *, pages: Mapping[int, int]) -> dict[int, Deeds]:
    """By version; `pages` tells which page a work (by its id) was written on, as far as it still exists."""
    names = names_of(
        user for each in versions for user in (each.written_by_id, each.approved_by_id, each.published_by_id)
    )
    saved = _saved_at(versions)
    approvals = _approvals(versions, pages)
    return {
        version.pk: Deeds(
            written=Deed(names[version.written_by_id], saved.get(version.revision_id)),
            approved=Deed(names[version.approved_by_id], _approved_at(version, approvals, pages)),
            published=Deed(names[version.published_by_id], version.announced_at),
        )
        for version in versions
    }


def _saved_at(versions: Sequence[Version]) -> dict[int | None, datetime]:
    """When the published revisions were saved; Wagtail may have purged some."""
    revisions = Revision.objects.filter(pk__in={version.revision_id for version in versions})
    return dict(revisions.values_list("pk", "created_at"))


def _approvals(versions: Sequence[Version], pages: Mapping[int, int]) -> list[tuple[int, int, datetime]]:
    """Page, person and moment of every approval by somebody who approved one of the versions, newest first."""
    by = {version.approved_by_id for version in versions} - {None}
    lines = PageLogEntry.objects.filter(action=APPROVED, user_id__in=by, page_id__in=set(pages.values()))
    return list(lines.order_by("-timestamp").values_list("page_id", "user_id", "timestamp"))


def _approved_at(
    version: Version, approvals: list[tuple[int, int, datetime]], pages: Mapping[int, int]
) -> datetime | None:
    """The last approval before the announcement: the reviewer may have edited after the text was submitted."""
    page = pages.get(version.work_id)
    found = (at for on, by, at in approvals if (on, by) == (page, version.approved_by_id))
    return next((at for at in found if at <= version.announced_at), None)
