"""The words for a change and for where it stands, and every move between them: named once, used everywhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeClass(models.TextChoices):
    """How much a change means to people, and so who is told and when it takes effect."""

    EDITORIAL = "editorial", _("Editorial: wording or spelling only")
    CLARIFYING = "clarifying", _("Clarifying: says the same more clearly")
    MATERIAL = "material", _("Material: changes what we do or what people can do")


NEEDS_SUMMARY = frozenset({ChangeClass.CLARIFYING, ChangeClass.MATERIAL})


class State(models.TextChoices):
    """Where a change stands. Before the announcement Wagtail's workflow carries it; from then on it is computed from dates
    and acts whenever somebody reads, and never stored.

    An announced version is "coming" to readers and in the API.
    """

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    REJECTED = "rejected", _("Sent back by the reviewer")
    APPROVED = "approved", _("Approved, not announced yet")
    ANNOUNCED = "coming", _("Not in force yet")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a later version")
    CANCELLED = "cancelled", _("Cancelled before it took effect")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC = (State.ANNOUNCED, State.IN_FORCE, State.SUPERSEDED, State.CANCELLED, State.WITHDRAWN)
"""The states that readers see: those of a frozen version."""


class Move(models.TextChoices):
    """What can happen to a change."""

    SUBMIT = "submit", _("submitted for review")
    TAKE_BACK = "take_back", _("taken back by the author")
    REJECT = "reject", _("sent back")
    REVISE = "revise", _("written anew")
    APPROVE = "approve", _("approved")
    ANNOUNCE = "announce", _("announced")
    TAKE_EFFECT = "take_effect", _("took effect")
    SUPERSEDE = "supersede", _("replaced")
    CANCEL = "cancel", _("cancelled")
    WITHDRAW = "withdraw", _("withdrawn")
    CORRECT = "correct", _("corrected by an erratum")


MOVES: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.REVISE): State.DRAFT,
    (State.DRAFT, Move.SUBMIT): State.IN_REVIEW,
    (State.DRAFT, Move.APPROVE): State.APPROVED,  # by somebody who wrote none of it, or after the cooling-off time
    (State.IN_REVIEW, Move.REVISE): State.IN_REVIEW,
    (State.IN_REVIEW, Move.TAKE_BACK): State.DRAFT,
    (State.IN_REVIEW, Move.REJECT): State.REJECTED,
    (State.IN_REVIEW, Move.APPROVE): State.APPROVED,
    (State.REJECTED, Move.REVISE): State.DRAFT,
    (State.REJECTED, Move.SUBMIT): State.IN_REVIEW,
    (State.REJECTED, Move.TAKE_BACK): State.DRAFT,
    (State.APPROVED, Move.REVISE): State.DRAFT,  # what was approved is not what would be announced
    (State.APPROVED, Move.TAKE_BACK): State.DRAFT,
    (State.APPROVED, Move.ANNOUNCE): State.ANNOUNCED,
    (State.ANNOUNCED, Move.TAKE_EFFECT): State.IN_FORCE,
    (State.ANNOUNCED, Move.CANCEL): State.CANCELLED,
    (State.IN_FORCE, Move.CORRECT): State.IN_FORCE,
    (State.IN_FORCE, Move.WITHDRAW): State.WITHDRAWN,
    (State.IN_FORCE, Move.SUPERSEDE): State.SUPERSEDED,
    (State.WITHDRAWN, Move.SUPERSEDE): State.SUPERSEDED,
}
"""Every move there is; what is not here is refused. Drawn in `docs/lifecycle.md`, which a test compares with it."""


class IllegalMove(Exception):
    """What was asked cannot happen to a change that stands where it stands; the words are for the person who asked."""

    def __init__(self, state: State, move: Move) -> None:
        self.state, self.move = state, move
        words = _("“%(state)s” cannot be %(move)s.") % {"state": state.label, "move": move.label}
        super().__init__(words)


def after(state: State, move: Move) -> State:
    """Where a move leads from a state; raises `IllegalMove`."""
    try:
        return MOVES[state, move]
    except KeyError as unknown:
        raise IllegalMove(state, move) from unknown


class Approval(models.TextChoices):
    """Whose yes an announcement rests on."""

    WORKFLOW = "workflow", _("approved in review")
    SECOND = "second", _("announced by a second person")
    ALONE = "alone", _("announced by its author, for want of a second person")
    DIRECT = "direct", _("published by the system")
    IMPORT = "import", _("imported")


class ActKind(models.TextChoices):
    """What can be done to a frozen version in public. Its text never changes by it."""

    TOLD = "told", _("Announcement finished")
    CANCELLED = "cancelled", _("Cancelled")
    CORRECTED = "corrected", _("Erratum")
    WITHDRAWN = "withdrawn", _("Withdrawn")
