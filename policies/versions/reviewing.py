"""From a draft to its announcement: Wagtail's workflow carries it, and here is where each step leads."""

from typing import Any

from django.db import transaction

from .approving import review_of
from .models.versions import Version
from .states import Move, State, after


def state_of_draft(page: Any) -> State | None:
    """Where the unpublished change of a page stands; None where there is none."""
    revision = page.get_latest_revision()
    if revision is None or not page.has_unpublished_changes:
        return None
    review = page.current_workflow_state
    if review:
        return State.REJECTED if review.status == review.STATUS_NEEDS_CHANGES else State.IN_REVIEW
    return State.APPROVED if review_of(page, revision) else State.DRAFT


@transaction.atomic
def announce_draft(page: Any, *, user: Any) -> Version | None:
    """Say yes to the latest draft of a policy, where that is still to be said, and announce it.

    A scheduled draft is announced when its time comes, and None is returned. Raises `IllegalMove` or `NotPublishable`.
    """
    state = state_of_draft(page) or State.DRAFT
    if state != State.APPROVED:
        state = after(state, Move.APPROVE)
        if page.current_workflow_state:
            _approve(page, user)
    after(state, Move.ANNOUNCE)
    before = Version.objects.of(page.translation_key).first()
    page.get_latest_revision().publish(user=user)
    newest = Version.objects.of(page.translation_key).first()
    return newest if newest != before else None


def can_approve(page: Any, user: Any) -> bool:
    """Whether a review waits for this person's answer."""
    task = page.current_workflow_task
    return bool(task) and any(name == "approve" for name, *_ in task.get_actions(page, user))


def _approve(page: Any, user: Any) -> None:
    """Finish the review; a step that waits for others stays with them, and nothing is announced."""
    while page.current_workflow_state and can_approve(page, user):
        page.current_workflow_task_state.approve(user=user)
    state = state_of_draft(type(page).objects.get(pk=page.pk))
    after(state or State.DRAFT, Move.ANNOUNCE)
