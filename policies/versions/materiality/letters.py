"""Words as compared: without case, marks of direction and the several spellings of one letter."""

import re
import unicodedata
from functools import lru_cache

from ..redline.tokens import WORD

_DIGITS = "0123456789"
_ONE_SPELLING = str.maketrans("’‘“”\u00a0يىكۂ" + "۰۱۲۳۴۵۶۷۸۹" + "٠١٢٣٤٥٦٧٨٩", "''\"\" ییکہ" + 2 * _DIGITS)
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u064b-\u0652]")
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def straight(text: str) -> str:
    """The text with one spelling for each letter, for patterns to search; a dozen rules ask for each sentence."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).translate(_ONE_SPELLING)


def words_of(text: str) -> list[str]:
    """The words in order, their case kept."""
    return WORD.findall(straight(text))


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """Equal for two texts that differ in layout, case and punctuation only."""
    return _NOT_LETTERS.sub("", straight(text).casefold())
