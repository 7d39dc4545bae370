"""What is left: new wording in a section whose topic Rule 6.04 names, or a sentence that does what it names."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .comparison import Changed, Comparison
from .edits import Edit
from .suggestion import Suggestion, named


def suggest(section: Changed, _whole: Comparison) -> Iterator[Suggestion]:
    """The first sentence that was edited stands for all of them; the redline beside it shows the rest."""
    for edit in section.edits:
        for trigger in section.triggers_of(edit):
            yield section.suggest(trigger, _words(section, edit), edit.after or edit.before)


def _words(section: Changed, edit: Edit) -> str:
    words = {"heading": named(section.change["heading"])}
    if not edit.old:
        return _("“%(heading)s” says something that it did not say before.") % words
    if not edit.new:
        return _("“%(heading)s” no longer says something that it said before.") % words
    return _("“%(heading)s” says something in other words than before.") % words
