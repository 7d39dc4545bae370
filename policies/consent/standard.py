"""What a new site asks for: the four categories of cookies that policies name, and the e-mails that people can ask for.

Editors change it in the admin; `make_standard` adds what is missing and changes nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale

from .models import Category, Kind, LegalBasis, Purpose
from .remembering import REMEMBERED_IN, SHOWN_IN

CATEGORIES: list[dict[str, Any]] = [
    {
        "code": "essential",
        "kind": Kind.ESSENTIAL,
        "name": _("Essential"),
        "text": _("Needed for the site to work, or for something you asked for. They are always on."),
    },
    {
        "code": "performance",
        "kind": Kind.SITE,
        "name": _("Performance"),
        "text": _("Help us understand how visitors use the site, which pages are useful, and what to improve."),
    },
    {
        "code": "functional",
        "kind": Kind.SITE,
        "name": _("Functional"),
        "text": _("Remember your preferences, your language and what you entered before."),
    },
    {
        "code": "targeting",
        "kind": Kind.SITE,
        "name": _("Targeting"),
        "text": _("Used for advertising that fits what you look at, together with advertising partners."),
    },
    {
        "code": "mail",
        "kind": Kind.MAIL,
        "name": _("E-mail"),
        "text": _("Letters that you can ask for, each by itself."),
    },
]

PURPOSES: list[dict[str, Any]] = [
    {
        "code": "essential",
        "category": "essential",
        "name": _("Running the site"),
        "text": _("Showing pages, keeping forms safe, and remembering what you chose here."),
        "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
        "dpv": "dpv:ServiceProvision",
        "data_categories": "",
        "cookies": [
            (REMEMBERED_IN, _("13 months"), _("Remembers what you chose on this page.")),
            (SHOWN_IN, _("13 months"), _("Tells your browser what you allowed, so that nothing else is loaded.")),
            ("kept_said", _("a minute"), _("Shows that your choice was saved.")),
            ("kept_dismissed", _("12 months"), _("Remembers which notices you have hidden.")),
            (settings.CSRF_COOKIE_NAME, _("12 months"), _("Protects forms against being sent by other sites.")),
            (settings.SESSION_COOKIE_NAME, _("2 weeks"), _("Keeps our own staff signed in.")),
        ],
    },
    {
        "code": "performance",
        "category": "performance",
        "name": _("Statistics"),
        "text": _("Counting visits and clicks, to see which pages help and which do not."),
        "dpv": "dpv:ServiceOptimisation",
        "data_categories": "pd:BrowsingBehavior\npd:DeviceBased",
        "retention": "retention_analytics",
        "signals": ["analytics_storage"],
    },
    {
        "code": "functional",
        "category": "functional",
        "name": _("Convenience"),
        "text": _("Showing maps and films, and remembering settings that are not needed for the site to work."),
        "dpv": "dpv:ServicePersonalisation",
        "data_categories": "pd:Preference\npd:DeviceBased",
        "signals": ["functionality_storage", "personalization_storage"],
    },
    {
        "code": "targeting",
        "category": "targeting",
        "name": _("Advertising"),
        "text": _("Showing you our offers on other sites, by what you looked at here."),
        "dpv": "dpv:TargetedAdvertising",
        "data_categories": "pd:BrowsingBehavior\npd:Interest",
        "signals": ["ad_storage", "ad_user_data", "ad_personalization"],
        "honours_gpc": True,
    },
    {
        "code": "email_policy_changes",
        "category": "mail",
        "name": _("Changes of our policies"),
        "text": _("A service message to those who asked for it: what changed, and when it takes effect."),
        "legal_basis": LegalBasis.LEGITIMATE_INTEREST,
        "dpv": "dpv:CommunicationForCustomerCare",
        "data_categories": "pd:EmailAddress",
    },
    *(
        {
            "code": code,
            "category": "mail",
            "name": name,
            "text": text,
            "dpv": "dpv:DirectMarketing",
            "data_categories": "pd:EmailAddress",
        }
        for code, name, text in (
            ("email_offers", _("Offers"), _("Prices that are lower for a while.")),
            ("email_products", _("Product news"), _("New inverters, batteries and panels.")),
            ("email_guides", _("Guides"), _("How to choose, install and care for your equipment.")),
            ("email_news", _("Company news"), _("What happens at our shops.")),
        )
    ),
]


def make_standard() -> None:
    """Add the standard categories and purposes in every language that the site has, where they are missing.

    In a database without languages there is nothing to add to.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for code in (code for code, _name in settings.LANGUAGES if code in locales):
        with override(code):
            _make(Category, CATEGORIES, locales, code)
            _make(Purpose, PURPOSES, locales, code)


def _make(model: Any, rows: Iterable[dict[str, Any]], locales: dict[str, Locale], language: str) -> None:
    for position, row in enumerate(rows):
        if model.objects.filter(code=row["code"], locale=locales[language]).exists():
            continue
        values = {name: _spoken(value) for name, value in row.items()} | {"position": position}
        original = model.objects.filter(code=row["code"]).order_by("pk").first()
        if original:
            values["translation_key"] = original.translation_key
        model.objects.create(locale=locales[language], **values)


def _spoken(value: Any) -> Any:
    if isinstance(value, list):
        return [_cookie(*each) if isinstance(each, tuple) else each for each in value]
    return value if isinstance(value, bool) else str(value)


def _cookie(name: str, lifetime: Any, why: Any) -> tuple[str, dict[str, str]]:
    return "cookie", {"name": name, "owner": "", "lifetime": str(lifetime), "why": str(why)}
