"""The frame of the example: languages, home pages, the controller, and people to sign in as."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.models import Group, User
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.roles import AUDITORS, EDITORS, OFFICERS, REVIEWERS, set_up_roles
from policies.consent.standard import make_standard
from policies.controller.models import Controller

from .texts import about

NAMESPACE = UUID("6d0d4a0e-6d29-4a4c-9d5b-0c7f6d0b0a11")
"""Translation keys of the example are made from it, so that a second run finds what the first one made."""

BESIDE = "buy-inverter.localhost"
"""The example's host name on a site that holds other content."""

PASSWORD = "kept-example-2026"  # noqa: S105  shown on the terminal, and only where DEBUG is on
STAFF = {
    "editor": EDITORS,
    "reviewer": REVIEWERS,
    "officer": OFFICERS,
    "auditor": AUDITORS,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The home pages by language, and who edits and reviews (nobody where there are no example accounts)."""

    homes: dict[str, HomePage]
    editor: User | None
    reviewer: User | None


def key_of(name: str) -> UUID:
    """The translation key of one of the example's pages."""
    return uuid5(NAMESPACE, name)


def holds_other_content() -> bool:
    """Whether there are pages that neither Wagtail's set-up nor this example made."""
    others = Page.objects.filter(depth=2).exclude(translation_key=key_of("home"))
    return any(page.specific_class is not Page for page in others)


def make_frame() -> Frame:
    """Everything that pages need around them."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _ in settings.LANGUAGES}
    make_standard()
    homes = {code: _home(locale) for code, locale in locales.items()}
    _site(homes[settings.LANGUAGE_CODE])
    set_up_roles()
    staff = _staff() if settings.DEBUG else {}
    return Frame(homes, staff.get("editor"), staff.get("reviewer"))


def _home(locale: Locale) -> HomePage:
    existing = HomePage.objects.filter(translation_key=key_of("home"), locale=locale).first()
    if existing:
        return existing
    words = about("home/home.toml")[locale.language_code]
    page = HomePage(
        title=words["title"],
        slug=f"buy-inverter-{locale.language_code}",
        locale=locale,
        translation_key=key_of("home"),
        tagline=words["tagline"],
        introduction=f"<p>{words['intro']}</p>",
        products_heading=words["products_heading"],
        points_heading=words["word_heading"],
        points=[("point", point) for point in words["points"]],
    )
    Page.objects.get(depth=1).add_child(instance=page)
    page.save_revision().publish()
    return page


def _site(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    facts = {"root_page": home, "site_name": home.title, "port": 80}
    if holds_other_content():
        # Somebody else's site keeps its address.
        site, _ = Site.objects.update_or_create(hostname=BESIDE, defaults=facts)
    else:
        port = address.port or (443 if address.scheme == "https" else 80)
        facts |= {"hostname": address.hostname or "localhost", "port": port}
        site, _ = Site.objects.update_or_create(is_default_site=True, defaults=facts)
        for page in Page.objects.filter(depth=2, content_type__model="page", content_type__app_label="wagtailcore"):
            page.delete()  # the page that says "Welcome to your new Wagtail site"
    Controller.objects.get_or_create(
        site=site,
        defaults={
            "name": "Buy Inverter",
            "email": "info@jahasoft.pk",
            "phone": "0318-8005200",
        },
    )


def _staff() -> dict[str, User]:
    staff: dict[str, Any] = {name: _person(name) for name in [*STAFF, "admin"]}
    for name, group in STAFF.items():
        staff[name].groups.add(Group.objects.get(name=group))
    return staff


def _person(name: str) -> User:
    person, is_new = User.objects.get_or_create(
        username=name,
        defaults={"email": f"{name}@example.com", "is_superuser": name == "admin", "is_staff": name == "admin"},
    )
    if is_new:
        person.set_password(PASSWORD)
        person.save()
    return person
