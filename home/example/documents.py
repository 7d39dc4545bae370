"""Policies and products of the example, each published in every language as an editor and a reviewer would."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from wagtail.log_actions import LogContext
from wagtail.models import Page

from common import clock
from home.models import StandardPage
from marketing.products.models import ProductIndexPage, ProductPage
from policies.versions.actions import importing
from policies.versions.filling import fill
from policies.versions.models import PolicyPage, Version, VersionedPage
from policies.versions.reviewing import announce_draft

from .services import has_service
from .site import Frame, key_of
from .texts import LANGUAGES, about, document

SOURCE, *TRANSLATIONS = LANGUAGES
OPENED_ON = date(2026, 3, 1)
"""When the first versions took effect: the shop had them before it had Kept."""


def make_policies(frame: Frame) -> None:
    """The first versions, imported; what comes later is announced by `announce_changes`."""
    for name in ("privacy", "cookies", "terms"):
        facts = about(f"{name}/about.toml")
        pages = {
            code: _page(PolicyPage, frame.homes[code], facts["slug"], title=facts["title"][code]) for code in LANGUAGES
        }
        _publish(pages, frame, f"{name}/1", facts["1"], number=1, effective_on=OPENED_ON, imported=True)


def announce_changes(frame: Frame) -> None:
    """The second privacy policy: announced now, in force when the notice period is over."""
    facts = about("privacy/about.toml")
    pages = {code: _page(PolicyPage, frame.homes[code], facts["slug"]) for code in LANGUAGES}
    effective_on = clock.day_of(clock.now() + max(settings.NOTICE_PERIOD, timedelta(days=30)))
    _publish(pages, frame, "privacy/2", facts["2"], number=2, effective_on=effective_on)


def make_products(frame: Frame) -> None:
    """The shop's shelf; two products have been changed since: the facts of both, the words of one."""
    titles = {"en": "Products", "ur": "مصنوعات"}
    shelves = {code: _page(ProductIndexPage, frame.homes[code], "products", title=titles[code]) for code in LANGUAGES}
    for shelf in shelves.values():
        if not shelf.live:
            shelf.save_revision().publish()
    for facts in about("products/products.toml")["product"]:
        pages = {
            code: _page(ProductPage, shelves[code], facts["slug"], title=facts["title"][code]) for code in LANGUAGES
        }
        for number in (1, 2):
            if str(number) in facts:
                figures = facts["facts"] | facts[str(number)].get("facts", {})
                taglines = facts["summary"]
                _publish(
                    pages,
                    frame,
                    f"products/{facts['slug']}.{facts[str(number)].get('text', number)}",
                    facts[str(number)],
                    number=number,
                    facts_by_language={code: figures | {"tagline": taglines[code]} for code in LANGUAGES},
                )


def make_standard_pages(frame: Frame) -> None:
    """Pages of plain text that the policies link to."""
    for slug, words in about("home/pages.toml").items():
        for code in LANGUAGES:
            page = _page(StandardPage, frame.homes[code], slug, title=words[code]["title"])
            if not page.live:
                page.body = words[code]["body"]
                page.embeds = [("service", service) for service in words.get("services", []) if has_service(service)]
                page.save_revision().publish()


def _page(page_type: type[Any], parent: Page, slug: str, *, title: str = "") -> Any:
    """The example's page of a language, made as a draft where it is missing."""
    key = key_of(f"{parent.translation_key}/{slug}")
    existing = page_type.objects.filter(translation_key=key, locale=parent.locale).first()
    if existing:
        return existing
    parent = Page.objects.get(pk=parent.pk).specific
    page = page_type(title=title, slug=slug, locale=parent.locale, translation_key=key, live=False)
    return parent.add_child(instance=page)


def _publish(
    pages: dict[str, VersionedPage],
    frame: Frame,
    stem: str,
    facts: dict[str, Any],
    *,
    number: int,
    effective_on: date | None = None,
    imported: bool = False,
    facts_by_language: dict[str, dict[str, Any]] | None = None,
) -> None:
    """One version in all languages, unless it is there already."""
    if Version.objects.of(pages[SOURCE].translation_key).filter(number__gte=number).exists():
        return
    for code in [*TRANSLATIONS, SOURCE]:
        page = pages[code]
        fill(page, document(stem, code))
        page.summary = facts["summary"][code]
        page.translation_ready = code != SOURCE
        for field, value in (facts_by_language or {}).get(code, {}).items():
            setattr(page, field, value)
    for code in TRANSLATIONS:
        pages[code].save_revision(user=frame.editor)
    source: Any = pages[SOURCE]
    if isinstance(source, PolicyPage):
        source.change_class, source.effective_on = facts["change_class"], effective_on
        source.triggers = facts.get("triggers", [])
    if imported:
        with importing():
            source.save_revision(user=frame.editor).publish(user=frame.reviewer)
    else:
        _approve(source, frame)


def _approve(page: Any, frame: Frame) -> None:
    """Through the review to the announcement, where there are people for it and it is a policy."""
    revision = page.save_revision(user=frame.editor)
    if frame.editor is None or frame.reviewer is None or not isinstance(page, PolicyPage):
        revision.publish(user=frame.reviewer)
        return
    with LogContext(user=frame.reviewer):
        page.get_workflow().start(page, frame.editor)
        announce_draft(type(page).objects.get(pk=page.pk), user=frame.reviewer)
