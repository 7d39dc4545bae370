"""What tests share: tables that only grow, emptied all the same; a browser, where there is one."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from common.immutable import Frozen, changes_allowed

# Playwright runs its own event loop in the thread of the test; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _growing_tables() -> list[str]:
    """The tables whose triggers refuse every change."""
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, Frozen)]


_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_growing_tables(self: Any) -> None:
    """Between tests the database is emptied, which its triggers rightly refuse."""
    with changes_allowed(_growing_tables()):
        _teardown(self)
    _restore_roots()


def _restore_roots() -> None:
    """What Wagtail's migrations put into an empty database, and nothing else would put there again."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page

    from policies.consent.knowing import forget
    from policies.consent.standard import make_standard

    locale, _ = Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root", locale=locale)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    kind, _ = ContentType.objects.get_or_create(app_label="wagtail_localize", model="translation")
    Permission.objects.get_or_create(content_type=kind, codename="submit_translation", name="Can submit translations")
    make_standard()
    forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database kept from a run that was interrupted while it was empty is mended."""
    with django_db_blocker.unblock():
        _restore_roots()


TransactionTestCase._fixture_teardown = _teardown_with_growing_tables  # type: ignore[method-assign]  # Django has no seam for it


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests are left out where there is no browser, and the run says so."""
    if CHROMIUM:
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here; on Debian: apt-get install chromium"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not CHROMIUM:
        terminalreporter.write_line("Browser tests were left out: no Chromium here (apt-get install chromium).")


@pytest.fixture(autouse=True)
def the_language_of_the_site() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test starts without."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def nothing_kept_from_the_test_before() -> None:
    """What consent is asked for is kept by generation, and a database that was rolled back counts from the start again."""
    from policies.consent.knowing import forget

    forget()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser without a window."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A visitor's tab on a phone-sized screen."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 375, "height": 740})
    yield context.new_page()
    context.close()
