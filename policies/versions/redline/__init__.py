"""What changed between two documents, exactly and readably: sections, then lines and their moves, then words.

`compare` makes a redline of two documents; the rest reads it. The format is described in `format.py`.
"""

from .compare import compare
from .figures import ChangedFigure, changed_figures
from .format import Redline
from .labels import Labels
from .recover import new_of, old_of, with_unchanged, without_unchanged
from .summary import contents, counts

__all__ = [
    "ChangedFigure",
    "Labels",
    "Redline",
    "changed_figures",
    "compare",
    "contents",
    "counts",
    "new_of",
    "old_of",
    "with_unchanged",
    "without_unchanged",
]
