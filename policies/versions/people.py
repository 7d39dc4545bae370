"""Who wrote, approved and published a version."""

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import WorkflowState

from .states import Approval


def people_of(page: Any, revision: Any) -> dict[str, Any]:
    """Who wrote, approved and published. The publisher is known from the request; a schedule has its author only.

    After a review the writer is who submitted the text: approving saves a revision in the reviewer's name.
    """
    actor = get_active_log_context().user
    review = _review(page, revision)
    approved_by = review.current_task_state.finished_by_id if review else None
    written_by = review.requested_by_id if review else revision.user_id if revision else None
    approval = Approval.WORKFLOW if review else Approval.DIRECT
    return {
        "approval": approval,
        "written_by_id": written_by,
        "approved_by_id": approved_by,
        "published_by_id": actor.pk if actor else approved_by or written_by,
    }


def _review(page: Any, revision: Any) -> Any:
    """The finished review that this publish comes from, or None.

    A reviewer's own edit makes a newer revision than the one submitted, so the review is found by the page and by time.
    """
    states = WorkflowState.objects.filter(object_id=str(page.pk), content_type=page.cached_content_type)
    states = states.filter(status=WorkflowState.STATUS_APPROVED).select_related("current_task_state")
    state = states.order_by("-created_at").first()
    task = state and state.current_task_state
    return state if task and revision and task.finished_at and task.finished_at >= revision.created_at else None
