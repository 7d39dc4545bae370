"""The letters that carry a notice: rendered once per language, the same for everybody but the token."""

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
from policies.versions.public import public_record
from policies.versions.reading import comparable
from policies.versions.redline import compare
from policies.versions.showing import mail_redline

from .models import Notice, NoticeKind

TEMPLATES = {
    NoticeKind.ANNOUNCED: "policy_change",
    NoticeKind.POSTPONED: "policy_postponed",
    NoticeKind.CANCELLED: "policy_cancelled",
    NoticeKind.CORRECTED: "policy_corrected",
    NoticeKind.WITHDRAWN: "policy_withdrawn",
}


def rendition(notice: Notice, *, language: str) -> dict[str, str]:
    """The letter as `open_mailing` takes it; where a translation is missing, the original with a word about it."""
    history = History(notice.version.work.key, language=language)
    before = history.predecessor(notice.version) if notice.announces else None
    if before:
        old, new = comparable(history, before, notice.version)
        change = _change(old, new, language=language)
    else:
        new, change = history.text(notice.version), {}
    facts = _facts(notice.version, new, language=language) | change | _deed(notice, history, new)
    with override(language):
        letter = rendered(TEMPLATES[NoticeKind(notice.kind)], facts)
    return letter | {"list_unsubscribe": link("unsubscribe", TOKEN_PLACEHOLDER, language=language)}


def _facts(version: Version, text: VersionText, *, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "version": version,
        "text": text,
        "is_translated": text.language == language,
        "page_url": page_url(version.work, language=language),
        "version_url": version_url(version, language=language),
        "choices_url": choices_link(language=language),
        "preferences_url": link("preferences", TOKEN_PLACEHOLDER, language=language),
        "leave_url": link("unsubscribe", TOKEN_PLACEHOLDER, language=language),
        "site_url": settings.SITE_URL,
    }


def _change(old: VersionText, new: VersionText, *, language: str) -> dict[str, Any]:
    return {
        "redline": mail_redline(compare(old.content, new.content), language=language),
        "compare_url": compare_url(old.version, new.version, language=language),
    }


def _deed(notice: Notice, history: History, text: VersionText) -> dict[str, Any]:
    """What was done and said, beside the text."""
    record = public_record(history, notice.version, text=text)
    return {"record": record, "deed": record.deed_of(notice.act_id), "in_force": history.in_force}
