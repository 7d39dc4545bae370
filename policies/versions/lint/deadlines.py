"""Promises held against the law, and against how long it really took."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import get_language

from policies.jurisdictions.rules import regimes

from ..document import Block
from ..promises import PromiseKind, Unit, amount_words
from ..redline.tokens import plain
from .finding import Finding
from .limits import Limit, limits_on
from .spans import Span, is_longer, is_sometimes_longer
from .text import Part, Text

_DAY = timedelta(days=1)
_MODEST = 3
"""A promise so many times longer than what was measured could be a shorter one."""


def look(text: Text) -> Iterator[Finding]:
    for part in text.parts:
        for block in part.section["blocks"]:
            if block["type"] == "promise" and block.get("unit") in Unit.values and block.get("amount", 0) > 0:
                yield from _against_law(text, part, block)
                yield from _against_past(text, part, block)


def _against_law(text: Text, part: Part, block: Block) -> Iterator[Finding]:
    promise = Span(block["amount"], block["unit"])
    broken = [limit for limit in limits_on(block["kind"], part.section["regimes"]) if is_longer(promise, limit.span)]
    if broken:
        yield _too_long("longer-than-law", text, part, block, min(broken, key=_length))
        return
    risky = [
        limit for limit in limits_on(block["kind"], part.section["regimes"]) if is_sometimes_longer(promise, limit.span)
    ]
    if risky:
        yield _too_long("sometimes-longer-than-law", text, part, block, min(risky, key=_length))


def _length(limit: Limit) -> int:
    return limit.span.shortest


def _too_long(code: str, text: Text, part: Part, block: Block, limit: Limit) -> Finding:
    """The strictest law speaks for all of them."""
    editor = get_language() or text.language
    known = regimes().get(limit.regime)
    words = {
        "name": known.name if known else limit.regime,
        "limit": limit.span.words(editor),
        "promise": Span(block["amount"], block["unit"]).words(editor),
        "days": amount_words(limit.span.shortest // 24, Unit.DAYS, language=editor),
        "source": limit.source,
    }
    return text.found(code, part, plain(block["html"]), **words)


def _against_past(text: Text, part: Part, block: Block) -> Iterator[Finding]:
    measured = text.performance.get(block["kind"])
    if measured is None or block["kind"].startswith("retention_"):
        return
    promise = Span(block["amount"], block["unit"])
    if measured > timedelta(hours=promise.longest):
        yield _compared("promise-not-kept", text, part, block, measured)
    elif measured * _MODEST <= timedelta(hours=promise.shortest) and block["kind"] != PromiseKind.NOTICE_PERIOD:
        yield _compared("promise-too-modest", text, part, block, measured)


def _compared(code: str, text: Text, part: Part, block: Block, measured: timedelta) -> Finding:
    editor = get_language() or text.language
    promise = Span(block["amount"], block["unit"]).words(editor)
    return text.found(code, part, plain(block["html"]), promise=promise, measured=_took(measured, editor))


def _took(measured: timedelta, language: str) -> str:
    """Rounded up: half an hour is an hour, and 20.2 days are 21."""
    if measured < 4 * _DAY:
        return amount_words(max(1, -(-measured // timedelta(hours=1))), Unit.HOURS, language=language)
    return amount_words(-(-measured // _DAY), Unit.DAYS, language=language)
