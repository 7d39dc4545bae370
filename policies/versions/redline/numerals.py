"""Numbers and dates in running text, with the words that belong to them, in any script's digits."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .alignment import aligned

MONTHS = (
    "January February March April May June July August September October November December "
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"
)
ANY_MONTH = f"(?:{'|'.join(MONTHS.split())})"
_TIMES = (
    "minute minutes hour hours day days week weeks month months year years "
    "منٹ منٹوں گھنٹہ گھنٹے گھنٹوں دن دنوں ہفتہ ہفتے ہفتوں ماہ مہینہ مہینے مہینوں سال سالوں"
)
_WRITTEN = (
    "one two three four five six seven eight nine ten eleven twelve fourteen fifteen twenty twenty-four thirty "
    "forty forty-five forty-eight sixty seventy-two ninety "
    "ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ چودہ پندرہ بیس تیس چالیس پینتالیس ساٹھ نوے"
)
_KINDS_OF_DAYS = "business working calendar consecutive full کاروباری"
_NOT_A_UNIT = (
    "a an and are as at by for from if in into is of on or per the to until when where which with "
    "میں کے کی کا سے تک پر اور کو نے یا ہے ہیں"
)


def _any(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + r")\b"


_LETTERS = r"[^\W\d_]+"
_NUMBER = r"\d+(?:[.,:/٫٬–-]\d+)*"
_ALONE = r"(?<![\w./])"  # not the "2.1" of an address such as "a.example/v2.1"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_QUALIFIED = rf"(?:{_any(_KINDS_OF_DAYS)}\s+)?"
_MONTH = f"(?-i:{_any(MONTHS)})"  # "May 5" is a date, "may 5 people" is not
_UNIT = rf"(?:\)?[\s-]{_QUALIFIED}(?!{_any(_NOT_A_UNIT)}){_LETTERS})?"
_FIGURE = re.compile(
    rf"\b{_ORDINAL}\.?\s+{_LETTERS},?\s+\d{{4}}\b"
    rf"|\b{_MONTH}\s+{_ORDINAL},?\s+\d{{4}}\b"
    rf"|\b{_ORDINAL}\s+{_MONTH}"
    rf"|\b{_MONTH}\s+\d{{1,4}}\b"
    rf"|(?:(?:[$€£₨]|\b(?:Rs|PKR|EUR|USD)\b\.?)\s?|{_ALONE}){_NUMBER}(?:\s?[%٪]|{_UNIT})"
    rf"|\b{_any(_WRITTEN)}\s+{_QUALIFIED}{_any(_TIMES)}",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """A number or date as written, and as compared."""

    words: str
    key: str


def figures_in(text: str) -> list[Figure]:
    """Without the bracket of "seventy-two (72) hours", which says "72 hours"."""
    found = (" ".join(match[0].replace(")", "").split()) for match in _FIGURE.finditer(text))
    return [Figure(words, folded(words).casefold()) for words in found]


def figure_of(text: str, amount: int) -> str:
    """The words in which a text gives this amount, or nothing."""
    wanted = re.compile(rf"(?<!\d){amount}(?!\d)")
    return next((figure.words for figure in figures_in(text) if wanted.search(figure.key)), "")


def replaced_figures(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Numbers and dates of one sentence that took the place of others, as written."""
    before, after = figures_in(old), figures_in(new)
    for equal, i, j in aligned([figure.key for figure in before], [figure.key for figure in after]):
        if not equal:
            yield from _paired(before[i], after[j])


def folded(text: str) -> str:
    """The text with the digits of any script written 0 to 9."""
    return "".join([str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text])


def _paired(old: list[Figure], new: list[Figure]) -> Iterator[tuple[str, str]]:
    """A figure goes with the next of its own unit, else with the next one."""
    left = list(new)
    for figure in old:
        twin = next((each for each in left if _unit(each) == _unit(figure)), left[0] if left else None)
        if twin is not None:
            left.remove(twin)
            yield figure.words, twin.words


def _unit(figure: Figure) -> str:
    """Equal for "1 year" and "2 years"; rough is enough, as it only breaks ties."""
    return "".join(letter for letter in figure.key if letter.isalpha()).removesuffix("s")
