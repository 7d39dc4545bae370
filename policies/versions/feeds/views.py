"""The addresses of feeds. Everything here depends on versions and acts only, and is shelved like the pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from common.shelf import shelve
from policies.controller.models import Controller

from ..history import History
from ..models.versions import Act, SectionChange, Version, Work
from ..sections import NoSuchSection, SectionHistory, section_history
from ..states import ActKind
from .entries import Focus, entries_of
from .events import newest_events
from .feed import Entry, Feed
from .tags import tag
from .writing import WRITERS

FORMS = "|".join(WRITERS)
"""The endings of addresses, as a regular expression."""


@require_safe
def everything(request: HttpRequest, form: str) -> HttpResponse:
    """Every change of every document that everybody may read: policies and products."""
    language = get_language() or settings.LANGUAGE_CODE
    public = Work.objects.filter(key__in=Page.objects.live().public().values("translation_key"))
    versions, acts = Version.objects.filter(work__in=public), Act.objects.filter(version__work__in=public)
    subject = Subject(
        name=("everything",),
        url=settings.SITE_URL + reverse("wagtail_serve", args=[""]),
        title=_("All changes: %(site)s") % {"site": _author(request)},
        subtitle=_("Every change of our policies and of what we say of our products."),
        language=language,
    )
    entries = entries_of(newest_events(versions, acts, language=language), language=language)
    return _answer(request, subject, entries, form)


def document_feed(request: HttpRequest, page: Any, form: str) -> HttpResponse:
    """Every change of one document."""
    subject, work = _document(request, page)
    versions, acts = Version.objects.filter(work=work), Act.objects.filter(version__work=work)
    entries = entries_of(newest_events(versions, acts, language=subject.language), language=subject.language)
    return _answer(request, subject, entries, form)


def section_feed(request: HttpRequest, page: Any, anchor: str, form: str) -> HttpResponse:
    """What changed one section, errata that name it, and the end of the whole document. A former anchor leads to the
    present one."""
    subject, work = _document(request, page)
    try:
        section = section_history(History.of_page(page), anchor)
    except NoSuchSection as unknown:
        raise Http404 from unknown
    if section.anchor != anchor:
        return HttpResponseRedirect(f"{page.get_url(request)}sections/{section.anchor}/feed.{form}")
    versions, acts = _touching(work, section)
    events = newest_events(versions, acts, language=subject.language)
    entries = entries_of(events, language=subject.language, focus=Focus(section.ids, section.anchor))
    return _answer(request, _part(subject, section), entries, form)


def _touching(work: Work, section: SectionHistory) -> tuple[QuerySet[Version], QuerySet[Act]]:
    """The versions that changed a section, and the acts that its readers are told of."""
    rows = SectionChange.objects.filter(text__version__work=work, section_id__in=section.ids)
    changed = Version.objects.filter(pk__in=rows.order_by().values("text__version"))
    anchors = sorted({anchor for (anchor,) in rows.order_by().values_list("anchor").distinct()})
    errata = Q(kind=ActKind.CORRECTED, facts__anchor__in=anchors)
    told = errata | Q(kind=ActKind.WITHDRAWN) | Q(kind=ActKind.CANCELLED, version__in=changed)
    return changed, Act.objects.filter(told, version__work=work)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: its name among ours, its page, and its words."""

    name: tuple[str, ...]
    url: str
    title: str
    subtitle: str
    language: str


def _document(request: HttpRequest, page: Any) -> tuple[Subject, Work]:
    work = get_object_or_404(Work, key=page.translation_key)
    subject = Subject(
        name=(work.kind, work.slug),
        url=settings.SITE_URL + page.get_url_parts(request)[2],
        title=page.title,
        subtitle=_("What changed, and when it takes effect."),
        language=page.locale.language_code,
    )
    return subject, work


def _part(document: Subject, section: SectionHistory) -> Subject:
    heading = section.heading.text or _("Introduction")
    return replace(
        document,
        name=(*document.name, "sections", section.anchor),
        url=f"{document.url}sections/{section.anchor}/",
        title=_("%(title)s: “%(heading)s”") % {"title": document.title, "heading": heading},
    )


def _author(request: HttpRequest) -> str:
    return Controller.for_request(request).name or "Kept"


def _answer(request: HttpRequest, subject: Subject, entries: Sequence[Entry], form: str) -> HttpResponse:
    feed = Feed(
        id=tag(subject.language, *subject.name),
        url=subject.url,
        own_url=f"{subject.url}feed.{form}",
        title=subject.title,
        subtitle=subject.subtitle,
        author=_author(request),
        language=subject.language,
        entries=entries,
    )
    media_type, write = WRITERS[form]
    return _dated(request, HttpResponse(write(feed), content_type=media_type), feed)


def _dated(request: HttpRequest, response: HttpResponse, feed: Feed) -> HttpResponse:
    """With the moment of its newest entry, for readers that ask for what is newer."""
    moment = int(feed.updated.timestamp())
    response["Last-Modified"] = http_date(moment)
    response["Content-Language"] = feed.language
    return get_conditional_response(request, last_modified=moment, response=shelve(request, response)) or response
