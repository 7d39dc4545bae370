"""What a rule finds at a place in the text."""

from dataclasses import dataclass, field
from typing import Literal

from policies.versions.document import Block

from ..inline import inline
from ..parts import Unplaced
from .lines import Line


@dataclass(frozen=True)
class Candidate:
    """A heading whose level is not settled. `depth` is what its number or underline says, 0 where they say nothing."""

    text: str
    line_number: int
    mark: Literal["number", "caps", "underline", "colon", "shape"]
    depth: int = 0


@dataclass(frozen=True)
class Found:
    """Parts made of the next `length` lines."""

    parts: list[Block | Candidate]
    length: int = 1
    unplaced: list[Unplaced] = field(default_factory=list)


def paragraph(text: str) -> Block:
    return {"type": "paragraph", "html": inline(text)}


def doubtful_paragraphs(lines: list[Line], why: str) -> Found:
    """Text that cannot be placed stays where it is and is named."""
    doubts = [Unplaced(line.number, line.text, why) for line in lines]
    return Found([paragraph(line.text) for line in lines], len(lines), doubts)
