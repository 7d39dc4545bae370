"""The notice on the home page: the newest thing about a material change that this visitor has not hidden."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from common import clock
from policies.versions.addresses import page_url
from policies.versions.history import History
from policies.versions.models import Version, VersionText
from policies.versions.public import PublicAct, PublicRecord, public_record

from .models import Notice

DISMISSED = "kept_dismissed"
"""The cookie that holds the numbers of hidden notices, set only when somebody hides one: no identifier."""
LONGEST = 18
"""Digits of a number that any database can hold."""
REMEMBERED = 20
"""How many hidden notices a cookie remembers."""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """What the home page tells. `deed` is what was done and said, for everything but a plain announcement."""

    kind: str
    version: Version
    text: VersionText
    record: PublicRecord
    deed: PublicAct | None
    is_coming: bool
    url: str
    page_url: str
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
    return shown_notice(notice, language=language) if notice else None


def shown_notice(notice: Notice, *, language: str) -> ShownNotice:
    """A notice in the words of a language."""
    version = notice.version
    history = History(version.work.key, language=language)
    text = history.text(version)
    record = public_record(history, version, text=text)
    before = history.predecessor(version)
    page = page_url(version.work, language=language)
    return ShownNotice(
        kind=notice.kind,
        version=version,
        text=text,
        record=record,
        deed=record.deed_of(notice.act_id),
        is_coming=version.is_coming(),
        url=f"{page}versions/{version.permalink}/",
        page_url=page,
        compare_url=f"{page}compare/{before.permalink}...{version.permalink}/" if before else page,
        dismiss_url=reverse("notices:dismiss", args=[notice.pk]),
    )
