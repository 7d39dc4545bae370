"""What consent is asked for: the four kinds of cookies that the privacy policy names."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REMEMBERED_IN = "kept_choices"
"""The cookie that holds the answers."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie that the site sets."""

    name: str
    purpose: str | Promise
    kept_for: str | Promise


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of cookies. Essential ones are told of, not asked for."""

    code: str
    name: str | Promise
    text: str | Promise
    essential: bool = False
    cookies: tuple[Cookie, ...] = ()


ESSENTIAL = Category(
    "essential",
    _("Essential"),
    _("Needed for the site to work, or for something you asked for. They are always on."),
    essential=True,
    cookies=(
        Cookie(REMEMBERED_IN, _("Remembers what you chose on this page."), _("12 months")),
        Cookie("kept_dismissed", _("Remembers which notices you have hidden."), _("12 months")),
        Cookie(settings.CSRF_COOKIE_NAME, _("Protects forms against being sent by other sites."), _("12 months")),
        Cookie(settings.SESSION_COOKIE_NAME, _("Keeps our own staff signed in."), _("2 weeks")),
    ),
)

CATEGORIES = (
    ESSENTIAL,
    Category(
        "performance",
        _("Performance"),
        _("Help us understand how visitors use the site, which pages are useful, and what to improve."),
    ),
    Category(
        "functional",
        _("Functional"),
        _("Remember your preferences, your language and what you entered before."),
    ),
    Category(
        "targeting",
        _("Targeting"),
        _("Used for advertising that fits what you look at, together with advertising partners."),
    ),
)

ASKED = tuple(category.code for category in CATEGORIES if not category.essential)
"""The codes of the categories that people answer for."""

OPTED_OUT_BY_SIGNAL = frozenset({"targeting"})
"""What Global Privacy Control switches off: it opts out of sale and of sharing for advertising."""
