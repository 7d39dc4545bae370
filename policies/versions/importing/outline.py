"""A document and its doubts, drawn for the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from policies.versions.document import Block, Document, Section, inline_pieces

from .inline import plain
from .parts import Unplaced

LONGEST_QUOTE = 70
"""Characters of an unplaced line; its number finds the rest."""


def outline(document: Document, unplaced: Sequence[Unplaced] = ()) -> str:
    lines = [document["title"], ""]
    for number, section in enumerate(document["sections"], 1):
        lines += _section_lines(number, section)
    total = sum(map(_section_words, document["sections"]))
    lines += ["", f"{_counted(len(document['sections']), 'section')}, {_counted(total, 'word')}"]
    if unplaced:
        lines += ["", f"{_counted(len(unplaced), 'line')} to look at:", *map(_unplaced_line, unplaced)]
    return "\n".join(lines)


def _section_lines(number: int, section: Section) -> Iterator[str]:
    regimes = f"  [{', '.join(section['regimes'])}]" if section["regimes"] else ""
    yield f"{number:>3}. {section['heading'] or '(introduction)'}  #{section['anchor']}{regimes}"
    yield f"     {', '.join(_contents(section))}"
    for block in section["blocks"]:
        if block["type"] == "subheading":
            yield f"{'   ' * block['level']}{'–' if block['level'] == 3 else '·'} {plain(block['html'])}"


def _contents(section: Section) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for block in section["blocks"]:
        counts[_name(block)] += _size(block)
    for name, count in counts.items():
        if name != "subheading":
            yield _counted(count, name)
    yield _counted(_section_words(section), "word")


def _name(block: Block) -> str:
    return {"list": "list item", "definitions": "definition", "table": "table row"}.get(block["type"], block["type"])


def _size(block: Block) -> int:
    return len(block.get("items", block.get("definitions", block.get("rows", [block]))))


def _section_words(section: Section) -> int:
    pieces = [section["heading"], *(plain(piece) for block in section["blocks"] for piece in inline_pieces(block))]
    return sum(len(piece.split()) for piece in pieces)


def _unplaced_line(unplaced: Unplaced) -> str:
    text = plain(unplaced.text)
    quote = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    place = f"line {unplaced.line_number}" if unplaced.line_number else "somewhere"
    return f"  {place}: “{quote}” - {unplaced.why}"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
