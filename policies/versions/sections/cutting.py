"""One section cut out of a stored redline."""

from collections.abc import Collection
from dataclasses import replace

from ..redline import Redline
from ..redline.page import Page
from ..showing import labels


def section_redline(redline: Redline, ids: Collection[str]) -> str:
    """What changed in a section, as HTML in the active language: long unchanged runs folded, without ids, as several
    redlines stand on one page, and without links to other sections, which are not on it."""
    page = Page(redline, replace(labels(), unchanged=""), letter=True)
    own = [section for section in redline["sections"] if section["id"] in ids and section["change"] != "unchanged"]
    return "".join(map(page.section, own))
