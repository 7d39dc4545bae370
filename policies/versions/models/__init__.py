from .pages import PolicyPage, VersionedPage
from .versions import (
    Act,
    Rendering,
    SectionChange,
    StoredRedline,
    Version,
    VersionFile,
    VersionText,
    Work,
)

__all__ = [
    "Act",
    "PolicyPage",
    "Rendering",
    "SectionChange",
    "StoredRedline",
    "Version",
    "VersionFile",
    "VersionText",
    "VersionedPage",
    "Work",
]
