"""What the lint tells an editor."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Severity(models.TextChoices):
    """How much it matters. None of them stops anybody."""

    INVALID = "invalid", _("Not valid in law")
    MISSING = "missing", _("Missing")
    DOUBTFUL = "doubtful", _("Doubtful")
    ADVICE = "advice", _("Advice")


@dataclass(frozen=True, slots=True)
class Rule:
    """`suggestion` is a clause to put in place of the sentence, or advice where no clause can be given."""

    code: str
    severity: Severity
    why: Words
    source: str
    suggestion: Words
    is_clause: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `anchor` and `heading` are "" where it is about the whole text, `sentence` where something is missing.

    All of it is in the editor's language but the sentence, and a clause that may take its place: they are in the text's.
    """

    code: str
    anchor: str
    heading: str
    sentence: str
    why: str
    source: str
    suggestion: str
    severity: Severity
