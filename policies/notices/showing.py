"""The notice on the home page: the newest material change that this visitor has not hidden."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from common import clock
from policies.versions.addresses import page_url
from policies.versions.history import History
from policies.versions.models import Version, VersionText

from .models import Notice

DISMISSED = "kept_dismissed"
"""The cookie that holds the numbers of hidden notices, set only when somebody hides one: no identifier."""
LONGEST = 18
"""Digits of a number that any database can hold."""
REMEMBERED = 20
"""How many hidden notices a cookie remembers."""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """What the home page tells."""

    version: Version
    text: VersionText
    is_coming: bool
    url: str
    compare_url: str
    dismiss_url: str


def dismissed(request: HttpRequest) -> set[int]:
    """The notices that this visitor has hidden; what a cookie says otherwise is ignored."""
    numbers = request.COOKIES.get(DISMISSED, "").split(".")
    return {
        int(number)
        for number in numbers[:REMEMBERED]
        if number.isascii() and number.isdigit() and len(number) <= LONGEST
    }


def notice_for(request: HttpRequest, *, language: str) -> ShownNotice | None:
    """The one notice to show, or none."""
    hidden = dismissed(request)
    recent: Any = Notice.objects.on_home_page(clock.now()).select_related("version__work")
    notice = next((each for each in recent if each.pk not in hidden), None)
    return _shown(notice, language) if notice else None


def _shown(notice: Notice, language: str) -> ShownNotice:
    version = notice.version
    history = History(version.work.key, language=language)
    before = history.predecessor(version)
    page = page_url(version.work, language=language)
    return ShownNotice(
        version=version,
        text=history.text(version),
        is_coming=version.is_coming(),
        url=f"{page}versions/{version.permalink}/",
        compare_url=f"{page}compare/{before.permalink}...{version.permalink}/" if before else page,
        dismiss_url=reverse("notices:dismiss", args=[notice.pk]),
    )
