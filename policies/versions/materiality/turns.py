"""Small words that turn a sentence round: "not", "only", "may" that became "will"."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import meaning
from .comparison import Changed, Comparison
from .suggestion import Suggestion, became, named
from .weight import turned


def suggest(section: Changed, _whole: Comparison) -> Iterator[Suggestion]:
    for edit in section.edits:
        if not edit.old or not edit.new:
            continue
        gone, come = turned(edit.before, edit.after)
        if gone or come:
            evidence = became(" ".join(gone) or "–", " ".join(come) or "–")
            for trigger in section.triggers_of(edit) or [meaning.NEAREST]:
                yield section.suggest(trigger, _words(section, gone, come), evidence)


def _words(section: Changed, gone: list[str], come: list[str]) -> str:
    words = {"heading": named(section.change["heading"]), "old": ", ".join(gone), "new": ", ".join(come)}
    if not come:
        return _("A sentence in “%(heading)s” lost “%(old)s”, which may turn it round.") % words
    if not gone:
        return _("A sentence in “%(heading)s” won “%(new)s”, which may turn it round.") % words
    return _("In a sentence of “%(heading)s” “%(old)s” became “%(new)s”.") % words
