"""The announcement of a draft, carried out and undone: what is shown is what would be, by the code that would do it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_info, override

from common import clock
from policies.consent.counts import AskedAgain, asked_again
from policies.subscriptions.models import Topic
from policies.versions.actions import record_publish
from policies.versions.completeness import missing_in
from policies.versions.history import History
from policies.versions.materiality import Trigger
from policies.versions.models import Version, VersionText
from policies.versions.modes import rehearsing
from policies.versions.promises import PromiseKind
from policies.versions.showing import stored_redline
from policies.versions.states import ChangeClass

from ..actions import recipients
from ..letters import rendition
from ..models import Notice
from ..showing import shown_notice


@dataclass(frozen=True, slots=True)
class Told:
    """How many people get the letter, by topic and language."""

    topic: str
    language: str
    people: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter and the notice on the home page as readers of a language will get them."""

    language: str
    direction: str
    subject: str
    html: str
    text: str
    home_notice: str
    is_translated: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that changes, and since when it counts."""

    kind: str
    heading: str
    old: str
    new: str
    is_retention: bool


ASKING = {Trigger.PURPOSES, Trigger.SHARING, Trigger.THIRD_PARTIES, Trigger.DATA_CATEGORIES}
"""What makes a change material and often touches what people agreed to."""


@dataclass
class Rehearsal:
    """What announcing the draft would do. With `missing` words nothing could be rehearsed."""

    missing: list[str] = field(default_factory=list)
    version: Version | None = None
    redline: dict[str, Any] | None = None
    predecessor: Version | None = None
    told: list[Told] = field(default_factory=list)
    previews: list[Preview] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    promises: list[Promised] = field(default_factory=list)
    asked_again: list[AskedAgain] = field(default_factory=list)

    @property
    def is_silent_on_consent(self) -> bool:
        """Whether the change sounds as if consent had to be asked for anew, and names none."""
        return bool(self.version and not self.version.renews and ASKING & set(self.version.triggers))

    @property
    def people(self) -> int:
        """Everybody who gets a letter."""
        return sum(line.people for line in self.told)

    @property
    def effective_at(self) -> datetime:
        """When it would take effect, were it announced now."""
        return self.version.effective_at if self.version else clock.now()


def rehearse(page: Any) -> Rehearsal:
    """Announce the latest draft of a page, look at everything, and undo it all."""
    revision = page.get_latest_revision()
    draft = revision.as_object() if revision else page
    if missing := missing_in(draft):
        return Rehearsal(missing=missing)
    with rehearsing():
        draft.live, draft.go_live_at = True, None
        draft.save()
        version = record_publish(draft, revision=revision)
        return _seen(version, page) if isinstance(version, Version) else Rehearsal()


def _seen(version: Version, page: Any) -> Rehearsal:
    language = page.locale.language_code
    text = version.texts.get(language=language)
    redline = stored_redline(text, language=language)
    rehearsal = Rehearsal(
        version=version,
        redline=redline,
        predecessor=History(version.work.key, language=language).predecessor(version),
        languages=_languages(version),
        promises=list(_promised(redline)),
    )
    if rehearsal.predecessor and version.renews:
        rehearsal.asked_again = asked_again(version.renews, language=get_language() or settings.LANGUAGE_CODE)
    notice = Notice.objects.filter(version=version).first()
    if notice:
        rehearsal.told = told_of(notice)
        rehearsal.previews = [preview_of(notice, code) for code, _ in settings.LANGUAGES]
    return rehearsal


def told_of(notice: Notice) -> list[Told]:
    """Counted by the query that will address the letters."""
    rows = recipients(notice).values("language").annotate(people=Count("pk", distinct=True)).order_by("language")
    return [Told(str(Topic.POLICY_CHANGES.label), row["language"], row["people"]) for row in rows]


def preview_of(notice: Notice, language: str) -> Preview:
    """The letter; and, of a material change, what the home page will say."""
    letter, home_notice = rendition(notice, language=language), ""
    if notice.version.change_class == ChangeClass.MATERIAL:
        with override(language):
            on_home_page = {"notice": shown_notice(notice, language=language), "language": language}
            home_notice = render_to_string("home/notice.html", on_home_page)
    return Preview(
        language=language,
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
        subject=letter["subject"],
        html=letter["html"],
        text=letter["text"],
        home_notice=home_notice,
        is_translated=notice.version.texts.filter(language=language).exists(),
    )


def _languages(version: Version) -> dict[str, str]:
    """For each language of the site: `ready` if it goes out with the version, `stale` if readers have an older text of
    it, `missing` if it never had one."""
    ready = set(version.texts.values_list("language", flat=True))
    earlier = VersionText.objects.filter(version__work=version.work).exclude(version=version)
    older = set(earlier.values_list("language", flat=True))
    return {
        code: "ready" if code in ready else "stale" if code in older else "missing" for code, _ in settings.LANGUAGES
    }


def _promised(redline: dict[str, Any] | None) -> Iterable[Promised]:
    labels = dict(PromiseKind.choices)
    for figure in (redline or {}).get("figures", []):
        if figure["promise"]:
            yield Promised(
                kind=str(labels.get(figure["promise"], figure["promise"])),
                heading=figure["heading"],
                old=figure["old"],
                new=figure["new"],
                is_retention=figure["promise"].startswith("retention"),
            )
