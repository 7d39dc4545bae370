"""Sorting a draft's headings and blocks into the sections of a document."""

from policies.versions.document import INTRODUCTION, Block, Document, Section

from .anchors import Anchors, section_id
from .errors import UnreadableFile
from .inline import plain
from .parts import Draft, Heading, Unplaced
from .regimes import regimes_of


def assemble(draft: Draft) -> Document:
    """Adds to `draft.unplaced` what a section cannot carry, such as a regime named by a sub-heading."""
    sections: list[Section] = []
    anchors = Anchors()
    for part in draft.parts:
        if isinstance(part, Heading) and part.level <= 2:
            sections.append(_section(part, anchors, len(sections) + 1, draft.unplaced))
            continue
        if not sections:
            sections.append(_introduction())
        blocks = sections[-1]["blocks"]
        blocks.append(_subheading(part, blocks, draft.unplaced) if isinstance(part, Heading) else part)
    if not sections:
        raise UnreadableFile("The file has a title at most, and no text.")
    return {"title": draft.title, "sections": sections}


def _introduction() -> Section:
    return {"id": INTRODUCTION, "anchor": INTRODUCTION, "heading": "", "regimes": [], "blocks": []}


def _section(part: Heading, anchors: Anchors, position: int, unplaced: list[Unplaced]) -> Section:
    heading = " ".join(plain(part.html).split())
    anchor = anchors.anchor_for(heading, marked=part.anchor, position=position)
    if part.anchor and anchor != part.anchor:
        unplaced.append(Unplaced(part.line_number, heading, f"The anchor {part.anchor} was taken; it became {anchor}."))
    regimes = regimes_of(heading) if part.regimes is None else list(part.regimes)
    return {"id": section_id(anchor), "anchor": anchor, "heading": heading, "regimes": regimes, "blocks": []}


def _subheading(part: Heading, above: list[Block], unplaced: list[Unplaced]) -> Block:
    """A level is never skipped: people who listen to a page step from heading to heading by level."""
    text = plain(part.html)
    if part.regimes or (part.regimes is None and regimes_of(text)):
        unplaced.append(
            Unplaced(part.line_number, text, "Names a regime, but only whole sections can be limited to one.")
        )
    if part.anchor:
        unplaced.append(
            Unplaced(part.line_number, text, f"The anchor {part.anchor} is left out: only sections have one.")
        )
    follows_a_subheading = any(block["type"] == "subheading" for block in above)
    return {"type": "subheading", "level": 4 if part.level >= 4 and follows_a_subheading else 3, "html": part.html}
