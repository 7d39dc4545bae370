"""The example's files, read."""

import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

from policies.versions.document import Document
from policies.versions.importing import read_policy
from policies.versions.promises import amount_words

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ur")
_OWN_LINK = re.compile(r"\]\(/(?!ur/)")


def about(path: str) -> dict[str, Any]:
    """One of the TOML files."""
    return tomllib.loads((FOLDER / path).read_text("utf-8"))


def document(stem: str, language: str) -> Document:
    """A text like `privacy/1` in a language; links to our own pages lead to that language."""
    path = FOLDER / f"{stem}.{language}.md"
    text = path.read_text("utf-8")
    if language != LANGUAGES[0]:
        text = _OWN_LINK.sub(f"](/{language}/", text)
    return read_policy(path.name, text.encode(), amount_words=partial(amount_words, language=language)).document
