"""Files of our own writing, and the short way to read one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policies.versions.document import Document, Section
from policies.versions.importing import Imported, lost_text, read_policy

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixture_file() -> Callable[[str], Imported]:
    return lambda name: read_policy(FIXTURES / name)


@pytest.fixture
def read() -> Callable[..., Imported]:
    """Reads text as if it stood in a file of that suffix, and insists that nothing of it is lost."""

    def read_losslessly(text: str, suffix: str = ".txt", **wishes: str) -> Imported:
        imported = read_policy(f"policy{suffix}", text.encode(), **wishes)
        assert lost_text(imported.visible_text, imported.document, file_title=imported.file_title) == []
        return imported

    return read_losslessly


@pytest.fixture
def shape_of() -> Callable[[Document], list[str]]:
    """The outline as lines: sections bare, sub-headings indented by level."""

    def lines(document: Document) -> list[str]:
        return [line for section in document["sections"] for line in _section_lines(section)]

    return lines


def _section_lines(section: Section) -> list[str]:
    inner = [
        "  " * (block["level"] - 2) + block["html"] for block in section["blocks"] if block["type"] == "subheading"
    ]
    return [section["heading"], *inner]
