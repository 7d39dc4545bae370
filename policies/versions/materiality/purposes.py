"""Uses that were not there before: data that people gave for one thing may come to serve another."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import meaning
from .comparison import Changed, Comparison
from .edits import Edit
from .letters import straight
from .suggestion import Suggestion, excerpt, named
from .topics import Topic
from .triggers import Trigger

_NAMES_A_BASIS = re.compile(
    r"\b(?:Article|Art\.) \d|legitimate interest|legal (?:basis|obligation)|lawful basis"
    r"|آرٹیکل|قانونی بنیاد|جائز مفاد",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:never|not|no longer)\b|n't\b|نہیں|کبھی", re.IGNORECASE)


def suggest(section: Changed, _whole: Comparison) -> Iterator[Suggestion]:
    for edit in section.edits:
        if edit.new and not edit.old and _is_a_use(edit, section):
            words = {"heading": named(section.change["heading"]), "use": excerpt(edit.after)}
            reason = _("“%(heading)s” says something new that data is used for: “%(use)s”")
            yield section.suggest(Trigger.NEW_PURPOSE, reason % words, edit.after)


def _is_a_use(edit: Edit, section: Changed) -> bool:
    """In a section on purposes every item of a list is one; elsewhere the sentence has to say so itself."""
    wording = straight(edit.after)
    if _NAMES_A_BASIS.search(wording) or _DENIES.search(wording):
        return False
    listed = edit.new is not None and edit.new.is_item and Topic.PURPOSES in section.topics
    return listed or Trigger.PURPOSES in meaning.of_sentence(edit.after)
