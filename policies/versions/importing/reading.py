"""The one way in: a file of any known kind becomes a document, with everything doubtful named."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from policies.versions.document import Document

from .assembling import assemble
from .errors import UnreadableFile
from .files import bytes_of, check_size, check_word_file, text_of
from .from_html import read_html
from .from_markdown import read_markdown
from .from_word import read_word
from .parts import Draft, Unplaced
from .plain_text import read_text
from .promise_hints import PromiseHint, promise_hints
from .promises import AmountWords, english_amount


@dataclass(frozen=True)
class Imported:
    """`visible_text` and `file_title` are what `lost_text` compares the document with."""

    document: Document
    unplaced: list[Unplaced]
    promise_hints: list[PromiseHint]
    visible_text: str
    file_title: str


@dataclass(frozen=True)
class Wishes:
    """What the person who imports has chosen."""

    title: str | None
    encoding: str | None
    amount_words: AmountWords


def read_policy(
    path: Path | str,
    content: bytes | None = None,
    *,
    title: str | None = None,
    encoding: str | None = None,
    amount_words: AmountWords = english_amount,
) -> Imported:
    """Reads the file at `path`, or `content` as a file of that name. Raises `UnreadableFile`, whose text is for people.

    The suffix decides the reader. `encoding` is for files that are neither UTF-8 nor marked UTF-16.
    """
    name = PurePath(path).name
    reader = READERS.get(PurePath(name).suffix.lower())
    if not reader:
        raise UnreadableFile(f"{name} is of no kind known here; known are {', '.join(READERS)}.")
    if content is None:
        content = bytes_of(Path(path))
    check_size(len(content), name)
    draft = reader(content, name, Wishes(title, encoding, amount_words))
    document = assemble(draft)
    unplaced = sorted(draft.unplaced, key=lambda doubt: doubt.line_number or sys.maxsize)
    return Imported(document, unplaced, promise_hints(document), draft.visible_text, draft.file_title)


def _text(content: bytes, name: str, wishes: Wishes) -> Draft:
    text = text_of(content, name, wishes.encoding)
    if text.lstrip()[:14].lower().startswith(("<!doctype html", "<html")):
        raise UnreadableFile(f"{name} is an HTML page; give it a name ending in .html.")
    return read_text(text, name, wishes.title)


def _markdown(content: bytes, name: str, wishes: Wishes) -> Draft:
    return read_markdown(text_of(content, name, wishes.encoding), name, wishes.title, wishes.amount_words)


def _html(content: bytes, name: str, wishes: Wishes) -> Draft:
    return read_html(text_of(content, name, wishes.encoding), name, wishes.title, wishes.amount_words)


def _word(content: bytes, name: str, wishes: Wishes) -> Draft:
    check_word_file(content, name)
    return read_word(content, name, wishes.title)


READERS: dict[str, Callable[[bytes, str, Wishes], Draft]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": _word,
}
