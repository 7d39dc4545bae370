"""Times that nobody can hold the site to: "as long as necessary", "within a reasonable time"."""

import re
from collections.abc import Iterator

from ..materiality import Sentence, Topic
from ..redline.numerals import figures_in
from .finding import Finding
from .text import Part, Text

_KEEPS = re.compile(
    r"\b(?:keep|keeps|kept|retain\w*|retention|stor(?:e|es|ed|ing)|hold|held|maintain\w*|remain\w*|preserv\w*)\b"
    r"|رکھ|محفوظ|برقرار",
    re.IGNORECASE,
)
_NO_PERIOD = re.compile(
    r"\b(?:as|so) long as (?:\w+ ){0,4}(?:necessary|needed|need|require[sd]?|relevant|appropriate|useful|possible"
    r"|reasonabl[ey]|wish|want)\b"
    r"|\b(?:as|so) long as (?:its|their|the) purposes? requires?\b|\b(?:indefinitely|permanently|forever"
    r"|in perpetuity|without limit)\b"
    r"|\b(?:reasonable|appropriate|necessary|certain|limited) (?:period|time|duration)\b"
    r"|\bwhile (?:\w+ ){0,2}(?:relevant|needed|necessary|useful)\b"
    r"|\buntil (?:\w+ ){0,4}no longer (?:\w+ ){0,2}(?:needed|necessary|required|relevant)\b"
    r"|\bwhen no longer (?:needed|necessary|required)\b"
    r"|جب تک (?:\w+ ){0,4}(?:ضروری|ضرورت|درکار|متعلق)|جتنی [^۔]*(?:ضروری|ضرورت|درکار)|غیر معینہ|ہمیشہ (?:کے لیے"
    r"|محفوظ)|مناسب (?:مدت|عرص)"
    r"|(?:ضروری|ضرورت|درکار) (?:ہو|رہے|ہونے) تک",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|no longer|nothing|n't)\b.*\b(?:indefinitely|permanently|forever)\b|n't (?:\w+ )?permanently|نہیں",
    re.IGNORECASE,
)

_PERIODS_THAT_FOLLOW = 2
"""A general sentence may open a section that then names so many periods."""

_NO_DEADLINE = re.compile(
    r"\b(?:with)?in (?:a )?(?:reasonable|timely|prompt|due)(?: \w+)? (?:time(?:frame)?|period|manner|course)\b"
    r"|\b(?:typically|usually|generally|normally)\b"
    r"|\b(?:most|many) (?:\w+ )?(?:requests|inquiries|enquiries|cases)\b|\bas soon as (?:reasonably )?(?:possible"
    r"|practicable)\b|\bpromptly\b"
    r"|\bin due course\b|مناسب (?:وقت|مدت|عرص)|جلد از جلد|عام طور پر|عموماً|(?<!از )\bجلد\b(?! از)|زیادہ تر درخواست",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:we|we'll|our team)\b.*\b(?:respond\w*|repl\w+|answer\w*|provide|send|correct|updat\w+|delet\w+|eras\w+"
    r"|resolv\w+|settle\w*|act on|process|"
    r"handle)\b|\b(?:respond|resolve|answer)\w*\b.*\b(?:requests?|inquiries)\b|(?:جواب|درخواست|فراہم|حذف|درست"
    r"|نقل)[^۔]*(?:دی|کر|نمٹا|بھیج)",
    re.IGNORECASE,
)
_TIMED = frozenset({Topic.RIGHTS, Topic.CONTACT})
_WITHIN = re.compile(
    r"\b(?:within|no later than|in (?:less|no more) than|after|for|typically|to)\s+(?:\w+ ){0,3}\d+ (?:(?:business"
    r"|working|calendar) )?(?:hour|day|week|month|year)s?\b"
    r"|\d+ (?:کاروباری )?(?:گھنٹ|دن|ہفت|ماہ|مہین|سال)\w* (?:کے اندر|میں|تک|بعد)",
    re.IGNORECASE,
)
_OF_A_LAW = re.compile(r"\b(?:allows?|law|Act|GDPR|CCPA|CPRA|California)\b|قانون", re.IGNORECASE)


def look(text: Text) -> Iterator[Finding]:
    for part, sentence, wording in text.sentences():
        if _is_vague_retention(part, sentence, wording):
            yield text.found("vague-retention", part, sentence.text)
        if part.topics & _TIMED and _NO_DEADLINE.search(wording) and _ANSWERS.search(wording):
            yield text.found("vague-deadline", part, sentence.text)
        if _is_plain_promise(part, sentence, wording):
            yield text.found("plain-number", part, sentence.text)


def _is_vague_retention(part: Part, sentence: Sentence, wording: str) -> bool:
    if not _NO_PERIOD.search(wording) or _DENIED.search(wording) or figures_in(wording):
        return False
    if Topic.RETENTION in part.topics:
        return sentence.is_item or not _opens_periods(part, sentence)
    return bool(_KEEPS.search(wording)) and Topic.SECURITY not in part.topics


def _opens_periods(part: Part, sentence: Sentence) -> bool:
    later = [each for each in part.sentences if each.block >= sentence.block and figures_in(each.text)]
    return len(later) >= _PERIODS_THAT_FOLLOW


def _is_plain_promise(part: Part, sentence: Sentence, wording: str) -> bool:
    """A time in a section that makes promises, unless it only tells what a law allows."""
    promising = part.topics & (_TIMED | {Topic.RETENTION, Topic.CHANGES, Topic.COMPLAINTS})
    if not promising or sentence.is_promise or not _WITHIN.search(wording):
        return False
    return Topic.RETENTION in part.topics or not _OF_A_LAW.search(wording)
