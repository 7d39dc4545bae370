"""Words so small that they pass for spelling, and so heavy that they turn a sentence round."""

from collections import Counter

from .letters import words_of

_MARKERS = """
not no never none nor neither only solely without unless except may might can could cannot will would shall should must always
all any every most some or and both either if until before after we you our your us they their
نہیں نہ مت کبھی ہرگز صرف محض بغیر بلا سوائے علاوہ یا اور لازمی ضروری لازماً سکتا سکتی سکتے چاہیے ہمیشہ تمام سب ہر اگر تک
پہلے بعد ہم آپ ہمارا ہمارے ہماری
"""
_WHO_AND_HOW_MANY = (
    "and or both either any all some most we you our your us they their اور یا ہم آپ ہمارا ہمارے ہماری تمام سب تک"
)
_ACTS_AND_THINGS = """
sell rent trade share disclose transfer keep store retain delete erase remove collect use process track combine consent agree
object opt refuse withdraw ask tell notify law legal free data partner partners third party parties anonymous
فروخت بیچتے بانٹتے شیئر منتقل رکھتے محفوظ حذف جمع استعمال رضامندی اجازت انکار اعتراض قانون مفت ڈیٹا شراکت فریق
"""
_FORMS = """
is are | was were | has have | that which | who whom | کا کی کے | ہے ہیں | تھا تھی تھے | گا گی گے | سکتا سکتی سکتے
ہمارا ہماری ہمارے | والا والی والے | کرتا کرتی کرتے | جاتا جاتی جاتے | ہوتا ہوتی ہوتے
"""

MARKERS = frozenset(_MARKERS.split())
TURNING = MARKERS - frozenset(_WHO_AND_HOW_MANY.split())
"""Those that turn a sentence round by themselves: denying, allowing, binding, limiting."""

WEIGHTY = MARKERS | frozenset(_ACTS_AND_THINGS.split())
"""Losing one of these is never a matter of spelling."""

SAME_WORD = tuple(frozenset(group.split()) for group in _FORMS.strip().replace("\n", " | ").split(" | "))
"""Forms of one word: swapping them is grammar."""


def is_marker(word: str) -> bool:
    word = word.casefold()
    return word in MARKERS or word.endswith("n't")


def turned(old: str, new: str) -> tuple[list[str], list[str]]:
    """The turning words that went and those that came."""
    before, after = _turning_in(old), _turning_in(new)
    return [*(before - after).elements()], [*(after - before).elements()]


def _turning_in(text: str) -> Counter[str]:
    words = (word.casefold() for word in words_of(text))
    return Counter(_base(word) for word in words if word in TURNING or word.endswith("n't"))


def _base(word: str) -> str:
    """ "don't" and "do not" say the same, and so do the forms of one Urdu word."""
    if word.endswith("n't"):
        return "not"
    if word == "cannot":
        return "not"
    return next((min(group) for group in SAME_WORD if word in group), word)
