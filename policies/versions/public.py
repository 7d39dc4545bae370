"""What was said and done in public about a version, as readers of a language see it. It asks the database nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language_info

from .history import History
from .models.versions import Act, Version, VersionText
from .rules import tells_people
from .states import ActKind, State

UNDELIVERED = ("bounced", "failed")
"""The counts of a finished announcement that reached nobody although somebody waited for them."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words with the language they are in, which need not be the reader's."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """As HTML wants it."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


@dataclass(frozen=True, slots=True)
class PublicAct:
    """Something done to a version, with what was said of it; an erratum may name its section."""

    act: Act
    said: Said | None
    heading: str = ""

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.act.happened_at

    @property
    def anchor(self) -> str:
        """The section that an erratum is about, if it is about one."""
        return str(self.act.facts.get("anchor", ""))


@dataclass(frozen=True, slots=True)
class Telling:
    """How far the announcement has come: `finished`, `late` (finished after it took effect), `unfinished` (in force, and not
    everybody told) or `running`."""

    state: str
    at: datetime | None = None
    letters: int = 0
    undelivered: int = 0


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """Everything about one version that is not its text."""

    version: Version
    cancelled: PublicAct | None = None
    replacement: Version | None = None
    withdrawn: PublicAct | None = None
    errata: list[PublicAct] = field(default_factory=list)
    replaces: Version | None = None
    postponed: PublicAct | None = None
    early: Said | None = None
    class_reason: Said | None = None
    alone: Said | None = None
    telling: Telling | None = None

    def deed_of(self, act: int | None) -> PublicAct | None:
        """An act on this version by its key; without one, the postponement that led to it."""
        if act is None:
            return self.postponed
        acts = [self.cancelled, self.withdrawn, *self.errata]
        return next((each for each in acts if each and each.act.pk == act), None)


def public_record(history: History, version: Version, *, text: VersionText | None = None) -> PublicRecord:
    """What readers are told beside the text; with the text, errata name the heading of their section."""
    shown = _Shown(history, text)
    replaces = next((each for each in history.versions if each.pk == version.replaces_id), None)
    return PublicRecord(
        version=version,
        cancelled=shown.the(ActKind.CANCELLED, version),
        replacement=next((each for each in history.versions if each.replaces_id == version.pk), None),
        withdrawn=shown.the(ActKind.WITHDRAWN, version),
        errata=[shown.act(act) for act in history.deeds.of[version.pk] if act.kind == ActKind.CORRECTED],
        replaces=replaces,
        postponed=shown.the(ActKind.CANCELLED, replaces) if replaces else None,
        early=shown.said(version.early_because),
        class_reason=shown.written(version.class_reason, version),
        alone=shown.written(version.alone_because, version),
        telling=telling_of(history, version),
    )


def said_in(words: Mapping[str, str], language: str, *, source: str) -> Said | None:
    """Words in a language, or in that of the original, or in whichever there are."""
    for code in (language, source, *words):
        if words.get(code):
            return Said(words[code], code)
    return None


def telling_of(history: History, version: Version) -> Telling | None:
    """How far the announcement of a version has come; None where nobody is told, or nobody any more."""
    state = history.state(version)
    if not tells_people(version) or state == State.CANCELLED:
        return None
    act = history.deeds.the(ActKind.TOLD, version)
    if act is None:
        return Telling("running" if state == State.ANNOUNCED else "unfinished")
    undelivered = sum(act.facts.get(name, 0) for name in UNDELIVERED)
    is_late = act.happened_at > version.effective_at
    return Telling("late" if is_late else "finished", act.happened_at, act.facts.get("sent", 0), undelivered)


class _Shown:
    """Acts and words for the readers of a history."""

    def __init__(self, history: History, text: VersionText | None) -> None:
        self.history = history
        sections: list[Any] = text.content["sections"] if text else []
        self.headings = {section["anchor"]: section["heading"] for section in sections}

    def the(self, kind: ActKind, version: Version) -> PublicAct | None:
        act = self.history.deeds.the(kind, version)
        return self.act(act) if act else None

    def act(self, act: Act) -> PublicAct:
        return PublicAct(act, self.said(act.words), self.headings.get(act.facts.get("anchor", ""), ""))

    def said(self, words: Mapping[str, str]) -> Said | None:
        source = self.history.versions[0].work.source_language
        return said_in(words, self.history.language, source=source)

    def written(self, words: str, version: Version) -> Said | None:
        """A reason that its author gave once, in the language of the original."""
        return Said(words, version.work.source_language) if words else None
