"""Where a finished review leads. Wagtail imports this while its own models are loading, so it imports nothing of them."""

from typing import Any


def finish_review(workflow_state: Any, user: Any = None) -> None:
    """An approved policy waits for its announcement, which has a page of its own; everything else is published at once."""
    from wagtail.workflows import publish_workflow_state

    reviewed = workflow_state.content_object  # a page of no kind in particular
    if not hasattr(getattr(reviewed, "specific_class", reviewed), "change_class"):
        publish_workflow_state(workflow_state, user=user)
