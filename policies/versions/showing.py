"""A redline in the reader's words: for pages, for letters, for the editor."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from policies.jurisdictions.rules import regimes

from .document import Document
from .models.versions import VersionText
from .redline import Labels, Redline, changed_figures, compare, contents, counts, render, with_unchanged
from .redline import plain as plain_form


def labels() -> Labels:
    """The words of a rendered redline in the active language."""
    return Labels(
        added=_("added: "),
        removed=_("removed: "),
        link_before=_("link before: "),
        link_after=_("link now: "),
        format_before=_("formatting before: "),
        format_after=_("formatting now: "),
        format_note=_("(formatting)"),
        shifted_away=_("moved away: "),
        shifted_here=_("moved here: "),
        moved_from=_("Moved here from “{heading}”: "),
        moved_within=_("Moved here within this section: "),
        moved_off=_("Moved elsewhere in this section: "),
        moved_to=_("Moved to “{heading}”: "),
        reshaped=_("({old} became {new}) "),
        regimes=_("Applies under: "),
        everybody=_("everybody"),
        layout=_("Only the layout changed."),
        before=_("before: "),
        now=_("now: "),
        older=_("Before"),
        newer=_("After"),
        not_yet=_("(not there yet)"),
        no_longer=_("(no longer there)"),
        unchanged=_("Show unchanged ({count})"),
        introduction=_("Introduction"),
        section_changed=_("Changed"),
        section_added=_("New"),
        section_removed=_("Removed"),
        section_moved=_("Moved"),
        kinds={
            "paragraph": _("paragraph"),
            "heading3": _("subheading"),
            "heading4": _("smaller subheading"),
            "bullet": _("list item"),
            "number": _("numbered item"),
            "definition": _("definition"),
            "head": _("table heading"),
            "row": _("table row"),
            "promise": _("promise"),
        },
        regime_names={code: regime.name for code, regime in regimes().items()},
    )


def shown(redline: Redline, *, beside: bool = False) -> dict[str, Any]:
    """What pages show of a redline, in the active language: HTML, contents with badges, changed figures, counts."""
    return {
        "html": render.beside(redline, labels()) if beside else render.web(redline, labels()),
        "contents": contents(redline),
        "figures": changed_figures(redline),
        "counts": counts(redline),
        "identical": is_identical(redline),
    }


def is_identical(redline: Redline) -> bool:
    """Whether there is nothing to show."""
    same_title = not redline.get("title_pieces")
    return same_title and all(section["change"] == "unchanged" for section in redline["sections"])


def redline_of(old: Document, new: Document, *, language: str, beside: bool = False) -> dict[str, Any]:
    """Two documents compared now, shown in a language."""
    with override(language):
        return shown(compare(old, new), beside=beside)


def stored_redline(text: VersionText, *, language: str, beside: bool = False) -> dict[str, Any] | None:
    """What a text changed since the version before it, as it was stored; None for a first text."""
    stored = getattr(text, "redline", None)
    if stored is None:
        return None
    with override(language):
        return shown(with_unchanged(stored.changes, text.content), beside=beside)


def what_changed(text: VersionText) -> dict[str, Any] | None:
    """The short form for the page of a version: changed figures, sections and counts; None for a first text."""
    stored = getattr(text, "redline", None)
    if stored is None:
        return None
    redline = with_unchanged(stored.changes, text.content)
    return {"figures": changed_figures(redline), "contents": contents(redline), "counts": counts(redline)}


def mail_redline(redline: Redline, *, language: str) -> dict[str, Any]:
    """The changed sections for a letter: HTML, plain text, figures, and which sections they are."""
    with override(language):
        words = replace(labels(), unchanged="")
        return {
            "html": render.mail(redline, words),
            "text": plain_form.text(redline, words),
            "figures": changed_figures(redline),
            "sections": [entry for entry in contents(redline) if entry["change"] != "unchanged"],
        }
