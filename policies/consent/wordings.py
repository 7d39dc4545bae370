"""What the page shows, as data: the page is drawn from it, and its hash says what an answer was given to."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.canonical import normalised, sha256
from policies.versions.history import History
from policies.versions.models import Version, Work

from .categories import CATEGORIES, Category
from .models import Wording


def wording_in_force(*, language: str) -> Wording | None:
    """What is asked now, not stored; None while no version of the policy is in force."""
    history = policy_history(language)
    version = history and history.in_force
    return wording_of(version, language=language) if version else None


def wording_shown(digest: str, *, language: str) -> Wording | None:
    """What a page showed, by its hash: answered before, or the wording of any version that was ever in force.

    So a choice on yesterday's page counts for what it asked. None where we never showed that.
    """
    stored = Wording.objects.filter(pk=digest).select_related("version__work").first()
    history = None if stored else policy_history(language)
    if history is None:
        return stored
    taken_effect = (version for version in history.standing if not version.is_coming(history.at))
    shown = (wording_of(version, language=language) for version in taken_effect)
    return next((wording for wording in shown if wording.sha256 == digest), None)


def policy_history(language: str) -> History | None:
    """The versions of the policy that consent is tied to: the one of the setting, or else the oldest policy."""
    policies = Work.objects.filter(kind=Work.Kind.POLICY).order_by("pk")
    slug = getattr(settings, "CONSENT_POLICY_SLUG", "privacy")
    work = policies.filter(slug=slug).first() or policies.first()
    return History(work.key, language=language) if work else None


def wording_of(version: Version, *, language: str) -> Wording:
    """What is asked under a version, in a language; not stored."""
    with override(language):
        content = normalised(_content(version, language))
    return Wording(sha256=sha256(content), language=language, version=version, content=content)


def _content(version: Version, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "version": {
            "policy": str(version.work.key),
            "number": version.number,
            "permalink": version.permalink,
            "sha256": version.sha256,
        },
        "title": _("Privacy choices"),
        "introduction": _(
            "Choose what we may use. Nothing is on before you say yes, and saying no costs you nothing. "
            "You can change your mind here at any time."
        ),
        "categories": [_category(category) for category in CATEGORIES],
        "answers": {"yes": _("Yes"), "no": _("No")},
        "buttons": {
            "save": _("Save my choices"),
            "accept": _("Accept all"),
            "reject": _("Reject all"),
            "withdraw": _("Withdraw everything"),
        },
    }


def _category(category: Category) -> dict[str, Any]:
    return {
        "code": category.code,
        "name": str(category.name),
        "text": str(category.text),
        "essential": category.essential,
        "cookies": [
            {"name": cookie.name, "purpose": str(cookie.purpose), "kept_for": str(cookie.kept_for)}
            for cookie in category.cookies
        ],
    }
