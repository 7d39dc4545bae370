"""Promises: sentences with a number in them that the software keeps as well."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

AMOUNT = "{amount}"
"""Where the number and its unit stand in the sentence of a promise."""


class PromiseKind(models.TextChoices):
    """What is promised; deadlines, retention and letters look a promise up by its kind."""

    FIRST_REPLY = "first_reply", _("first reply to a question or request")
    RESOLUTION = "resolution", _("a request is resolved")
    ACCESS = "access", _("a copy of the data is given")
    CORRECTION = "correction", _("data is corrected")
    ERASURE = "erasure", _("data is erased")
    PORTABILITY = "portability", _("data is handed over for another provider")
    NOTICE_PERIOD = "notice_period", _("notice before a material change")
    MARKETING_STOP = "marketing_stop", _("marketing mail stops")
    RETENTION_TRANSACTIONS = "retention_transactions", _("transaction records are kept")
    RETENTION_WARRANTY = "retention_warranty", _("warranty records are kept after the warranty")
    RETENTION_INACTIVE = "retention_inactive", _("inactive accounts are kept")
    RETENTION_SUPPORT = "retention_support", _("support messages are kept")
    RETENTION_ANALYTICS = "retention_analytics", _("analytics are kept")
    RETENTION_CONSENT = "retention_consent", _("proof of consent is kept")
    RETENTION_QUOTATIONS = "retention_quotations", _("quotations are kept")
    BREACH_NOTICE = "breach_notice", _("people are told of a breach")


class Unit(models.TextChoices):
    """What an amount counts."""

    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    BUSINESS_DAYS = "business_days", _("business days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


def amount_words(amount: int, unit: str, *, language: str) -> str:
    """The amount as a reader sees it: "72 hours" in English, "72 گھنٹے" in Urdu."""
    with override(language):
        words = {
            Unit.HOURS: ngettext("%(count)d hour", "%(count)d hours", amount),
            Unit.DAYS: ngettext("%(count)d day", "%(count)d days", amount),
            Unit.BUSINESS_DAYS: ngettext("%(count)d business day", "%(count)d business days", amount),
            Unit.WEEKS: ngettext("%(count)d week", "%(count)d weeks", amount),
            Unit.MONTHS: ngettext("%(count)d month", "%(count)d months", amount),
            Unit.YEARS: ngettext("%(count)d year", "%(count)d years", amount),
        }
        return words[Unit(unit)] % {"count": amount}
