"""Parts and pieces as inline HTML with insertions and deletions."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, takewhile
from typing import Literal

from .format import Part, Piece
from .labels import Labels
from .shifts import wording
from .tokens import joined

Mark = Literal["ins", "del"]

_OF_LINES: dict[str, Mark] = {"added": "ins", "removed": "del"}


def hidden(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'


class Marks:
    """Marks in the reader's language; `shifted` is wording that left one place and came to another."""

    def __init__(self, labels: Labels, shifted: frozenset[str] = frozenset()) -> None:
        self.labels, self.shifted = labels, shifted

    def part(self, part: Part, op: str) -> str:
        """A cell, term or text as the line it stands in demands."""
        if isinstance(part, str):
            return self.whole(_OF_LINES[op], part) if op in _OF_LINES else part
        if "pieces" in part:
            return self.pieces(part["pieces"])
        return self.whole("ins", part["new"]) if "new" in part else self.whole("del", part["old"])

    def whole(self, mark: Mark, html: str) -> str:
        """A whole text that came or went; nothing is put around nothing."""
        return self._marked(mark, html) if html else ""

    def pieces(self, pieces: Sequence[Piece]) -> str:
        """Marks stand inside the links and formatting that all they mark has in common."""
        return joined(self._runs(pieces))

    def _runs(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, Sequence[str]]]:
        gone: Sequence[str] | None = None
        for (op, why), group in groupby(pieces, lambda piece: (piece["op"], piece.get("why", ""))):
            run = list(group)
            if op == "same":
                yield from ((piece["html"], piece.get("within", ())) for piece in run)
                gone = None
                continue
            around = _common([piece.get("within", []) for piece in run])
            if gone is not None:
                yield " ", _common([gone, around])
            yield from ((html, around) for html in self._run("ins" if op == "ins" else "del", why, run, around) if html)
            gone = around if op == "del" and not all(piece["html"].isspace() for piece in run) else None

    def _run(self, mark: Mark, why: str, run: Sequence[Piece], around: Sequence[str]) -> Iterator[str]:
        """Space stands outside of marks: nobody sees it come or go."""
        html = joined((piece["html"], piece.get("within", [])[len(around) :]) for piece in run)
        words = html.strip()
        if not words:
            yield html if mark == "ins" else ""
            return
        start, _, end = html.partition(words)
        yield from (start, self._marked(mark, words, why, link_target(run) if why == "link" else ""), end)

    def _marked(self, mark: Mark, html: str, why: str = "", target: str = "") -> str:
        why = "shifted" if not why and wording(html) in self.shifted else why
        css = f' class="redline__{why}"' if why in ("shifted", "format") else ""
        return f"<{mark}{css}>{self._said(mark, why)}{html}{self._noted(mark, why, target)}</{mark}>"

    def _said(self, mark: Mark, why: str) -> str:
        """Read aloud before the words; that they only moved is seen as well."""
        said = self.labels.before_marked(mark, why)
        return _note(said) if why == "shifted" else hidden(said)

    def _noted(self, mark: Mark, why: str, target: str) -> str:
        """What sighted readers are told too, as the words themselves stayed."""
        if why == "format" and mark == "ins":
            return _note(f" {self.labels.format_note}")
        return f' <span class="redline__target" dir="ltr">({target})</span>' if target else ""


def _note(text: str) -> str:
    return f'<span class="redline__note">{escape(text)}</span>'


def _common(withins: Sequence[Sequence[str]]) -> list[str]:
    same = takewhile(lambda tags: len(set(tags)) == 1, zip(*withins, strict=False))
    return [tags[0] for tags in same]


def link_target(run: Sequence[Piece]) -> str:
    """The target of the first link, escaped as it stands in the source."""
    tags = (tag for piece in run for tag in piece.get("within", ()) if tag.startswith("a "))
    return next((tag.partition('href="')[2].partition('"')[0] for tag in tags), "")
