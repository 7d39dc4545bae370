"""Sections that came, went, or now speak to other people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import meaning
from .comparison import Changed, Comparison
from .suggestion import Suggestion, became, named


def suggest(section: Changed, _whole: Comparison) -> Iterator[Suggestion]:
    words = {"heading": named(section.change["heading"])}
    edit = section.edits[0] if section.edits else None
    if edit and section.old is None:
        for trigger in section.triggers_of(edit):
            yield section.suggest(trigger, _("“%(heading)s” is a new section.") % words, edit.after)
    elif edit and section.new is None:
        for trigger in section.triggers_of(edit):
            yield section.suggest(trigger, _("The section “%(heading)s” is gone.") % words, edit.before)
    elif "regimes" in section.change["was"]:
        yield from _other_people(section)


def _other_people(section: Changed) -> Iterator[Suggestion]:
    old, new = (
        ", ".join(each) or _("everybody") for each in (section.change["was"]["regimes"], section.change["regimes"])
    )
    reason = _("“%(heading)s” applied to %(old)s and now applies to %(new)s.")
    words = {"heading": named(section.change["heading"]), "old": old, "new": new}
    for trigger in section.triggers or [meaning.NEAREST]:
        yield section.suggest(trigger, reason % words, became(old, new))
