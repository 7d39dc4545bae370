"""Where the crawl begins: what Wagtail shows, and our own pages that need no more than their address."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page

NOT_PUBLIC = re.compile(r"^(?:/\w\w)?/(?:admin|api|static|media|documents|_util)(?:/|$)")
"""Staff's pages, and what is no page."""
FILE = re.compile(r"\.\w{2,5}$")
HOMES = {"/", *(f"/{code}/" for code, _name in settings.LANGUAGES)}
"""Every page lies below one of them; that tells nothing of it."""
DIGITS = re.compile(r"[\d.\-]{2,}")


def first_places() -> list[str]:
    """The paths of every page that is live, and of our own views, in every language; each once."""
    return list(dict.fromkeys([*_pages(), *_views()]))


def is_public(path: str) -> bool:
    """Whether visitors are meant to go there."""
    return not NOT_PUBLIC.match(path)


def is_file(path: str) -> bool:
    """Whether it is something to download."""
    return bool(FILE.search(urlsplit(path).path))


def kind_of(path: str, models: Mapping[str, str]) -> str:
    """Which template a path is drawn with, as well as one can tell from outside: the kind of page, or else the view, and
    how it goes on from there. Languages are alike, and so are dates. `models` is that of `models_by_path`."""
    bare = urlsplit(path).path
    above = max((page for page in models if page not in HOMES and bare.startswith(page)), key=len, default="")
    name = models.get(bare) or models.get(above) or _view(bare)
    rest = [part for part in bare.removeprefix(above).split("/") if part] if above and bare != above else []
    return f"{name} {DIGITS.sub('#', rest[0])} {len(rest)}" if rest else name


def _view(path: str) -> str:
    code = get_language_from_path(path) or settings.LANGUAGE_CODE
    try:
        with override(code):
            return resolve(path).view_name
    except Resolver404:
        return "nothing"


def models_by_path() -> dict[str, str]:
    """By path, the model of each page that is live."""
    pages = Page.objects.live().public().filter(depth__gt=1).specific(defer=True)
    return {path: type(page).__name__ for page in pages if (path := _path(page))}


def _pages() -> Iterator[str]:
    return iter(models_by_path())


def _path(page: Page) -> str:
    parts = page.get_url_parts()
    return parts[2] if parts and parts[2] else ""


def _views() -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from (f"/{path}" for path in _without_arguments(get_resolver(), "") if is_public(f"/{path}"))


def _without_arguments(resolver: URLResolver, before: str) -> Iterator[str]:
    """The addresses that hold nothing to fill in."""
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _without_arguments(entry, path)
        elif _is_plain(entry, path):
            yield path


def _is_plain(entry: URLPattern, path: str) -> bool:
    return not set(path) & set("<>^$()\\?*+[]") and not is_file(path)
