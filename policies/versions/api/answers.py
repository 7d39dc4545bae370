from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import override

from common import clock

from ..document import promises
from ..history import History
from ..languages import Mixed, mixed_view
from ..models import Act, Version, VersionText, Work
from ..public import public_record
from ..reading import comparable
from ..redline import Redline, compare, with_unchanged
from ..sections import section_history
from ..showing import shown
from ..states import ActKind
from . import schemas
from .languages import last_translation
from .links import Links
from .sections import change_of, days_of, facts_of


class Answers:
    """What is answered about one policy, in one language: that of the original, if none is asked for."""

    def __init__(self, work: Work, *, language: str = "") -> None:
        language = language or work.source_language
        self.work = work
        self.history = History(work.key, language=language)
        self.links = Links(work, language=language)

    def policy_line(self) -> schemas.PolicyLine:
        in_force = [self.history.in_force] if self.history.in_force else []
        standing = [*in_force, *self.history.coming]
        # After a withdrawal, and before an announcement that was cancelled, only the title is left to be told.
        lines = self._lines(self.history.texts(standing or self.history.versions[:1]))
        return schemas.PolicyLine(
            slug=self.work.slug,
            **_of(lines[0], "title", "language", "languages"),
            in_force=lines[0] if in_force else None,
            coming=lines[len(in_force) : len(standing)],
            links=self.links.policy(),
        )

    def policy_body(self, version: Version, *, where: str) -> schemas.PolicyBody:
        """The text of the version in force; with a regime, only what applies under it."""
        text = self.history.text(version)
        mixed = mixed_view(self.history, version, text)
        line, *coming = self._lines([text, *self.history.texts(self.history.coming)])
        return schemas.PolicyBody(
            slug=self.work.slug,
            **_of(line, "title", "language", "is_translated", "languages"),
            last_updated=clock.day_of(version.effective_at),
            in_force=line,
            sections=_sections(text, mixed, where, days_of(self.history, text)),
            last_translation=last_translation(mixed),
            promises=_promises(text),
            coming=coming,
            links=self.links.policy(),
        )

    def timeline(self) -> schemas.Timeline:
        texts = self.history.texts(self.history.versions)
        return schemas.Timeline(policy=self.work.slug, versions=self._lines(texts))

    def version_body(self, version: Version) -> schemas.VersionBody:
        text = self.history.text(version)
        [line] = self._lines([text])
        return schemas.VersionBody(
            **_of(line, *schemas.VersionLine.model_fields),
            policy=self.work.slug,
            text_sha256=text.sha256,
            text_added_at=text.added_at,
            text_added_late=text.added_late,
            content=text.content,
            html=text.html,
            promises=_promises(text),
            last_translation=last_translation(mixed_view(self.history, version, text)),
        )

    def section(self, anchor: str) -> schemas.SectionHistory:
        """Every version that changed a section. Raises `NoSuchSection`."""
        found = section_history(self.history, anchor)
        texts = self.history.texts([change.version for change in found.changes])
        lines = zip(found.changes, self._lines(texts), strict=True)
        return schemas.SectionHistory(
            policy=self.work.slug,
            **facts_of(found),
            changes=[change_of(*each) for each in lines],
            links=self.links.section(found.anchor),
        )

    def comparison(self, older: Version, newer: Version) -> schemas.Comparison:
        texts = comparable(self.history, older, newer)
        redline = _redline(*texts)
        with override(self.history.language):
            facts = shown(redline)
        lines = self._lines([*texts])
        return schemas.Comparison(
            policy=self.work.slug,
            older=lines[0],
            newer=lines[1],
            **_of(lines[1], "language", "is_translated"),
            redline=redline,
            links=self.links.comparison(older, newer),
            **facts,
        )

    def _lines(self, texts: list[VersionText]) -> list[schemas.VersionLine]:
        languages = _languages(texts)
        return [self._line(text, languages[text.version_id]) for text in texts]

    def _line(self, text: VersionText, languages: list[str]) -> schemas.VersionLine:
        version = text.version
        return schemas.VersionLine(
            **{
                name: getattr(version, name)
                for name in ("number", "permalink", "change_class", "announced_at", "effective_at", "sha256")
            },
            **{name: getattr(version, name) for name in ("class_reason", "triggers", "renews", "early_because")},
            **self._fate(version),
            standing=self.history.state(version).value,
            title=text.title,
            summary=text.summary,
            language=text.language,
            is_translated=text.language == self.history.language,
            languages=languages,
            links=self.links.version(version, self.history.predecessor(version)),
        )

    def _fate(self, version: Version) -> dict[str, Any]:
        """What was done to a version, and which ones it replaces or gave way to; the history knows it all."""
        record = public_record(self.history, version)
        return {
            "replaces": record.replaces.permalink if record.replaces else None,
            "replaced_by": record.replacement.permalink if record.replacement else None,
            "acts": [_act(act) for act in self.history.deeds.of[version.pk]],
        }


def _act(act: Act) -> schemas.Act:
    is_told = act.kind == ActKind.TOLD
    facts = schemas.ActFacts(letters=act.facts) if is_told else schemas.ActFacts(**act.facts)
    return schemas.Act(kind=act.kind, happened_at=act.happened_at, words=act.words, facts=facts)


def _of(source: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _languages(texts: list[VersionText]) -> dict[int, list[str]]:
    """The languages of each version, in one query."""
    rows = VersionText.objects.filter(version__in={text.version_id for text in texts})
    found = defaultdict(list)
    for version, language in rows.order_by("language").values_list("version_id", "language").distinct():
        found[version].append(language)
    return found


def _sections(
    text: VersionText, mixed: Mixed | None, where: str, last_changed: Mapping[str, date]
) -> list[schemas.Section]:
    return [
        schemas.Section(
            **section,
            html=text.html[section["id"]],
            language=text.language,
            is_stale=bool(mixed and mixed.is_stale(section["id"])),
            last_changed=last_changed[section["id"]],
        )
        for section in text.content["sections"]
        if not (where and section["regimes"]) or where in section["regimes"]
    ]


def _promises(text: VersionText) -> list[schemas.Promise]:
    return [schemas.Promise(**block, anchor=section["anchor"]) for section, block in promises(text.content)]


def _redline(old: VersionText, new: VersionText) -> Redline:
    """What was stored when the newer text was frozen, if that is the pair asked for; else compared now."""
    stored = getattr(new, "redline", None)
    if stored and stored.since_id == old.pk:
        return with_unchanged(stored.changes, new.content)
    return compare(old.content, new.content)
