"""One section through all versions: what changed it, when, and how it reads now."""

from .dates import dated, last_changed
from .histories import NoSuchSection, SectionHistory, section_history

__all__ = ["NoSuchSection", "SectionHistory", "dated", "last_changed", "section_history"]
