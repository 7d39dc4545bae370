"""Lists: bulleted, numbered, and those without any mark."""

from itertools import takewhile

from policies.versions.document import Block

from ..inline import inline
from ..parts import Unplaced
from .found import Found
from .lines import Line, lines_from
from .marks import bullet_of, number_of
from .shapes import ends_a_sentence, is_sure_label, is_title_case, label_of

LONGEST_UNMARKED_ITEM = 120
"""Characters; what is longer is rather a sentence that lost its full stop."""


def bulleted_list(lines: list[Line], at: int) -> Found | None:
    first = lines[at]
    if not bullet_of(first.text):
        return None
    items: list[list[Line]] = []
    for line in lines_from(lines, at):
        if items and line.indent > first.indent and _without_mark(line) != line.text:
            items[-1].append(line)
        elif bullet_of(line.text):
            items.append([line])
        else:
            break
    return _list(items, ordered=False)


def numbered_list(lines: list[Line], at: int) -> Found | None:
    """At least two numbers that follow each other. A number alone may be a heading's."""
    first, number = lines[at], number_of(lines[at].text)
    if not number or number.depth > 1:
        return None
    items: list[list[Line]] = []
    for line in lines_from(lines, at):
        following = number_of(line.text)
        if items and line.indent > first.indent and _without_mark(line) != line.text:
            items[-1].append(line)
        elif following and following.depth == 1 and following.value == number.value + len(items):
            items.append([line])
        else:
            break
    if len(items) < 2:
        return None
    found = _list(items, ordered=True)
    if number.value != 1:
        found.unplaced.append(
            Unplaced(first.number, first.text, "This list does not start at 1; its numbers will change.")
        )
    return found


def unmarked_list(lines: list[Line], at: int) -> Found | None:
    """Short lines without a full stop, straight after a line that ends in a colon."""
    if at == 0 or not lines[at - 1].text.endswith(":"):
        return None
    items = list(takewhile(_could_be_item, lines_from(lines, at)))
    if any(line.after_blank for line in items[1:]):
        return None
    items = _up_to_a_heading(items)
    after = lines[at + len(items)] if at + len(items) < len(lines) else None
    if items and after and items[-1].text.endswith((";", "; and", "; or")) and not after.after_blank:
        items.append(after)
    if len(items) < 2 or all(is_title_case(line.text) for line in items):
        return None
    found = _list([[line] for line in items], ordered=False)
    found.unplaced.extend(
        Unplaced(line.number, line.text, "Read as an item of a list without bullets.") for line in items
    )
    return found


def _could_be_item(line: Line) -> bool:
    if len(line.text) > LONGEST_UNMARKED_ITEM or label_of(line.text) or _without_mark(line) != line.text:
        return False
    return line.text.endswith(";") or not ends_a_sentence(line.text)


def _up_to_a_heading(items: list[Line]) -> list[Line]:
    """The last of them is the next heading where it alone is in title case."""
    if items and is_title_case(items[-1].text) and not all(is_title_case(line.text) for line in items):
        return items[:-1]
    return items


def _without_mark(line: Line) -> str:
    number = number_of(line.text)
    return line.text[number.length :] if number else line.text[len(bullet_of(line.text)) :]


def _list(items: list[list[Line]], *, ordered: bool) -> Found:
    texts = [[_without_mark(line) for line in item] for item in items]
    are_labelled = all(_is_labelled(lines[0]) for lines in texts)
    html = ["<br>".join(_item(text, bold=are_labelled) for text in lines) for lines in texts]
    block: Block = {"type": "list", "ordered": ordered, "items": html}
    inner = [line for item in items for line in item[1:]]
    why = "A list inside a list: kept as a line of the item above it."
    doubts = [Unplaced(line.number, line.text, why) for line in inner]
    return Found([block], len(inner) + len(items), doubts)


def _is_labelled(text: str) -> bool:
    label = label_of(text)
    return bool(label and is_sure_label(label[0]))


def _item(text: str, *, bold: bool) -> str:
    label = label_of(text)
    return f"<b>{inline(label[0])}:</b> {inline(label[1])}" if label and bold else inline(text)
