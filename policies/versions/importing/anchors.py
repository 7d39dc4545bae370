"""Addresses of sections inside a page: ASCII, unique, and the same again when the same text is imported again."""

import re
from collections import Counter
from uuid import UUID, uuid5

from anyascii import anyascii

from policies.versions.document import INTRODUCTION

NAMESPACE = UUID("5a9e2f0e-6f0c-5c39-9d3b-6b1f6f7d2a41")
"""Never to change: every section id made from an anchor depends on it."""

LONGEST_ANCHOR = 60
"""Characters; long enough for any heading worth its name and short enough for a mail client's line."""

APOSTROPHES = re.compile("['’‘ʼ]")
MARKED_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def section_id(anchor: str) -> str:
    return INTRODUCTION if anchor == INTRODUCTION else str(uuid5(NAMESPACE, anchor))


def slug(text: str) -> str:
    ascii_text = anyascii(APOSTROPHES.sub("", text)).lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(words) <= LONGEST_ANCHOR:
        return words
    return words[: LONGEST_ANCHOR + 1].rpartition("-")[0] or words[:LONGEST_ANCHOR]


def is_anchor(text: str) -> bool:
    return bool(MARKED_ANCHOR.fullmatch(text))


class Anchors:
    """The anchors given so far. A headed "Introduction" is not the unheaded one, so that name is taken already."""

    def __init__(self) -> None:
        self.taken = {INTRODUCTION}
        self.repeats: Counter[str] = Counter()

    def anchor_for(self, heading: str, *, marked: str, position: int) -> str:
        wanted = anchor = marked or slug(heading) or f"section-{position}"
        while anchor in self.taken:
            self.repeats[wanted] += 1
            anchor = f"{wanted}-{self.repeats[wanted] + 1}"
        self.taken.add(anchor)
        return anchor
