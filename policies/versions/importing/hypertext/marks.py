"""What an author may mark in HTML, and the Markdown dialect turns into: anchors, regimes, promises."""

import re

from bs4 import Tag

from ..anchors import is_anchor

REGIME = re.compile(r"[a-z][a-z0-9-]*")
PROMISE = "data-promise-"


def marked_anchor(tag: Tag) -> str:
    marked = str(tag.get("id") or "")
    return marked if is_anchor(marked) else ""


def marked_regimes(tag: Tag) -> tuple[str, ...] | None:
    """`data-regimes=""` says that the section is for everybody, whatever its wording."""
    marked = tag.get("data-regimes")
    if marked is None:
        return None
    return tuple(regime for regime in str(marked).split() if REGIME.fullmatch(regime))


def promise_attributes(tag: Tag) -> dict[str, str]:
    """kind, amount, unit and label of `<p data-promise-kind=… data-promise-amount=…>`; empty if it is no promise."""
    return {name.removeprefix(PROMISE): str(value) for name, value in tag.attrs.items() if name.startswith(PROMISE)}
