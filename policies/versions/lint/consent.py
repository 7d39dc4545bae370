"""Clauses that are no valid consent."""

import re
from collections.abc import Iterator

from ..materiality import Topic
from .clauses import CLAUSES
from .finding import Finding
from .text import Part, Text

_MENTIONS = re.compile(
    r"consent|agree|accept|browser|deem|silence|check|read|consult|review|visit|monitor|revisit|remedy|option"
    r"|رضامند|راضی|متفق|اتفاق|قبول|منظور|تسلیم|براؤزر|صفح|پالیسی",
    re.IGNORECASE,
)
"""Most sentences speak of none of these and need no closer look."""

_DENIED = re.compile(
    r"\b(?:never|not|no longer|neither|nor|cannot)\b(?:\W+\w+){0,3}\W+(?:count\w*|mean\w*|constitut\w*|amount\w*"
    r"|imply|implies|signif\w*"
    r"|indicat\w*|be|become|treat\w*|consider\w*|deem\w*|assum\w*|tak\w+|require[sd]?|accept\w*|consent\w*"
    r"|agree\w*|by|merely)\b"
    r"|\b(?:does|do|is|are)n't\b(?:\W+\w+){0,2}\W+(?:count|mean|constitut\w*|consent|agree\w*|accept\w*|deemed)"
    r"|(?:رضامندی|قبول|منظور|اتفاق|رضامند)[^۔]*(?:نہیں|ہرگز)",
    re.IGNORECASE,
)
_DENIABLE = frozenset({"passive-acceptance", "consent-by-use", "deemed", "bundled-consent"})

_NOT_THE_ONLY_WAY = re.compile(r"\b(?:also|as well|in addition|additionally|besides)\b|بھی", re.IGNORECASE)
_ASKS_FIRST = re.compile(
    r"\bask you\b|\bonly (?:after|if|with|once|when) you\b|privacy choices|cookie (?:settings|preferences|choices"
    r"|banner)"
    r"|پوچھتے|آپ کی (?:اجازت|رضامندی)|رازداری کے انتخاب",
    re.IGNORECASE,
)
_REVIEWED_BY_US = re.compile(
    r"\b(?:we|our (?:team|staff|lawyers?)) (?:\w+ ){0,2}(?:check|review|monitor|consult|visit)|\bwe regularly\b", re.I
)


def look(text: Text) -> Iterator[Finding]:
    """A sentence can take consent for granted and show people the door at once, but only one of each kind is told."""
    for part, sentence, wording in text.sentences():
        if _MENTIONS.search(wording):
            for code in _broken(wording, part, text):
                yield text.found(code, part, sentence.text)


def _broken(wording: str, part: Part, text: Text) -> Iterator[str]:
    said_already = False
    for code, pattern in CLAUSES.items():
        is_consent = code in _DENIABLE
        if (is_consent and said_already) or not pattern.search(wording) or _is_excused(code, wording, part, text):
            continue
        said_already = said_already or is_consent
        yield code


def _is_excused(code: str, wording: str, part: Part, text: Text) -> bool:
    if code in _DENIABLE:
        return bool(_DENIED.search(wording)) or _is_about_terms(code, text)
    if code == "browser-as-choice":
        others = " ".join(sentence.text for sentence in part.sentences)
        return bool(_DENIED.search(wording) or (_NOT_THE_ONLY_WAY.search(wording) and _ASKS_FIRST.search(others)))
    return code == "check-back" and bool(_REVIEWED_BY_US.search(wording))


def _is_about_terms(code: str, text: Text) -> bool:
    """Ordering does accept terms of sale: that is a contract, and no consent is asked for."""
    return code == "bundled-consent" and not text.topics & {Topic.DATA, Topic.SHARING, Topic.RETENTION, Topic.RIGHTS}
