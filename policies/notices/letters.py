"""The letter that carries a change: rendered once per language, the same for everybody but the token."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from common.letters import rendered
from policies.consent.links import choices_link
from policies.outbox.rules import TOKEN_PLACEHOLDER
from policies.subscriptions.links import link
from policies.versions.addresses import compare_url, page_url, version_url
from policies.versions.history import History
from policies.versions.models import Version, VersionText
from policies.versions.reading import comparable
from policies.versions.redline import compare
from policies.versions.showing import mail_redline

from .models import Notice


def rendition(notice: Notice, *, language: str) -> dict[str, str]:
    """The letter as `open_mailing` takes it; where a translation is missing, the original with a word about it."""
    version = notice.version
    history = History(version.work.key, language=language)
    before = history.predecessor(version)
    old, new = comparable(history, before, version) if before else (None, history.text(version))
    with override(language):
        letter = rendered("policy_change", _facts(version, old, new, language=language))
    return letter | {"list_unsubscribe": link("unsubscribe", TOKEN_PLACEHOLDER, language=language)}


def _facts(version: Version, old: VersionText | None, new: VersionText, *, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "version": version,
        "text": new,
        "is_translated": new.language == language,
        "page_url": page_url(version.work, language=language),
        "redline": mail_redline(compare(old.content, new.content), language=language) if old else None,
        "version_url": version_url(version, language=language),
        "compare_url": compare_url(old.version, version, language=language) if old else "",
        "choices_url": choices_link(language=language),
        "preferences_url": link("preferences", TOKEN_PLACEHOLDER, language=language),
        "leave_url": link("unsubscribe", TOKEN_PLACEHOLDER, language=language),
        "site_url": settings.SITE_URL,
    }
