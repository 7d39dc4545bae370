"""Small sites and documents for tests, published the way editors publish."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page, Site

from common import clock
from home.models import HomePage
from policies.versions.actions import importing
from policies.versions.models import PolicyPage, Version

LONG_AGO = date(2026, 3, 1)


def locale(code: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def root() -> Page:
    """Wagtail's root; a flushed database has none."""
    existing = Page.objects.filter(depth=1).first()
    return existing or Page.add_root(title="Root", slug="root", locale=locale())


def home(code: str = "en") -> HomePage:
    """The home page of a language, and with the first one the site."""
    existing = HomePage.objects.filter(locale=locale(code)).first()
    if existing:
        return existing
    source = HomePage.objects.first()
    page = HomePage(title="Buy Inverter", slug=f"home-{code}", locale=locale(code))
    if source:
        page.translation_key = source.translation_key
    Page.objects.get(pk=root().pk).add_child(instance=page)
    if source is None:
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": page})
        Site.clear_site_root_paths_cache()
    return page


def section(heading: str, *paragraphs: str, regimes: Sequence[str] = (), blocks: Sequence[Any] = ()) -> dict[str, Any]:
    """A section whose id follows from its heading, so that two drafts of it are the same section."""
    section_id = str(uuid5(NAMESPACE_URL, heading))
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    body = [{"type": "text", "value": text, "id": str(uuid5(NAMESPACE_URL, heading + "text"))}] if text else []
    value = {"heading": heading, "anchor": "", "regimes": list(regimes), "body": [*body, *blocks]}
    return {"type": "section", "id": section_id, "value": value}


def promise(sentence: str, *, kind: str = "first_reply", amount: int = 72, unit: str = "hours", label: str = "") -> Any:
    value = {"label": label, "sentence": sentence, "kind": kind, "amount": amount, "unit": unit}
    return {"type": "promise", "value": value, "id": str(uuid5(NAMESPACE_URL, f"promise {kind}"))}


def sections(*parts: dict[str, Any]) -> Any:
    return PolicyPage._meta.get_field("sections").stream_block.to_python(list(parts))


REPLY = promise("We answer within {amount}.")
RETENTION = section("Retention", "We keep invoices for seven years.")
CONTACT = section("Contact", "Write to us.", blocks=[REPLY])


def draft(*parts: dict[str, Any], slug: str = "privacy", title: str = "Privacy policy", code: str = "en") -> PolicyPage:
    """A policy that nobody has published yet."""
    page = PolicyPage(title=title, slug=slug, locale=locale(code), live=False, sections=sections(*parts))
    return home(code).add_child(instance=page)


def publish(page: Any, *, user: Any = None, **fields: Any) -> Version:
    """Change some fields of a page, save a revision, publish it; the newest version that there is then.

    Whatever kind of change is called for has its reason, unless a test says otherwise.
    """
    page = type(page).objects.get(pk=page.pk)
    if "change_class" in fields:
        fields = {"class_reason": "The editor has looked at it."} | fields
    for name, value in fields.items():
        setattr(page, name, value)
    with LogContext(user=user):
        page.save_revision(user=user).publish(user=user)
    return newest(page)


def newest(page: Any) -> Version:
    return Version.objects.of(page.translation_key).select_related("work").first()


def policy(*parts: dict[str, Any], effective_on: date = LONG_AGO, **kwargs: Any) -> PolicyPage:
    """A policy whose first version is in force."""
    page = draft(*(parts or (RETENTION, CONTACT)), **kwargs)
    with importing():
        publish(page, effective_on=effective_on, change_class="material")
    return type(page).objects.get(pk=page.pk)


def material(day: date | None = None, summary: str = "We answer sooner.") -> dict[str, Any]:
    """The publishing fields of a material change."""
    day = day or clock.today() + timedelta(days=31)
    return {"change_class": "material", "triggers": ["rights_methods"], "summary": summary, "effective_on": day}


def faster_reply(hours: int = 48) -> Any:
    """The sections with another promise: 72 hours become 48."""
    contact = section("Contact", "Write to us.", blocks=[promise("We answer within {amount}.", amount=hours)])
    return sections(RETENTION, contact)


def clarifying(summary: str = "The same, said more clearly.") -> dict[str, Any]:
    """The publishing fields of a clarifying change."""
    return {"change_class": "clarifying", "summary": summary}
