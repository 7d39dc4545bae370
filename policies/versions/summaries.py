"""A summary for a change that nobody described: which sections changed, came and went."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from .document import Document
from .redline import compare, contents


def summary_of(old: Document, new: Document, *, language: str, named_as_in: Document | None = None) -> str:
    """Plain facts in a language; used where a publish skipped the form that asks for a summary.

    What changed is read from the original; a translation lends its headings.
    """
    found: dict[str, list[str]] = {"changed": [], "added": [], "removed": [], "moved": []}
    headings = {section["anchor"]: section["heading"] for section in named_as_in["sections"]} if named_as_in else {}
    for entry in contents(compare(old, new)):
        if entry["change"] in found and entry["heading"]:
            found[entry["change"]].append(headings.get(entry["anchor"], entry["heading"]))
    with override(language):
        words = {"changed": _("Changed"), "added": _("Added"), "removed": _("Removed"), "moved": _("Moved")}
        comma, sentence = _(", "), _("%(what)s: %(sections)s.")
        lines = [
            sentence % {"what": words[change], "sections": comma.join(headings)}
            for change, headings in found.items()
            if headings
        ]
    return " ".join(lines)[:1000]
