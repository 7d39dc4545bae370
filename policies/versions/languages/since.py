"""What translators are shown: what the original says now, beside the text that they last translated."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from ..document import Document, Section
from ..freezing import freeze
from ..history import History
from ..models.versions import Version, VersionText, Work
from ..showing import redline_of
from .basis import TITLE, missing_strings, running_translation
from .translated import Translated, last_translated
from .words import by_id, changed, same_words, says_the_same


@dataclass(frozen=True, slots=True)
class ToDo:
    """A section that is new or says something else; `strings` counts what wagtail-localize has no translation of."""

    anchor: str
    heading: str
    is_new: bool
    is_done: bool
    strings: int = 0


@dataclass(frozen=True)
class SinceTranslation:
    """A translated page, its original, and the last translation that readers were given (None before the first)."""

    page: Any
    original: Any
    work: Work | None
    last: Translated | None

    @cached_property
    def now(self) -> Document:
        """The original's latest draft, or what it says in public where there is none."""
        return freeze(self.original.get_latest_revision_as_object())

    @cached_property
    def before(self) -> Document:
        """The text that was translated last; without one, nothing."""
        return self.last.source.content if self.last else {"title": "", "sections": []}

    @property
    def is_draft(self) -> bool:
        """Whether the original has words that are not announced yet."""
        return bool(self.original.has_unpublished_changes)

    @cached_property
    def to_do(self) -> list[ToDo]:
        """The title and the sections that have changed since, in the order of the original."""
        return [*self._title(), *map(self._section, changed(self.before, self.now))]

    @property
    def open(self) -> int:
        """How many of them nobody has translated anew."""
        return sum(not each.is_done for each in self.to_do)

    @cached_property
    def redline(self) -> dict[str, Any] | None:
        """What changed in the original, in the words of the reader; None where everything is new."""
        return redline_of(self.before, self.now, language=get_language() or "en") if self.last else None

    @cached_property
    def running(self) -> Translation | None:
        """The translation in wagtail-localize, where the page is edited through one."""
        return running_translation(self.page)

    @cached_property
    def is_behind(self) -> bool:
        """Whether the strings that wagtail-localize shows are not those of the original as it is now."""
        return bool(self.running) and not same_words(self._strings_of, self.now)

    @cached_property
    def waiting(self) -> list[Version]:
        """The versions in force and coming that readers see without a translation."""
        if self.work is None:
            return []
        history = History(self.work.key, language=self.page.locale.language_code)
        shown = [version for version in (history.in_force, *history.coming) if version]
        rows = VersionText.objects.filter(version__in=shown, language=history.language)
        translated = set(rows.values_list("version_id", flat=True))
        return [version for version in shown if version.pk not in translated]

    def _title(self) -> Iterator[ToDo]:
        if self.before["title"] != self.now["title"]:
            is_done = self._is_done(
                TITLE, has_new_words=self._draft["title"] not in (self._last["title"], self.now["title"])
            )
            yield ToDo("", _("Title"), not self.last, is_done, self._missing[TITLE])

    def _section(self, section: Section) -> ToDo:
        drafts, last = by_id(self._draft["sections"]), by_id(self._last["sections"])
        draft, old = drafts.get(section["id"]), last.get(section["id"], section)
        has_new_words = draft is not None and not says_the_same(draft, old)
        is_done = self._is_done(section["id"], has_new_words=has_new_words)
        is_new = section["id"] not in by_id(self.before["sections"])
        heading = section["heading"] or _("Introduction")
        return ToDo(section["anchor"], heading, is_new, is_done, self._missing[section["id"]])

    def _is_done(self, place: str, *, has_new_words: bool) -> bool:
        if self.running is None:
            return has_new_words or self._latest.translation_ready
        return not self._missing[place] and _has_the_words_of(place, self._strings_of, self.now)

    @cached_property
    def _latest(self) -> Any:
        return self.page.get_latest_revision_as_object()

    @cached_property
    def _draft(self) -> Document:
        return freeze(self._latest)

    @property
    def _last(self) -> Document:
        return self.last.text.content if self.last else {"title": "", "sections": []}

    @cached_property
    def _missing(self) -> Counter[str]:
        return missing_strings(self.running.source, self.page.locale) if self.running else Counter()

    @cached_property
    def _strings_of(self) -> Document:
        assert self.running
        return freeze(self.running.source.as_instance())


def since_translation(page: Any) -> SinceTranslation | None:
    """What translators of a page have to know; None for an original."""
    work = Work.objects.filter(key=page.translation_key).first()
    original = _original_of(page, work)
    if original is None or original.pk == page.pk:
        return None
    standing = list(Version.objects.of(page.translation_key).standing())
    return SinceTranslation(page, original, work, last_translated(standing, page.locale.language_code))


def _original_of(page: Any, work: Work | None) -> Any:
    """The page in the language of the first version; before there is one, that which was sent for translation."""
    if work:
        pages = type(page).objects.filter(translation_key=page.translation_key).select_related("locale")
        return pages.filter(locale__language_code=work.source_language).first()
    running = running_translation(page)
    return running.source.get_source_instance() if running else None


def _has_the_words_of(place: str, document: Document, other: Document) -> bool:
    if place == TITLE:
        return document["title"] == other["title"]
    found, wanted = by_id(document["sections"]).get(place), by_id(other["sections"])[place]
    return found is not None and says_the_same(found, wanted)
