"""The text as the rules read it, and how a rule reports what it found there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from django.utils.translation import get_language, override

from ..document import Document, Section
from ..materiality import Sentence, Topic, sentences_of, topics_of
from ..materiality.letters import straight
from .finding import Finding, Words
from .rules import RULES


class ControllerFacts(Protocol):
    """What the site's settings say of who is responsible; "" where they say nothing."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def authority(self) -> str: ...


@dataclass(frozen=True)
class Part:
    """A section with its sentences."""

    section: Section
    sentences: list[Sentence]
    topics: frozenset[Topic]


@dataclass(frozen=True)
class Text:
    """A document and what is known about it from elsewhere."""

    document: Document
    language: str
    controller: ControllerFacts | None
    performance: Mapping[str, timedelta]
    effective_on: date | None

    @cached_property
    def parts(self) -> list[Part]:
        return [Part(each, sentences_of(each), topics_of(each)) for each in self.document["sections"]]

    @cached_property
    def topics(self) -> frozenset[Topic]:
        return frozenset().union(*(part.topics for part in self.parts))

    @cached_property
    def wording(self) -> str:
        """All of it in one spelling, headings included."""
        lines = (text for part in self.parts for text in (part.section["heading"], *(s.text for s in part.sentences)))
        return straight("\n".join([self.document["title"], *lines]))

    def sentences(self) -> Iterator[tuple[Part, Sentence, str]]:
        """Each sentence as it stands and as patterns read it."""
        for part in self.parts:
            for sentence in part.sentences:
                yield part, sentence, straight(sentence.text)

    def found(self, code: str, part: Part | None = None, sentence: str = "", **words: str) -> Finding:
        """What a rule says here; `words` are filled in where its sentences leave something open."""
        rule = RULES[code]
        anchor, heading = (part.section["anchor"], part.section["heading"]) if part else ("", "")
        source, why = words.get("source", rule.source), _filled(rule.why, words)
        with override(self.language if rule.is_clause else get_language()):
            suggestion = _filled(rule.suggestion, words)
        return Finding(code, anchor, heading, sentence, why, source, suggestion, rule.severity)


def _filled(text: Words, words: Mapping[str, str]) -> str:
    return str(text) % words if words else str(text)
