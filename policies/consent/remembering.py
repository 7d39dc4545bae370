"""The cookie that holds a visitor's answers, and "may I?", answered from it without a look at the database.

It reads `performance-yes-3.functional-no-3~<signature>`: category, answer and number of the version, and `id-<subject>`
only where something was granted. It carries no time: the cookie of everybody who refused the same is the same.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from .categories import ASKED, ESSENTIAL, OPTED_OUT_BY_SIGNAL, REMEMBERED_IN
from .rules import Answer, Remembered

REMEMBER_FOR = timedelta(days=365)
SUBJECT = "id"
YES, NO = "yes", "no"


def may(request: HttpRequest, category: str) -> bool:
    """Whether a visitor allows a category now. Only a yes is a yes, and not even that against the browser's own signal."""
    if category == ESSENTIAL.code:
        return True
    if category in OPTED_OUT_BY_SIGNAL and sends_opt_out(request):
        return False
    return choices_of(request).get(category) is True


def sends_opt_out(request: HttpRequest) -> bool:
    """Whether the browser sends Global Privacy Control: the header has the value 1, nothing else counts."""
    return request.headers.get("Sec-GPC") == "1"


def choices_of(request: HttpRequest) -> dict[str, bool | None]:
    """What a visitor chose for each category; None where they have not answered."""
    answers = remembered(request).answers
    return {code: answers[code].granted if code in answers else None for code in ASKED}


def remembered(request: HttpRequest) -> Remembered:
    """What the cookie says; one that we did not write says nothing."""
    try:
        return _read(_signer().unsign(request.COOKIES.get(REMEMBERED_IN, "")))
    except (BadSignature, ValueError):
        return Remembered()


def remember(response: HttpResponse, what: Remembered) -> HttpResponse:
    """Give the answers to the visitor to keep."""
    response.set_cookie(
        REMEMBERED_IN,
        _signer().sign(_written(what)),
        max_age=REMEMBER_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _signer() -> Signer:
    return Signer(salt="kept.choices", sep="~")


def _written(what: Remembered) -> str:
    parts = [f"{code}-{YES if granted else NO}-{version}" for code, (granted, version) in what.answers.items()]
    return ".".join([*parts, f"{SUBJECT}-{what.subject.hex}"] if what.subject else parts)


def _read(words: str) -> Remembered:
    answers, subject = {}, None
    for part in words.split("."):
        name, _, said = part.partition("-")
        if name == SUBJECT:
            subject = UUID(said)
        elif name in ASKED:
            answer, _, version = said.partition("-")
            answers[name] = Answer(answer == YES, int(version))
    return Remembered(answers, subject)
