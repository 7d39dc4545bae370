"""Pieces in the making, and one side of them."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from .format import Piece
from .tokens import Token, Within, joined


class Pieces(list[Piece]):
    """What may be one piece becomes one."""

    def put(self, op: Literal["same", "del", "ins"], html: str, within: Within, why: str = "") -> None:
        if not html:
            return
        last = self[-1] if self else None
        if last and last["op"] == op and last.get("why", "") == why and tuple(last.get("within", ())) == within:
            last["html"] += html
            return
        piece: Piece = {"op": op, "html": html}
        if within:
            piece["within"] = list(within)
        if why:
            piece["why"] = "link" if why == "link" else "format"
        self.append(piece)

    def put_all(self, op: Literal["same", "del", "ins"], found: Sequence[Token], why: str = "") -> None:
        if not any(token.within or token.gap_within for token in found):
            self.put(op, "".join([token.text + token.gap for token in found]), (), why)
            return
        for text, within, gap, gap_within in found:
            self.put(op, text, within, why)
            self.put(op, gap, gap_within, why)

    def put_equal(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        """Words that are equal; the space after them may not be."""
        if old == new:
            self.put_all("same", old)
            return
        for before, after in zip(old, new, strict=True):
            self.put("same", before.text, before.within)
            if before[2:] == after[2:]:
                self.put("same", before.gap, before.gap_within)
            else:
                self.put("del", before.gap, before.gap_within)
                self.put("ins", after.gap, after.gap_within)

    def put_other(self, old: Sequence[Token], new: Sequence[Token], why: str = "") -> None:
        """Other words, or the same ones in another style; a space that follows both stays unmarked."""
        last = old[-1] if old and new and old[-1][2:] == new[-1][2:] else Token("", (), "", ())
        if last.gap:
            old, new = _without_last_gap(old), _without_last_gap(new)
        self.put_all("del", old, why)
        self.put_all("ins", new, why)
        self.put("same", last.gap, last.gap_within)

    def put_restyled(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        self.put_other(old, new, why="link" if _links(old) != _links(new) else "format")

    def settled(self) -> list[Piece]:
        """The same pieces, with all that was deleted at a spot before all that was inserted there."""
        if not any(a["op"] == "ins" and b["op"] == "del" for a, b in pairwise(self)):
            return list(self)
        result = Pieces()
        for _, group in groupby(self, lambda piece: (piece["op"] == "same", piece.get("why", ""))):
            for piece in sorted(group, key=itemgetter("op")):
                result.put(piece["op"], piece["html"], tuple(piece.get("within", ())), piece.get("why", ""))
        return list(result)


def spelled(found: Iterable[Piece], *, without: Literal["del", "ins"]) -> str:
    """One side of the pieces as inline HTML."""
    own = [piece for piece in found if piece["op"] != without]
    if not any("within" in piece for piece in own):
        return "".join([piece["html"] for piece in own])
    return joined((piece["html"], piece.get("within", ())) for piece in own)


def _links(found: Iterable[Token]) -> list[str]:
    """The links in reading order, each once in a row."""
    links = (next((tag for tag in token.within if tag[0] == "a"), "") for token in found)
    return [link for link, _ in groupby(links)]


def _without_last_gap(found: Sequence[Token]) -> list[Token]:
    return [*found[:-1], found[-1]._replace(gap="", gap_within=())]
