"""Sentences that look like promises: a number and a unit of time. People are shown them; nothing is made of them."""

import re
from dataclasses import dataclass

from policies.versions.document import Block, Document, inline_pieces

from .inline import plain

UNITS = {
    "hour": "hours",
    "business day": "business_days",
    "working day": "business_days",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
PERIOD = re.compile(rf"\b(?P<amount>\d{{1,4}})[ \u00a0-](?P<unit>{'|'.join(UNITS)})s?\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")


@dataclass(frozen=True)
class PromiseHint:
    anchor: str
    sentence: str
    amount: int
    unit: str


def promise_hints(document: Document) -> list[PromiseHint]:
    return [
        PromiseHint(section["anchor"], sentence, int(period["amount"]), UNITS[period["unit"].lower()])
        for section in document["sections"]
        for block in section["blocks"]
        if block["type"] != "promise"
        for sentence in _sentences(block)
        for period in PERIOD.finditer(sentence)
    ]


def _sentences(block: Block) -> list[str]:
    if block["type"] == "definitions":
        texts = [f"{plain(entry['term'])}: {plain(entry['html'])}" for entry in block["definitions"]]
    else:
        texts = [plain(piece) for piece in inline_pieces(block)]
    return [sentence.strip() for text in texts for sentence in SENTENCE_END.split(text)]
