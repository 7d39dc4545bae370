"""Changes that nobody is told of, and dates that somebody wrote by hand."""

import re
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import override

from ..materiality.letters import straight
from ..redline.numerals import figures_in
from .finding import Finding
from .text import Text

_CHANGE = r"(?:chang|modif|amend|updat|revis|alter|replac)\w*"
_TEXT = r"(?:polic(?:y|ies)|notice|statement|terms|it|document|page)"
_WITHOUT_NOTICE = re.compile(
    rf"\b(?:{_CHANGE}|right)\b.*\b(?:without (?:\w+ ){{0,2}}(?:notice|notif\w+|warning|telling|informing)|at (?:our"
    r"|its) (?:\w+ )?discretion)\b"
    rf"|\bwithout (?:\w+ ){{0,2}}(?:notice|notif\w+|warning)\b.*\b{_CHANGE}\b.*\b{_TEXT}\b"
    rf"|\bwe (?:\w+ ){{0,6}}{_CHANGE} (?:\w+ ){{0,4}}{_TEXT} (?:\w+ ){{0,2}}at any time\b"
    rf"|\b(?:changes?|revisions?|amendments?|updates?|modifications?)\b.*\b(?:effective|effect|force|apply"
    r"|binding) (?:immediately|at once|upon posting|"
    rf"when (?:\w+ ){{0,3}}post\w*|as soon as)\b"
    r"|(?:اطلاع (?:دیے |دئیے |کیے )?(?:کے )?بغیر|بغیر (?:کسی )?(?:پیشگی )?اطلاع|بلا اطلاع)[^۔]*(?:تبدیل|ترمیم)"
    r"|(?:تبدیل|ترمیم)[^۔]*(?:اطلاع (?:دیے |دئیے )?(?:کے )?بغیر|بغیر (?:کسی )?(?:پیشگی )?اطلاع|بلا اطلاع)"
    r"|تبدیلی[^۔]*فور(?:اً|ی طور پر) (?:نافذ|لاگو)",
    re.IGNORECASE,
)
_MENTIONS = re.compile(
    r"chang|modif|amend|updat|revis|alter|replac|effective|force since|version of|review|تبدیل|ترمیم|آخری|نافذ|لاگو",
    re.IGNORECASE,
)
"""Most sentences speak of none of these and need no closer look."""

_IS_TOLD = re.compile(
    r"\b(?:never|not|no)\b.*\bwithout\b|\bwe (?:\w+ )?(?:tell|inform|notify|announce|let you know)\b"
    r"|\bwill be (?:announced|notified)\b"
    r"|بغیر[^۔]*نہیں|نہیں کر",
    re.IGNORECASE,
)
_BY_HAND = re.compile(
    r"\b(?:last (?:updated|revised|modified|changed|reviewed)|effective(?: date| from| as of)?|in force since"
    r"|version of)\b\W*(?:on|from|as of)?\W*"
    r"|آخری (?:تبدیلی|ترمیم|بار|اپ ?ڈیٹ)[^۔\d]*|نافذ[^۔\d]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def look(text: Text) -> Iterator[Finding]:
    for part, sentence, wording in text.sentences():
        if not _MENTIONS.search(wording):
            continue
        if _WITHOUT_NOTICE.search(wording) and not _IS_TOLD.search(wording):
            yield text.found("change-without-notice", part, sentence.text)
        if (written := date_by_hand(wording)) and not _is_right(written, text):
            yield text.found("written-date", part, sentence.text)


def date_by_hand(wording: str) -> str:
    """The date that the text gives for itself, in its own words, or nothing."""
    opening = _BY_HAND.search(wording)
    if not opening:
        return ""
    first = next(iter(figures_in(wording[opening.end() :])), None)
    follows = first and wording[opening.end() :].startswith(first.words)
    return first.words if first and follows and _YEAR.search(first.words) else ""


def _is_right(written: str, text: Text) -> bool:
    day = text.effective_on
    if day is None:
        return False
    with override(text.language):
        shown = {date_format(day), f"{day:%d %B %Y}".lstrip("0"), f"{day:%B} {day.day}, {day.year}", day.isoformat()}
    return straight(written) in {straight(each) for each in shown}
