"""For which purposes a change asks for consent again. Their names are told from above: consent is the higher part."""

from collections.abc import Callable, Sequence

from .materiality import Trigger

Purposes = Callable[[], list[tuple[str, str]]]
_purposes: list[Purposes] = []


def register_purposes(purposes: Purposes) -> Purposes:
    """Tell what consent is asked for: codes and names, in the order of the page."""
    _purposes[:] = [purposes]
    return purposes


def purpose_choices() -> list[tuple[str, str]]:
    """Codes and names of what consent is asked for; empty where nothing is."""
    return [choice for purposes in _purposes for choice in purposes()]


def renewed_by(chosen: Sequence[str], triggers: Sequence[str], completed: list[str]) -> list[str]:
    """The purposes to be asked for again. A new use of data that names none is read strictly: all of them."""
    known = [code for code, _name in purpose_choices()]
    if not chosen and Trigger.NEW_PURPOSE in triggers and known:
        completed.append("renews")
        return sorted(known)
    return sorted(set(chosen) & set(known))
