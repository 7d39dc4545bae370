"""A real browser. Playwright is a tool for developers: it is looked for only when an audit begins."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


class NoBrowser(RuntimeError):
    """There is nothing to audit with; the message says what to install."""


@contextmanager
def opened_browser() -> Iterator["Browser"]:
    """A Chromium without a window. Raises NoBrowser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise NoBrowser(_("The audit needs Playwright: pip install playwright.")) from missing
    with sync_playwright() as playwright:
        browser = _launched(playwright)
        try:
            yield browser
        finally:
            browser.close()


def _launched(playwright: "Playwright") -> "Browser":
    from playwright.sync_api import Error

    installed = next(filter(None, map(shutil.which, NAMES)), None)
    # As root, as in a container, Chromium starts without its sandbox only. It is shown nothing but our own site.
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    try:
        return playwright.chromium.launch(executable_path=installed, args=flags)
    except Error as missing:
        raise NoBrowser(
            _("The audit needs Chromium: apt-get install chromium, or playwright install chromium.")
        ) from missing
