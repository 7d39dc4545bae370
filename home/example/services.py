"""What the example embeds of its partner, and the cookies that this sets, declared as an editor would."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from wagtail.models import Locale

from policies.consent.models import Purpose, Service

from .site import key_of
from .texts import LANGUAGES, about


def make_services() -> None:
    """The map and the counter, where there is a partner to serve them; their address follows the port of the site."""
    if not settings.EXAMPLE_PARTNER:
        return
    for position, facts in enumerate(about("home/services.toml")["service"]):
        for code in LANGUAGES:
            locale = Locale.objects.get(language_code=code)
            _make(facts, locale, position)
            for cookie in facts.get("cookies", []):
                _declare(cookie, facts, locale)


def has_service(code: str) -> bool:
    """Whether there is such a service to embed."""
    return Service.objects.filter(code=code).exists()


def _make(facts: dict[str, Any], locale: Locale, position: int) -> None:
    address = _address(facts["path"])
    existing = Service.objects.filter(code=facts["code"], locale=locale).first()
    if existing is None:
        Service.objects.create(
            **{name: facts[name] for name in ("code", "purpose", "form", "provider")},
            **facts[locale.language_code],
            everywhere=facts.get("everywhere", False),
            address=address,
            position=position,
            locale=locale,
            translation_key=key_of(f"service {facts['code']}"),
        )
    elif existing.address != address and urlsplit(existing.address).hostname == settings.EXAMPLE_PARTNER:
        existing.address = address
        existing.save()


def _declare(cookie: dict[str, Any], facts: dict[str, Any], locale: Locale) -> None:
    purpose = Purpose.objects.get(code=facts["purpose"], locale=locale)
    if any(block.value["name"] == cookie["name"] for block in purpose.cookies):
        return
    lifetime, why = cookie[locale.language_code]
    words = {"name": cookie["name"], "owner": facts["provider"], "lifetime": lifetime, "why": why}
    purpose.cookies.append(("cookie", words))
    purpose.save()


def _address(path: str) -> str:
    own = urlsplit(settings.SITE_URL)
    port = f":{own.port}" if own.port else ""
    return urlunsplit(("http", f"{settings.EXAMPLE_PARTNER}{port}", path, "", ""))
