"""How fast a redline is made, and how much of what it marks really changed; ours beside the ways others go.

Run from the repository: `python -m tests.bench.redline`. Truth is known because the changes are made here. Noise is
words marked for each word truly changed: 1.00 is perfect, and a way that shows a move as deletion and insertion pays.
"""

import json
import sys
from collections.abc import Callable
from copy import deepcopy
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from policies.versions.document import Document, Section, inline_pieces
from policies.versions.redline import compare, counts, new_of, old_of

RESULTS = ROOT / "var" / "bench" / "redline.json"
SECTIONS_OF_20_KB = 39
ROUNDS = 21
SLOW_FROM = 100
"""Kilobytes from which the peers that compare whole texts are left out: they would take from seconds to hours."""

COMMON = "the of to and we you your in or is a for that this it with by on may as our not are be when from if any"


class Pair(NamedTuple):
    """Two versions, and the number of words that really went and came."""

    old: Document
    new: Document
    truth: int


class Author:
    """Writes and edits text whose words are as unevenly common as in English; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.common = COMMON.split()
        self.vocabulary = ["".join(self.chance.choices("aeioubcdfglmnprstv", k=n % 7 + 4)) for n in range(2500)]
        self.coined = 0

    def words(self, count: int) -> list[str]:
        rare = (self.vocabulary[int(2499 * self.chance.random() ** 3)] for _ in range(count))
        return [self.chance.choice(self.common) if self.chance.random() < 0.45 else word for word in rare]

    def sentences(self, count: int) -> str:
        made = [" ".join(self.words(self.chance.randint(8, 24))) for _ in range(count)]
        return " ".join(f"{sentence.capitalize()}." for sentence in made)

    def new_words(self, count: int) -> list[str]:
        """Words that stand nowhere else, so that truth cannot be disputed."""
        self.coined += count
        return [f"novel{self.coined - n}" for n in range(count)]

    def edit(self, html: str, *, out: int, into: int) -> str:
        words = html.split(" ")
        at = self.chance.randrange(1, len(words) - out - 1)
        return " ".join([*words[:at], *self.new_words(into), *words[at + out :]])


def make_policy(author: Author, size: int) -> Document:
    """A policy of about `size` kilobytes in sections of two or three paragraphs and, in every other one, a list."""
    sections = [_section(author, number) for number in range(SECTIONS_OF_20_KB * size // 20)]
    return {"title": "Privacy policy", "sections": sections}


def _section(author: Author, number: int) -> Section:
    paragraphs = [author.sentences(author.chance.randint(1, 2)) for _ in range(author.chance.randint(2, 3))]
    items = [" ".join(author.words(4)) for _ in range(4 if number % 2 else 0)]
    section: Section = {
        "id": f"section-{number}",
        "anchor": f"part-{number}",
        "heading": f"Part {number}",
        "regimes": [],
        "blocks": [{"type": "paragraph", "html": html} for html in paragraphs],
    }
    if items:
        section["blocks"].append({"type": "list", "ordered": False, "items": items})
    return section


def make_pair(size: int) -> Pair:
    """For each 20 kB: 12 paragraphs edited, 2 added, 1 moved to another section."""
    author = Author(size)
    old = make_policy(author, size)
    new = deepcopy(old)
    truth = 0
    for sections in _chapters(new):
        _move_paragraph(sections)
        for section in author.chance.sample(sections[2:], 12):
            out, into = author.chance.randint(0, 5), author.chance.randint(1, 7)
            section["blocks"][0]["html"] = author.edit(section["blocks"][0]["html"], out=out, into=into)
            truth += out + into
        for section in author.chance.sample(sections, 2):
            added = author.new_words(24)
            section["blocks"].insert(1, {"type": "paragraph", "html": " ".join(added)})
            truth += len(added)
    return Pair(old, new, truth)


def make_light_pair(size: int) -> Pair:
    """For each 20 kB seven changes, one of them a section that moved: what most new versions look like."""
    author = Author(size)
    old = make_policy(author, size)
    new = deepcopy(old)
    chapters = _chapters(new)
    for sections in chapters:
        for section in author.chance.sample(sections, 6):
            section["blocks"][0]["html"] = author.edit(section["blocks"][0]["html"], out=2, into=3)
        sections.insert(5, sections.pop(20))
    new["sections"] = [section for sections in chapters for section in sections]
    return Pair(old, new, 30 * len(chapters))


def make_restructured_pair(size: int) -> Pair:
    """Every third long paragraph reworded here and there, and for each 20 kB three sections moved."""
    author = Author(size)
    old = make_policy(author, size)
    new = deepcopy(old)
    long = [block for section in new["sections"] for block in section["blocks"] if len(block.get("html", "")) > 150]
    reworded = long[::3]
    for block in reworded:
        for _ in range(3):
            block["html"] = author.edit(block["html"], out=1, into=1)
    chapters = _chapters(new)
    for sections in chapters:
        for start, end in ((3, 30), (25, 8), (17, 35)):
            sections.insert(end, sections.pop(start))
    new["sections"] = [section for sections in chapters for section in sections]
    return Pair(old, new, _replaced(old, new))


def _replaced(old: Document, new: Document) -> int:
    """Words that differ between paragraphs of equal length; an edit may have hit the same word twice."""
    new_sections = {section["id"]: section for section in new["sections"]}
    pairs = ((section, new_sections[section["id"]]) for section in old["sections"])
    blocks = (pair for before, after in pairs for pair in zip(before["blocks"], after["blocks"], strict=True))
    words = (zip(a.get("html", "").split(), b.get("html", "").split(), strict=True) for a, b in blocks)
    return 2 * sum(before != after for pairs in words for before, after in pairs)


def _chapters(document: Document) -> list[list[Section]]:
    """The sections by 20 kB each, or all of them if there is less."""
    step, sections = SECTIONS_OF_20_KB, document["sections"]
    return [sections[at : at + step] for at in range(0, len(sections) - step + 1, step)]


def _move_paragraph(sections: list[Section]) -> None:
    sections[1]["blocks"].append(sections[0]["blocks"].pop(0))


def whole_text(document: Document) -> str:
    """Headings and lines, one below the other: what peers are given."""
    lines = []
    for section in document["sections"]:
        lines.append(section["heading"])
        lines += [html for block in section["blocks"] for html in inline_pieces(block)]
    return "\n".join(lines)


def ours(pair: Pair) -> int:
    found = counts(compare(pair.old, pair.new))
    return found["words_added"] + found["words_removed"]


def plain_difflib(pair: Pair) -> int:
    old, new = whole_text(pair.old).split(), whole_text(pair.new).split()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(i2 - i1 + j2 - j1 for tag, i1, i2, j1, j2 in codes if tag != "equal")


def wagtail_diff_text(pair: Pair) -> int:
    from wagtail.admin.compare import diff_text

    changes = diff_text(whole_text(pair.old), whole_text(pair.new)).changes
    return sum(len(text.split()) for change, text in changes if change != "equal")


def wagtail_by_section(pair: Pair) -> int:
    """The same where sections are stream blocks with lasting ids, as Wagtail's own comparison would have them."""
    old = {section["id"]: section for section in pair.old["sections"]}
    both = [Pair(_alone(old[section["id"]]), _alone(section), 0) for section in pair.new["sections"]]
    return sum(wagtail_diff_text(each) for each in both if each.old != each.new)


def _alone(section: Section) -> Document:
    return {"title": "", "sections": [section]}


WAYS: dict[str, Callable[[Pair], int]] = {
    "kept": ours,
    "difflib on words": plain_difflib,
    "Wagtail diff_text": wagtail_diff_text,
    "Wagtail by section": wagtail_by_section,
}
PAIRS: dict[str, Callable[[int], Pair]] = {
    "edited": make_pair,
    "light": make_light_pair,
    "restructured": make_restructured_pair,
}


def measure() -> dict[str, Any]:
    """CPU milliseconds (median) and noise, by kind of change, size in kB and way; ours makes the redline only."""
    found: dict[str, Any] = {}
    for kind, make in PAIRS.items():
        for size in (20, 200):
            pair = make(size)
            redline = compare(pair.old, pair.new)
            assert (old_of(redline), new_of(redline)) == (pair.old, pair.new)
            found[f"{kind} {size} kB"] = {name: _measured(name, pair) for name in WAYS if _is_worth(name, size)}
    return found


def _is_worth(name: str, size: int) -> bool:
    return name in ("kept", "Wagtail by section") or size < SLOW_FROM


def _measured(name: str, pair: Pair) -> dict[str, float]:
    way = (lambda pair: compare(pair.old, pair.new)) if name == "kept" else WAYS[name]
    times = []
    for _ in range(ROUNDS if name == "kept" else 3):
        start = process_time()
        way(pair)
        times.append(1000 * (process_time() - start))
    return {"ms": round(median(times), 3), "noise": round(WAYS[name](pair) / pair.truth, 3)}


def main() -> None:
    _set_up_wagtail()
    found = measure()
    for title, ways in found.items():
        print(title)
        for name, figures in ways.items():
            print(f"  {name:20} {figures['ms']:10.2f} ms   noise {figures['noise']:.2f}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")


def _set_up_wagtail() -> None:
    """Wagtail's compare module wants Django to be there, though it compares plain text; it may be left out."""
    try:
        import django
        import wagtail
        from django.conf import settings
    except ImportError:
        del WAYS["Wagtail diff_text"], WAYS["Wagtail by section"]
        return

    apps = ["django.contrib.auth", "django.contrib.contenttypes", "taggit", "wagtail.admin", "wagtail.users"]
    more = ["wagtail.images", "wagtail.documents", "wagtail.search", wagtail.__name__]
    settings.configure(INSTALLED_APPS=[*apps, *more], STATIC_URL="/static/")
    django.setup()


if __name__ == "__main__":
    main()
