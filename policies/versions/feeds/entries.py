"""What happened, in the words of a language."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from common import clock

from ..addresses import page_urls
from ..models.versions import StoredRedline, Version, VersionText
from ..public import Said, said_in
from ..redline import changed_figures
from ..sections.cutting import section_redline
from ..showing import mail_redline
from .events import Event, EventKind
from .feed import Entry
from .tags import tag

_RELATIVE = re.compile(r'(?<= href=")(?=[/#])(?!//)')

WITH_CHANGES = (EventKind.ANNOUNCED, EventKind.POSTPONED, EventKind.TRANSLATED)
"""What shows a redline: the rest changes no text."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The section that a feed is about."""

    ids: Collection[str]
    anchor: str


def entries_of(events: list[Event], *, language: str, focus: Focus | None = None) -> list[Entry]:
    """Entries in the order of the events, in three queries, however many there are."""
    texts = _told_texts(events, language)
    redlines = _redlines(texts)
    urls = page_urls({event.version.work for event in events}, language=language)
    made = []
    with override(language):
        for event, text in zip(events, texts, strict=True):
            told = _Told(event, text, redlines.get(text.pk), urls[event.version.work_id], language, focus)
            made.append(told.entry())
    return made


def _told_texts(events: Iterable[Event], language: str) -> list[VersionText]:
    """The text in which each event was told then: as announced, in the language or that of the original. A translation
    that came later is an event of its own, so that no entry ever changes."""
    events = list(events)
    versions = {event.version.pk for event in events}
    texts = VersionText.objects.filter(version__in=versions, added_late=False).defer("content", "html")
    told: dict[tuple[int, str], VersionText] = {(text.version_id, text.language): text for text in texts}
    return [event.text or _best(told, event.version, language) for event in events]


def _best(texts: dict[tuple[int, str], VersionText], version: Version, language: str) -> VersionText:
    return texts.get((version.pk, language)) or texts[version.pk, version.work.source_language]


def _redlines(texts: Iterable[VersionText]) -> dict[int, StoredRedline]:
    stored = StoredRedline.objects.filter(text__in=[text.pk for text in texts])
    lean = ("text_id", "changes", "since__version__permalink")
    return {redline.text_id: redline for redline in stored.select_related("since__version").only(*lean)}


@dataclass(frozen=True, slots=True)
class _Told:
    """One event on its way to an entry."""

    event: Event
    text: VersionText
    redline: StoredRedline | None
    page: str
    language: str
    focus: Focus | None

    def entry(self) -> Entry:
        return Entry(
            id=tag(*self._name()),
            url=self._url(),
            title=self._title(),
            summary=self._summary(),
            html=absolute(render_to_string("versions/feeds/entry.html", self._facts()), page=self.page),
            language=self.language,
            at=self.event.at.replace(microsecond=0),
            categories=self._categories(),
        )

    def _name(self) -> list[object]:
        """In every language an entry of its own: programs take equal ids for one and the same text."""
        version = self.event.version
        name: list[object] = [self.language, version.work.kind, version.work.slug, version.permalink]
        if self.event.kind == EventKind.TRANSLATED:
            name.append(f"translated-{self.text.sequence}")
        elif self.event.act:
            name.append(f"{self.event.kind}-{self.event.ordinal}" if self.event.ordinal else self.event.kind)
        return [*name, "sections", self.focus.anchor] if self.focus else name

    def _url(self) -> str:
        section = f"#{self.focus.anchor}" if self.focus else ""
        return f"{self.page}versions/{self.event.version.permalink}/{section}"

    def _title(self) -> str:
        words = {
            EventKind.ANNOUNCED: _("%(title)s: new version from %(day)s"),
            EventKind.POSTPONED: _("%(title)s: postponed to %(day)s"),
            EventKind.CANCELLED: _("%(title)s: the version of %(day)s is cancelled"),
            EventKind.CORRECTED: _("%(title)s: erratum to the version of %(day)s"),
            EventKind.WITHDRAWN: _("%(title)s: withdrawn"),
            EventKind.TRANSLATED: self._translated(),
        }
        return words[self.event.kind] % {
            "title": self.text.title,
            "day": _day(self.event.version),
            "language": get_language_info(self.text.language)["name_translated"],
        }

    def _translated(self) -> str:
        if self.text.sequence > 1:
            return _("%(title)s: translation of the version of %(day)s corrected")
        return _("%(title)s: the version of %(day)s, now in %(language)s")

    def _said(self) -> Said | None:
        act, source = self.event.act, self.event.version.work.source_language
        return said_in(act.words, self.language, source=source) if act else None

    def _summary(self) -> str:
        said = self._said()
        return said.text if said else self.text.summary

    def _categories(self) -> list[str]:
        version = self.event.version
        classes = [version.change_class] if version.work.kind == version.work.Kind.POLICY else []
        return [self.event.kind.value, version.work.kind, version.work.slug, *classes]

    def _facts(self) -> dict[str, Any]:
        version = self.event.version
        return {
            "event": self.event,
            "version": version,
            "language": self.language,
            "direction": "rtl" if get_language_info(self.language)["bidi"] else "ltr",
            "summary": Said(self.text.summary, self.text.language) if self._shows_text() else None,
            "said": self._said(),
            "is_first": version.number == 1,
            "url": self._url(),
            **(self._change() if self._shows_text() else {}),
        }

    def _shows_text(self) -> bool:
        return self.event.kind in WITH_CHANGES

    def _change(self) -> dict[str, Any]:
        """The redline as words in the language of the text, changed figures, and where both versions are compared."""
        if self.redline is None:
            return {}
        changes, before = self.redline.changes, self.redline.since.version.permalink
        figures = changed_figures(changes)
        if self.focus:
            html = section_redline(changes, self.focus.ids)
            figures = [figure for figure in figures if figure["anchor"] == self.focus.anchor]
        else:
            html = mail_redline(changes, language=self.language)["html"]
        compare_url = f"{self.page}compare/{before}...{self.event.version.permalink}/"
        return {"redline": Said(html, self.text.language), "figures": figures, "compare_url": compare_url}


def absolute(html: str, *, page: str) -> str:
    """Links that hold wherever the entry is read. Frozen HTML writes every link in the same way."""
    return _RELATIVE.sub(lambda found: page if html[found.end()] == "#" else settings.SITE_URL, html)


def _day(version: Version) -> str:
    return date_format(clock.day_of(version.effective_at), "DATE_FORMAT")
