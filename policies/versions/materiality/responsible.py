"""Who is responsible, and under which name and address."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .comparison import Changed, Comparison
from .letters import straight
from .names import names_in
from .suggestion import Suggestion, became, named
from .triggers import Trigger

_SAYS_WHO = re.compile(
    r"\b(?:data )?controllers?\b|\b(?:is|are) responsible for (?:the|your) (?:\w+ )*(?:data|information|processing)"
    r"|\b(?:operated|owned|run) by\b|\bregistered (?:office|address|company)\b|\bpostal address\b|\btrading as\b"
    r"|\bdata protection officer\b"
    r"|کنٹرولر|کے ذمہ دار|رجسٹرڈ|ڈاک کا پتہ|زیرِ? ?انتظام|ڈیٹا پروٹیکشن آفیسر",
    re.IGNORECASE,
)
_OFTEN = 3
"""A name that stands in the text so often is the site's own."""


def suggest(section: Changed, whole: Comparison) -> Iterator[Suggestion]:
    for edit in section.edits:
        if _SAYS_WHO.search(straight(edit.after)) or _SAYS_WHO.search(straight(edit.before)):
            words = {"heading": named(section.change["heading"])}
            reason = _("“%(heading)s” says anew who is responsible or where to find them.")
            yield section.suggest(Trigger.CONTROLLER, reason % words, edit.after or edit.before)
    if section is whole.changed[0]:
        yield from _renamed(section, whole)


def _renamed(section: Changed, whole: Comparison) -> Iterator[Suggestion]:
    """A name that is gone everywhere stood in sentences that were edited, so only these are read."""
    edits = [edit for each in whole.changed for edit in each.edits]
    old = _own_name((edit.before for edit in edits), often_in=whole.old_text, absent_from=whole.new_text)
    new = _own_name((edit.after for edit in edits), often_in=whole.new_text, absent_from=whole.old_text)
    if old and new:
        reason = _("The name “%(old)s” is gone from the whole text; “%(new)s” stands there now.") % {
            "old": old,
            "new": new,
        }
        yield section.suggest(Trigger.CONTROLLER, reason, became(old, new))


def _own_name(sentences: Iterable[str], *, often_in: str, absent_from: str) -> str:
    names = dict.fromkeys(name for text in sentences for name in names_in(text))
    own = [name for name in names if often_in.count(name.casefold()) >= _OFTEN and name.casefold() not in absent_from]
    return max(own, key=lambda name: often_in.count(name.casefold()), default="")
