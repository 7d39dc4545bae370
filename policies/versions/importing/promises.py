"""Promises marked by their author, in Markdown or as `data-promise-…` attributes in HTML."""

import re
from collections.abc import Callable, Mapping
from typing import cast

from policies.versions.document import Block

from .errors import UnclearPromise
from .inline import inline

AmountWords = Callable[[int, str], str]
"""Turns an amount and its unit into words of the document's language: (72, "hours") into "72 hours"."""

UNITS = ("hours", "days", "business_days", "weeks", "months", "years")
AMOUNT = "{amount}"
LONGEST_AMOUNT = 5
"""Digits; a promise of a hundred thousand years is a slip of the finger."""

ATTRIBUTES = ("kind", "amount", "unit", "label")
MARK = re.compile(r"::promise\{(?P<attributes>(?:[^\"}]|\"[^\"]*\")*)\}\s*")
ATTRIBUTE = re.compile(r'\s*([a-z]+)=(?:"([^"]*)"|([^\s"]+))')
KIND = re.compile(r"[a-z][a-z0-9_]*")


def english_amount(amount: int, unit: str) -> str:
    words = unit.replace("_", " ")
    return f"{amount} {words[:-1] if amount == 1 else words}"


def marked_attributes(text: str, line_number: int | None) -> tuple[dict[str, str], str]:
    """Splits "::promise{…} sentence" into its attributes and the sentence."""
    mark = MARK.match(text)
    if not mark:
        raise UnclearPromise(_at(line_number, "write ::promise{kind=… amount=… unit=…} and then the sentence."))
    if "::promise" in text[mark.end() :]:
        raise UnclearPromise(_at(line_number, "two promises need an empty line between them."))
    unread = ATTRIBUTE.sub("", mark["attributes"]).strip()
    if unread:
        raise UnclearPromise(_at(line_number, f"“{unread}” is not understood; attributes are written name=value."))
    attributes = {name: quoted or bare for name, quoted, bare in ATTRIBUTE.findall(mark["attributes"])}
    return attributes, text[mark.end() :]


def promise_block(
    attributes: Mapping[str, str], sentence: str, amount_words: AmountWords, line_number: int | None
) -> Block:
    """`sentence` is inline HTML with `{amount}` in it; the block keeps it in an extra key, beside `html`."""
    if unknown := set(attributes) - set(ATTRIBUTES):
        raise UnclearPromise(_at(line_number, f"{', '.join(sorted(unknown))} is not among {', '.join(ATTRIBUTES)}."))
    amount = _amount(attributes.get("amount", ""), line_number)
    unit = attributes.get("unit", "")
    if unit not in UNITS:
        raise UnclearPromise(_at(line_number, f"the unit is “{unit}”; it must be one of {', '.join(UNITS)}."))
    if not KIND.fullmatch(attributes.get("kind", "")):
        raise UnclearPromise(_at(line_number, "it needs a kind, such as kind=first_reply."))
    if sentence.count(AMOUNT) != 1:
        raise UnclearPromise(_at(line_number, f"its sentence must say {AMOUNT} once, where the number is to stand."))
    block = {
        "type": "promise",
        "kind": attributes["kind"],
        "amount": amount,
        "unit": unit,
        "label": inline(attributes.get("label", "")),
        "html": sentence.replace(AMOUNT, inline(amount_words(amount, unit))),
        "sentence": sentence,
    }
    return cast(Block, block)


def _amount(text: str, line_number: int | None) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_AMOUNT and int(text) > 0):
        raise UnclearPromise(_at(line_number, f"the amount is “{text}”; it must be a whole number above 0."))
    return int(text)


def _at(line_number: int | None, complaint: str) -> str:
    place = f"Line {line_number}: " if line_number else ""
    return f"{place}a promise is not clear: {complaint}"
