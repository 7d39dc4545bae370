from .pages import PolicyPage, VersionedPage
from .versions import StoredRedline, Version, VersionText, Work

__all__ = ["PolicyPage", "StoredRedline", "Version", "VersionText", "VersionedPage", "Work"]
