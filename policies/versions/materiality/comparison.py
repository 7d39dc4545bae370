"""Two documents as the rules see them: the sections that changed, what they are about, and their edited sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..document import Document, Section
from ..redline import ChangedFigure, Redline, changed_figures, compare
from ..redline.format import SectionChange
from . import meaning
from .edits import Edit, differing, edits_of
from .letters import straight
from .sentences import Sentence, sentences_of
from .spelling import Vocabulary
from .suggestion import Suggestion, excerpt
from .topics import Topic, topics_of
from .triggers import Trigger


@dataclass(frozen=True)
class Changed:
    """A section on both sides, or on the one that has it."""

    change: SectionChange
    old: Section | None
    new: Section | None
    topics: frozenset[Topic]
    edits: list[Edit]

    @cached_property
    def triggers(self) -> list[Trigger]:
        return meaning.of_topics(self.topics)

    def triggers_of(self, edit: Edit) -> list[Trigger]:
        """What the section is about, else what the sentence does."""
        return self.triggers or meaning.of_sentence(edit.after) or meaning.of_sentence(edit.before)

    def suggest(self, trigger: Trigger, reason: str, evidence: str) -> Suggestion:
        section = self.change
        return Suggestion(trigger, section["id"], section["anchor"], section["heading"], reason, excerpt(evidence))


@dataclass(frozen=True)
class Comparison:
    """`old_sentences` and `new_sentences` are those of the whole documents."""

    redline: Redline
    changed: list[Changed]
    old_sentences: list[str]
    new_sentences: list[str]

    @cached_property
    def figures(self) -> list[ChangedFigure]:
        return changed_figures(self.redline)

    @cached_property
    def old_text(self) -> str:
        return _folded(self.old_sentences)

    def old_text_about(self, topics: frozenset[Topic]) -> str:
        sections = [each.old for each in self.changed if each.old and each.topics & topics]
        return _folded([sentence.text for section in sections for sentence in sentences_of(section)])

    @cached_property
    def new_text(self) -> str:
        return _folded(self.new_sentences)


def compared(old: Document, new: Document, tags: Mapping[str, Sequence[str]]) -> Comparison:
    redline = compare(old, new)
    pairs = [(_at(old, change["old"]), _at(new, change["new"])) for change in redline["sections"]]
    spoken = [(_sentences(before), _sentences(after)) for before, after in pairs]
    before, after = [_texts(side) for side in zip(*spoken, strict=True)] if spoken else ([], [])
    vocabulary = Vocabulary.of(before, after)
    changed = [
        Changed(change, *pair, _topics(pair, tags), edits_of(sides, vocabulary))
        for change, pair, sides in zip(redline["sections"], pairs, differing(spoken), strict=True)
    ]
    return Comparison(redline, changed, before, after)


def _at(document: Document, position: int | None) -> Section | None:
    return None if position is None else document["sections"][position]


def _sentences(section: Section | None) -> list[Sentence]:
    return sentences_of(section) if section else []


def _texts(sections: Sequence[list[Sentence]]) -> list[str]:
    return [sentence.text for sentences in sections for sentence in sentences]


def _topics(pair: tuple[Section | None, Section | None], tags: Mapping[str, Sequence[str]]) -> frozenset[Topic]:
    """What it is about now, or was; a heading that was renamed does not take an old topic away."""
    sections = [section for section in pair if section]
    return frozenset().union(*(topics_of(section, tags.get(section["id"], ())) for section in sections))


def _folded(sentences: Sequence[str]) -> str:
    return straight("\n".join(sentences)).casefold()
