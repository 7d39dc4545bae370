"""Settling the levels of headings: from numbers, capitals or underlines where there are any, else from the topics."""

from collections import Counter
from dataclasses import dataclass, replace

from policies.versions.document import Block

from ..inline import inline
from ..parts import Heading, Part, Unplaced
from .found import Candidate
from .topics import Topic, divides, topic_of

GUESSED = "Level guessed: read as a sub-heading of “{section}”. It may open a section of its own."


UNNUMBERED = "A heading without a number among numbered ones: read as a sub-heading of the one above."


@dataclass
class Course:
    """The section being read: what it is about, and whether it is known to be divided."""

    heading: str = ""
    topic: Topic | None = None
    is_divided: bool = False
    is_open: bool = False


def settle(parts: list[Block | Candidate]) -> tuple[list[Part], list[Unplaced]]:
    parts = _believed(parts)
    settler = MarkedLevels(parts) if _are_marked(parts) else TopicLevels(parts)
    levels = {at: settler.level_at(at) for at, part in enumerate(parts) if isinstance(part, Candidate)}
    settled: list[Part] = [
        Heading(levels[at], inline(part.text), part.line_number) if isinstance(part, Candidate) else part
        for at, part in enumerate(parts)
    ]
    return settled, settler.unplaced


def _believed(parts: list[Block | Candidate]) -> list[Block | Candidate]:
    """One line in capitals is no style; and colons say nothing of a level where every heading ends in one."""
    marks = Counter(part.mark for part in parts if isinstance(part, Candidate))
    doubted = {"caps"} if marks["caps"] < 2 else set()
    if set(marks) == {"colon"}:
        doubted.add("colon")
    return [
        replace(part, mark="shape") if isinstance(part, Candidate) and part.mark in doubted else part for part in parts
    ]


def _are_marked(parts: list[Block | Candidate]) -> bool:
    return any(isinstance(part, Candidate) and part.mark in ("number", "caps", "underline") for part in parts)


class MarkedLevels:
    """Marked headings say their depth; an unmarked one divides the marked one above it."""

    def __init__(self, parts: list[Block | Candidate]) -> None:
        self.parts = parts
        underlines = [part.depth for part in parts if isinstance(part, Candidate) and part.mark == "underline"]
        self.shallowest_underline = min(underlines, default=1)
        self.are_numbered = any(isinstance(part, Candidate) and part.mark == "number" for part in parts)
        self.marked = 1
        self.follows_a_shape = False
        self.unplaced: list[Unplaced] = []

    def level_at(self, at: int) -> int:
        candidate = self.parts[at]
        assert isinstance(candidate, Candidate)
        if candidate.mark == "colon":
            return min(self.marked + 1 + self.follows_a_shape, 4)
        self.follows_a_shape = candidate.mark == "shape"
        if candidate.mark == "shape":
            self._doubt_a_topic(candidate)
            return min(self.marked + 1, 4)
        self.marked = min(self._depth(candidate) + 1, 4)
        return self.marked

    def _doubt_a_topic(self, candidate: Candidate) -> None:
        """Among numbered headings, one without a number that is worded like a section may well be one."""
        if self.are_numbered and topic_of(candidate.text):
            self.unplaced.append(Unplaced(candidate.line_number, candidate.text, UNNUMBERED))

    def _depth(self, candidate: Candidate) -> int:
        if candidate.mark == "underline":
            return candidate.depth - self.shallowest_underline + 1
        return candidate.depth or 1


class TopicLevels:
    """Without marks, what a heading says and what stands around it decide."""

    def __init__(self, parts: list[Block | Candidate]) -> None:
        self.parts = parts
        self.course = Course()
        self.unplaced: list[Unplaced] = []

    def level_at(self, at: int) -> int:
        candidate = self.parts[at]
        assert isinstance(candidate, Candidate)
        if candidate.mark == "colon":
            return 4
        if self.course.is_open and self._divides(at, candidate):
            self.course.is_divided = True
            return 3
        self.course = Course(candidate.text, topic_of(candidate.text), is_open=True)
        return 2

    def _divides(self, at: int, candidate: Candidate) -> bool:
        course, topic = self.course, topic_of(candidate.text)
        if not course.is_divided and self._is_announced(at):
            return True
        if topic and topic != course.topic:
            return False
        if divides(course.topic, candidate.text) or (topic and course.is_divided):
            return True
        if self._announces(at) or not (course.is_divided or topic):
            return False
        why = GUESSED.format(section=course.heading)
        self.unplaced.append(Unplaced(candidate.line_number, candidate.text, why))
        return True

    def _is_announced(self, at: int) -> bool:
        """A section that ends its first words with a colon, or has none, goes on in its sub-headings."""
        last = self.parts[at - 1]
        return isinstance(last, Candidate) or (last["type"] == "paragraph" and last["html"].endswith(":"))

    def _announces(self, at: int) -> bool:
        """What is itself divided is no sub-heading."""
        for following in range(at + 1, len(self.parts)):
            if isinstance(part := self.parts[following], Candidate):
                return part.mark != "colon" and self._is_announced(following)
        return False
