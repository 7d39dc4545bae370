"""What visitors read. Everything here comes from the frozen record, is the same for everybody, and may be shelved."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from common import clock
from common.shelf import shelve
from policies.jurisdictions.rules import Regime, regimes

from .document import Section
from .freezing import freeze
from .history import History, NoSuchVersion
from .languages import in_languages, mixed_view
from .memento import memento_headers
from .models.versions import Version, VersionText
from .public import public_record
from .rendering import section_html
from .sections import dated
from .showing import redline_of, stored_redline, what_changed

VERSIONS_ON_A_PAGE = 50


def current_page(request: HttpRequest, page: Any) -> HttpResponse:
    """The version in force, or the one that was withdrawn; before the first one is in force, the one that is coming."""
    history = History.of_page(page)
    version = history.newest_effective(history.at) or (history.coming[0] if history.coming else None)
    if version is None:
        return kindly_missing(request, page, history, _("This document has not been published yet."))
    return _text_page(request, page, history, version, is_current=True)


def version_page(request: HttpRequest, page: Any, permalink: str) -> HttpResponse:
    """One version at its permanent address, whatever is in force."""
    history = History.of_page(page)
    try:
        version = history.named(permalink)
    except NoSuchVersion:
        return kindly_missing(request, page, history, _("There is no version of this document by that date."))
    return _text_page(request, page, history, version, is_current=False)


def _text_page(
    request: HttpRequest, page: Any, history: History, version: Version, *, is_current: bool
) -> HttpResponse:
    text = history.text(version)
    where = request.GET.get("where", "") if request.GET.get("where") in regimes() else ""
    changes = what_changed(text)
    mixed = mixed_view(history, version, text)
    context = {
        **frame(page, history),
        "version": version,
        "text": text,
        "mixed": mixed,
        "standing": history.state(version),
        "record": public_record(history, version, text=text),
        "is_current": is_current,
        "sections": dated(in_languages(shown_sections(text, changes, where=where), text, mixed), history, text),
        "where": where,
        "where_choices": _regimes_of(text),
        "changes": changes,
        "predecessor": history.predecessor(version),
        "coming_texts": history.texts(history.coming),
        "is_translated": text.language == history.language,
    }
    response = TemplateResponse(request, page.get_template(request), context)
    memento_headers(request, response, page, history, None if is_current else version)
    # Only the one address of a filtered page is kept: invented places would fill the shelf.
    return shelve(request, response, query={"where"} if request.GET.urlencode() == f"where={where}" else set())


def shown_sections(text: VersionText, changes: Any = None, *, where: str = "") -> list[dict[str, Any]]:
    """The sections that apply at a place, or all: body as frozen, regimes with names, what happened to each."""
    changed = {entry["anchor"]: entry["change"] for entry in changes["contents"]} if changes else {}
    html = text.shown_html
    return [
        {
            **{key: section[key] for key in ("id", "anchor", "heading")},
            "html": html[section["id"]],
            "regimes": [regimes()[code] for code in section["regimes"] if code in regimes()],
            "change": changed.get(section["anchor"], ""),
        }
        for section in text.content["sections"]
        if _applies(section, where)
    ]


def _applies(section: Section, where: str) -> bool:
    return not section["regimes"] or where not in regimes() or where in section["regimes"]


def _regimes_of(text: VersionText) -> list[Regime]:
    codes = {code for section in text.content["sections"] for code in section["regimes"]}
    return [regime for code, regime in regimes().items() if code in codes]


def draft_page(request: HttpRequest, page: Any) -> HttpResponse:
    """An unpublished draft, for the editor's preview only."""
    document = freeze(page)
    text = VersionText(
        language=page.locale.language_code,
        title=document["title"],
        summary=page.summary,
        content=document,
        html={section["id"]: section_html(section) for section in document["sections"]},
    )
    context = {**frame(page, History.of_page(page)), "text": text, "sections": shown_sections(text), "is_draft": True}
    context |= {"where_choices": _regimes_of(text), "is_translated": True}
    return TemplateResponse(request, page.get_template(request), context)


def timeline_page(request: HttpRequest, page: Any) -> HttpResponse:
    """Every version with its dates and summary, newest first, some on a page; bodies are not loaded."""
    history = History.of_page(page)
    part = Paginator(history.versions, VERSIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    versions = list(part.object_list)
    lines = [
        {
            "version": version,
            "text": text,
            "standing": history.state(version),
            "record": public_record(history, version),
            "predecessor": history.predecessor(version),
        }
        for version, text in zip(versions, history.texts(versions), strict=True)
    ]
    context = {**frame(page, history), "lines": lines, "part": part}
    is_of_it = request.GET.urlencode() == f"page={part.number}"
    return shelve(
        request, TemplateResponse(request, "versions/timeline.html", context), query={"page"} if is_of_it else set()
    )


def choose_comparison(request: HttpRequest, page: Any) -> HttpResponse:
    """The form's two choices as an address of their own; without choices, the newest change."""
    history = History.of_page(page)
    names = [version.permalink for version in history.versions]
    newer = request.GET.get("newer") or (names[0] if names else "")
    older = request.GET.get("older") or (names[1] if len(names) > 1 else newer)
    if not {older, newer} <= set(names):
        return kindly_missing(request, page, history, _("There is no version of this document by that date."))
    return HttpResponseRedirect(f"{page.get_url(request)}compare/{older}...{newer}/{_side(request)}")


def comparison_page(request: HttpRequest, page: Any, older: str, newer: str) -> HttpResponse:
    """The redline between any two versions, the older one first."""
    history = History.of_page(page)
    try:
        first, second = history.named(older), history.named(newer)
    except NoSuchVersion:
        return kindly_missing(request, page, history, _("There is no version of this document by that date."))
    if first.number > second.number:
        return HttpResponseRedirect(f"{page.get_url(request)}compare/{newer}...{older}/{_side(request)}")
    old, new = comparable(history, first, second)
    context = {
        **frame(page, history),
        "older": old,
        "newer": new,
        "compared_records": [public_record(history, first), public_record(history, second)],
        "redline": between(old, new, language=history.language, beside=bool(_side(request))),
        "is_beside": bool(_side(request)),
        "is_translated": new.language == history.language,
    }
    response = TemplateResponse(request, "versions/comparison.html", context)
    return shelve(request, response, query={"view"} if request.GET.urlencode() == "view=side" else set())


def comparable(history: History, first: Version, second: Version) -> tuple[VersionText, VersionText]:
    """Two versions in one language: the reader's, or that of the original where either lacks a translation."""
    old, new = history.text(first), history.text(second)
    if old.language != new.language:
        source = first.work.source_language
        old, new = history.text(first, language=source), history.text(second, language=source)
    return old, new


def _side(request: HttpRequest) -> str:
    """The query that asks for two columns, or nothing."""
    return "?view=side" if request.GET.get("view") == "side" else ""


def between(old: VersionText, new: VersionText, *, language: str, beside: bool = False) -> dict[str, Any]:
    """What was stored when the newer text was frozen, if that is the pair asked for; else compared now."""
    stored = getattr(new, "redline", None)
    shown = stored_redline(new, language=language, beside=beside) if stored and stored.since_id == old.pk else None
    return shown or redline_of(old.content, new.content, language=language, beside=beside)


def as_of(request: HttpRequest, page: Any, day: str) -> HttpResponse:
    """Sends on to the version in force at the end of a day, or at an exact moment."""
    history = History.of_page(page)
    try:
        moment = parse_moment(day)
    except (ValueError, OverflowError):
        message = _("“%(day)s” is not a date. Write it like 2026-03-01.") % {"day": day[:40]}
        return kindly_missing(request, page, history, message, status=400)
    version = history.in_force_at(moment)
    if version is None:
        was_withdrawn = history.newest_effective(moment)
        message = (
            _("This document had been withdrawn by then.")
            if was_withdrawn
            else _("This document did not exist yet on that day.")
        )
        return kindly_missing(request, page, history, message)
    return HttpResponseRedirect(f"{page.get_url(request)}versions/{version.permalink}/")


def parse_moment(words: str) -> datetime:
    """A day (its end, in the site's zone) or a full ISO 8601 moment (exact); raises ValueError."""
    day: date | None = parse_date(words)
    if day:
        return clock.end_of(day)
    moment = parse_datetime(words)
    if moment is None:
        raise ValueError(words)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def frame(page: Any, history: History) -> dict[str, Any]:
    """What every page of a document shows."""
    return {
        "page": page,
        "self": page,
        "history": history,
        "in_force": history.in_force,
        "versions": history.versions,
        "language": history.language,
    }


def kindly_missing(
    request: HttpRequest, page: Any, history: History, message: str, *, status: int = 404
) -> HttpResponse:
    context = {**frame(page, history), "message": message}
    return TemplateResponse(request, "versions/missing.html", context, status=status)
