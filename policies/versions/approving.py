"""Whose yes an announcement rests on: somebody who wrote none of it, where there is such a person."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from common import clock
from common.canonical import sha256

from .completeness import NotPublishable
from .freezing import freeze
from .models.versions import Version
from .modes import is_importing, is_rehearsing
from .states import Approval

CHOSEN = ("change_class", "triggers", "effective_on", "early_because")
"""What an author decides beside the words."""


def approval_of(page: Any, revision: Any) -> dict[str, Any]:
    """Who wrote, approved and published, as fields of a version. Raises `NotPublishable` where the rule is not kept.

    Products are their editors' own business; a text from elsewhere was approved there.
    """
    actor = get_active_log_context().user
    if is_importing() or not hasattr(page, "change_class"):
        approval = Approval.IMPORT if is_importing() else Approval.DIRECT
        return _facts(approval, writer=revision.user_id if revision else None, approver=None, actor=actor)
    authors = authors_of(page, revision)
    writer = authors[-1] if authors else None
    review = review_of(page, revision)
    approver = review.current_task_state.finished_by_id if review else _publisher(page, revision)
    if is_rehearsing():
        alone = bool(authors) and not could_approve(page, but=authors)
        return _facts(Approval.ALONE if alone else Approval.SECOND, writer=writer, approver=None, actor=actor)
    if approver is None:
        return _facts(Approval.DIRECT, writer=writer, approver=None, actor=actor)
    if why_not := refusal(page, revision, approver=approver):
        raise NotPublishable(why_not)
    if approver in authors:
        own = _facts(Approval.ALONE, writer=approver, approver=None, actor=actor)
        return own | {"alone_because": page.alone_because.strip()}
    return _facts(Approval.WORKFLOW if review else Approval.SECOND, writer=writer, approver=approver, actor=actor)


def refusal(page: Any, revision: Any, *, approver: int | None) -> str:
    """Why a person's yes does not count, in words for that person; empty where it does.

    An author's own yes counts only where nobody else can give one, after a time to think, and with a reason that is kept.
    """
    authors = authors_of(page, revision)
    if approver not in authors:
        return ""
    if could_approve(page, but=authors):
        return _("You wrote part of this change. Somebody who did not has to announce it.")
    moment = cooled_off_at(page, revision)
    if clock.now() < moment:
        words = _("Nobody else can approve this change, so it waits until %(moment)s for you to read it once more.")
        return words % {"moment": date_format(localtime(moment), "DATETIME_FORMAT")}
    if not page.alone_because.strip():
        return _("Say why nobody else approved this change: the reason is kept with it.")
    return ""


def authors_of(page: Any, revision: Any) -> list[int]:
    """Everybody whose drafts changed the text or its class since the last announcement, the latest last.

    Who only approves or opens and saves changes nothing, and is no author.
    """
    authors: list[int] = []
    said = _announced(page)
    for user_id, drafts in groupby(_drafts(page, revision), key=lambda draft: draft.user_id):
        last = list(drafts)[-1]
        says = _said(last)
        if says != said and user_id:
            authors = [*(author for author in authors if author != user_id), user_id]
        said = says
    return authors


def could_approve(page: Any, *, but: list[int]) -> bool:
    """Whether there is somebody who may publish the page and wrote none of it."""
    users = PagePermissionPolicy().users_with_permission_for_instance("publish", page)
    return bool(users.filter(is_active=True).exclude(pk__in=but).exists())


def cooled_off_at(page: Any, revision: Any) -> datetime:
    """From when on a sole author may announce: a while after the last change of the text."""
    drafts = reversed(list(_drafts(page, revision)))
    newest = next(drafts, revision)
    says, since = _said(newest), newest.created_at
    for draft in drafts:
        if _said(draft) != says:
            break
        since = draft.created_at
    moment: datetime = since + settings.COOLING_OFF
    return moment


def _facts(approval: Approval, *, writer: int | None, approver: int | None, actor: Any) -> dict[str, Any]:
    return {
        "approval": approval,
        "written_by_id": writer,
        "approved_by_id": approver,
        "published_by_id": actor.pk if actor else approver or writer,
    }


def _publisher(page: Any, revision: Any) -> int | None:
    """Who publishes: the person of the request, or whoever set the schedule that is due; None for a command."""
    actor = get_active_log_context().user
    if actor or revision is None:
        return actor.pk if actor else None
    scheduled = PageLogEntry.objects.filter(page=page.pk, revision=revision, action="wagtail.publish.schedule")
    return scheduled.order_by("-timestamp").values_list("user_id", flat=True).first()


def review_of(page: Any, revision: Any) -> Any:
    """The finished review that this publish comes from, or None.

    A reviewer's own edit makes a newer revision than the one submitted, so the review is found by the page and by time.
    """
    states = WorkflowState.objects.filter(object_id=str(page.pk), content_type=page.cached_content_type)
    states = states.filter(status=WorkflowState.STATUS_APPROVED).select_related("current_task_state")
    state = states.order_by("-created_at").first()
    task = state and state.current_task_state
    return state if task and revision and task.finished_at and task.finished_at >= revision.created_at else None


def _drafts(page: Any, revision: Any) -> Iterator[Any]:
    """The revisions from the last announcement up to the one that is published, the oldest first."""
    drafts = page.revisions.order_by("created_at", "pk")
    newest = _last_announced(page)
    if newest:
        drafts = drafts.filter(created_at__gt=newest.announced_at)
    return iter(drafts.filter(pk__lte=revision.pk)) if revision else iter(drafts)


def _last_announced(page: Any) -> Version | None:
    """The newest version that came from a draft: one that was postponed has another date and no author of its own."""
    last: Version | None = Version.objects.of(page.translation_key).filter(replaces=None).first()
    return last


def _announced(page: Any) -> str:
    """The hash of what the last announcement said, with nothing chosen."""
    newest = _last_announced(page)
    text = newest and newest.texts.filter(language=page.locale.language_code).order_by("-sequence").first()
    return _hash(text.content, ["", [], None, ""]) if text else ""


def _said(draft: Any) -> str:
    page = draft.as_object()
    return _hash(freeze(page), [_plain(getattr(page, name)) for name in CHOSEN])


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else str(value)


def _hash(document: Any, chosen: list[Any]) -> str:
    return sha256([document, chosen])
