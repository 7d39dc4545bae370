"""A redline as HTML: for a web page, side by side, and for a letter."""

from .beside import TwoColumns
from .format import Redline
from .labels import Labels
from .page import Page


def web(redline: Redline, labels: Labels) -> str:
    """Every section; unchanged ones wait in `<details>`, and both ends of a move are linked."""
    return Page(redline, labels).all_sections()


def beside(redline: Redline, labels: Labels) -> str:
    """The same with the older text on one side and the newer one on the other; unchanged lines wait in `<details>`."""
    return TwoColumns(redline, labels).all_sections()


def mail(redline: Redline, labels: Labels) -> str:
    """Only what changed, long unchanged runs folded, without ids and inner links, which many mail readers drop."""
    page = Page(redline, labels, letter=True)
    changed = [section for section in redline["sections"] if section["change"] != "unchanged"]
    return page.title() + "".join(map(page.section, changed))
