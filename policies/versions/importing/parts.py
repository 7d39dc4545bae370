"""What every reader hands over: headings and blocks in order, before they are sorted into sections."""

from dataclasses import dataclass, field

from policies.versions.document import Block


@dataclass(frozen=True)
class Unplaced:
    """Something seen but doubtful; its words are kept unless `why` says otherwise. Word files have no line numbers."""

    line_number: int | None
    text: str
    why: str


@dataclass(frozen=True)
class Heading:
    """Level 2 opens a section, 3 and 4 divide it. `regimes` is None where only the wording can tell."""

    level: int
    html: str
    line_number: int | None
    anchor: str = ""
    regimes: tuple[str, ...] | None = None


Part = Heading | Block


@dataclass
class Draft:
    """`file_title` is the title as the file has it; `visible_text` is every word that has to land, markup aside."""

    title: str
    file_title: str
    visible_text: str
    parts: list[Part] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
