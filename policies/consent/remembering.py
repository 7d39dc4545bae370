"""The two cookies that hold a visitor's answers.

`kept_choices` is signed and out of reach of scripts: `performance-yes-3-20270523.functional-no-3-20271123.id-<hex>~<mac>`:
purpose, answer, number of the version, the day until which it counts; and an id only where something was granted. Two
people who refused the same on the same day have the same cookie. `kept_allows` says the same without id and signature, for
the page's own script, for proxies, and for the browser's rules of what may be loaded; it is nobody's proof of anything.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from .rules import Answer, Remembered, State

REMEMBERED_IN = "kept_choices"
SHOWN_IN = "kept_allows"
REMEMBER_FOR = timedelta(days=400)
"""Longer than any answer counts; browsers allow no more (RFC 6265bis, section 5.5)."""
SUBJECT = "id"
YES, NO = "yes", "no"
LONGEST = 4000
"""Characters of a cookie that browsers keep."""


def remembered(request: HttpRequest) -> Remembered:
    """What the cookie says; one that we did not write says nothing."""
    return read_token(request.COOKIES.get(REMEMBERED_IN, ""))


def read_token(token: str) -> Remembered:
    """What a token says, which is the value of the cookie; one that we did not write says nothing."""
    try:
        return read(_signer().unsign(token))
    except (BadSignature, ValueError):
        return Remembered()


def token_of(what: Remembered) -> str:
    """The value of the cookie."""
    return _signer().sign(written(what))


def remember(response: HttpResponse, what: Remembered) -> HttpResponse:
    """Give the answers to the visitor to keep."""
    _set(response, REMEMBERED_IN, token_of(what), httponly=True)
    _set(response, SHOWN_IN, written(Remembered(what.answers)), httponly=False)
    return response


def _set(response: HttpResponse, name: str, value: str, *, httponly: bool) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=REMEMBER_FOR, secure=secure, httponly=httponly, samesite="Lax")


def _signer() -> Signer:
    return Signer(salt="kept.choices", sep="~")


def written(what: Remembered) -> str:
    """Answers as the cookies hold them, in the order of their codes."""
    parts = [
        f"{code}-{YES if answer.granted else NO}-{answer.version}-{answer.until:%Y%m%d}"
        for code, answer in sorted(what.answers.items())
    ]
    return ".".join([*parts, f"{SUBJECT}-{what.subject.hex}"] if what.subject else parts)


def read(words: str) -> Remembered:
    """What such a line says. Raises ValueError where it cannot be read."""
    answers, subject = {}, None
    for part in filter(None, words[:LONGEST].split(".")):
        name, _, said = part.partition("-")
        if name == SUBJECT:
            subject = UUID(said)
            continue
        answer, version, day = said.split("-")
        until = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
        answers[name] = Answer(State.GIVEN if answer == YES else State.REFUSED, int(version), until)
    return Remembered(answers, subject)
