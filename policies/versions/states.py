"""The words for a change and for where a version stands, named once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeClass(models.TextChoices):
    """How much a change means to people, and so who is told and when it takes effect."""

    EDITORIAL = "editorial", _("Editorial: wording or spelling only")
    CLARIFYING = "clarifying", _("Clarifying: says the same more clearly")
    MATERIAL = "material", _("Material: changes what we do or what people can do")


NEEDS_SUMMARY = frozenset({ChangeClass.CLARIFYING, ChangeClass.MATERIAL})


class Standing(models.TextChoices):
    """Where a version stands at a moment; computed from dates, never stored."""

    COMING = "coming", _("Not in force yet")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Replaced by a later version")


class Approval(models.TextChoices):
    """Whether a second person said yes."""

    WORKFLOW = "workflow", _("approved in review")
    DIRECT = "direct", _("published directly")
    IMPORT = "import", _("imported")
