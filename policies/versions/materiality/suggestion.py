"""What the editor is shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .triggers import Trigger

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A trigger that the redline points to; `reason` is a sentence, `evidence` the words or figures it rests on."""

    trigger: Trigger
    section_id: str
    anchor: str
    heading: str
    reason: str
    evidence: str


def excerpt(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def became(old: str, new: str) -> str:
    return f"{old} → {new}"


def named(heading: str) -> str:
    """The heading, or what stands for it: the introduction has none."""
    return heading or _("Introduction")
