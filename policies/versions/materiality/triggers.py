"""Why a change is material: Colorado, 4 CCR 904-3, Rule 6.04, and secondary use of data already held."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trigger(models.TextChoices):
    """The six triggers of Rule 6.04; and a new purpose, which asks for consent again."""

    DATA_CATEGORIES = "data_categories", _("Categories of personal data")
    PURPOSES = "purposes", _("Purposes of processing")
    CONTROLLER = "controller", _("Who is responsible")
    SHARING = "sharing", _("The act of sharing data")
    THIRD_PARTIES = "third_parties", _("Categories of third parties")
    RIGHTS_METHODS = "rights_methods", _("How people use their rights")
    NEW_PURPOSE = "new_purpose", _("A new use of data that we hold already")

    @property
    def help(self) -> str | Promise:
        """One sentence for the editor who wonders whether to tick it."""
        return _HELP[self]


_HELP: dict[Trigger, str | Promise] = {
    Trigger.DATA_CATEGORIES: _("We collect or hold other kinds of data than before, or keep them for another time."),
    Trigger.PURPOSES: _("What we use data for, or the legal basis of a use, is no longer the same."),
    Trigger.CONTROLLER: _("Another company or person is responsible, or its name or address has changed."),
    Trigger.SHARING: _("We pass data on, sell it or send it abroad where we did not before, or stop doing so."),
    Trigger.THIRD_PARTIES: _("Others than before receive data: new partners, providers or kinds of companies."),
    Trigger.RIGHTS_METHODS: _("People ask, object, withdraw or complain in another way or within another time."),
    Trigger.NEW_PURPOSE: _(
        "Data that people gave us for one thing will serve another. They are asked for consent again."
    ),
}
