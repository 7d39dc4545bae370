"""Telling a title from a heading."""

import re
from pathlib import PurePath

TITLE_WORDS = re.compile(r"\b(policy|notice|statement|terms|conditions|agreement|code|charter)\b", re.IGNORECASE)


def same_title(one: str, other: str) -> bool:
    return _bare(one) == _bare(other) != ""


def names_a_document(text: str) -> bool:
    return bool(TITLE_WORDS.search(text))


def title_from_name(name: str) -> str:
    words = re.sub(r"[-_\s]+", " ", PurePath(name).stem).strip()
    return words[:1].upper() + words[1:]


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
