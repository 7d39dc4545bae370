"""What a text lacks before it can be announced. Drafts may lack anything, and some ways of publishing ask no form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .promises import AMOUNT, Unit


class NotPublishable(PermissionDenied):
    """The text is not complete. Wagtail and its API answer a refusal of this kind with 302 or 403, never with 500."""


def missing_in(page: Any) -> list[str]:
    """What is missing, in words for the editor, with the place it is missing from."""
    missing = []
    for number, part in enumerate(page.sections, start=1):
        heading = (part.value["heading"] or "").strip()
        if not heading:
            missing.append(_("Section %(number)d has no heading.") % {"number": number})
        promises = [child.value for child in part.value["body"] if child.block_type == "promise"]
        if not all(map(_is_whole, promises)):
            missing.append(
                _("A promise in “%(heading)s” has no sentence, number or unit.") % {"heading": heading or number}
            )
    return missing


def _is_whole(promise: Any) -> bool:
    has_words = (promise["sentence"] or "").count(AMOUNT) == 1 and promise["kind"]
    return bool(has_words and promise["amount"] and promise["amount"] > 0 and promise["unit"] in Unit.values)
