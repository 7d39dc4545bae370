"""Promises and other numbers that changed."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..redline import ChangedFigure
from ..redline.numerals import replaced_figures
from . import meaning
from .comparison import Changed, Comparison
from .edits import Edit
from .letters import straight
from .suggestion import Suggestion, became, named

DATED_BY_HAND = re.compile(
    r"\b(?:last|effective|version|date of)\W+(?:updated|revised|modified|changed|reviewed|date|from|as of|on)\b"
    r"|آخری (?:تبدیلی|اپ ?ڈیٹ|ترمیم)",
    re.IGNORECASE,
)
"""The date of the text itself changes with every version."""


def suggest(section: Changed, whole: Comparison) -> Iterator[Suggestion]:
    """Promises are known by their kind, so they are found even where their sentence is quite another."""
    for figure in whole.figures:
        if figure["promise"] and _is_in(figure, section):
            evidence = became(figure["old"], figure["new"]).strip(" →")
            yield section.suggest(meaning.of_promise(figure["promise"]), _promise_words(figure), evidence)
    for edit in section.edits:
        yield from _numbers(section, edit)


def _is_in(figure: ChangedFigure, section: Changed) -> bool:
    return (figure["anchor"], figure["heading"]) == (section.change["anchor"], section.change["heading"])


def _promise_words(figure: ChangedFigure) -> str:
    words = {"heading": named(figure["heading"]), "old": figure["old"], "new": figure["new"]}
    if not figure["old"]:
        return _("“%(heading)s” makes a new promise: %(new)s.") % words
    if not figure["new"]:
        return _("“%(heading)s” gave up a promise: %(old)s.") % words
    return _("“%(heading)s” changed a promise: %(old)s became %(new)s.") % words


def _numbers(section: Changed, edit: Edit) -> Iterator[Suggestion]:
    if not edit.old or not edit.new or edit.new.is_promise or DATED_BY_HAND.search(straight(edit.after)):
        return
    for old, new in replaced_figures(edit.before, edit.after):
        words = {"heading": named(section.change["heading"]), "old": old, "new": new}
        for trigger in section.triggers_of(edit) or [meaning.NEAREST]:
            yield section.suggest(trigger, _("In “%(heading)s” %(old)s became %(new)s.") % words, became(old, new))
