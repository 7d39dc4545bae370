"""Where the class that was chosen and what the redline shows do not go together."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..states import ChangeClass
from .suggestion import Suggestion
from .triggers import Trigger


def contradictions(change_class: str, triggers: Sequence[str], suggestions: Sequence[Suggestion]) -> list[str]:
    """Sentences that each need a written reason; none where all fits together."""
    ticked = [Trigger(code) for code in triggers]
    return list(_contradictions(change_class, ticked, suggestions))


def _contradictions(change_class: str, ticked: list[Trigger], suggestions: Sequence[Suggestion]) -> Iterator[str]:
    if change_class == ChangeClass.MATERIAL:
        if not ticked:
            yield _("The change is called material, but nothing is ticked that makes it so.")
        return
    label = ChangeClass(change_class).label.split(":")[0] if change_class in ChangeClass.values else change_class
    if suggestions:
        message = ngettext(
            "The change is called “%(label)s”, but the redline shows %(count)d reason to call it material: %(triggers)s.",
            "The change is called “%(label)s”, but the redline shows %(count)d reasons to call it material: %(triggers)s.",
            len(suggestions),
        )
        words = {"label": label, "count": len(suggestions), "triggers": _listed(each.trigger for each in suggestions)}
        yield message % words
    if ticked and change_class == ChangeClass.EDITORIAL:
        message = _("The change is called “%(label)s”, but this is ticked: %(triggers)s.")
        yield message % {"label": label, "triggers": _listed(ticked)}


def _listed(triggers: Iterable[Trigger]) -> str:
    found = set(triggers)
    return get_text_list([str(each.label) for each in Trigger if each in found], _("and"))
