"""Who asks: the person, by their own token or cookie, or staff by theirs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja.errors import HttpError
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth

from common.refusals import Refusal

from ..models import Choice
from ..origins import is_from_here
from ..remembering import read_token, remembered
from ..rules import Remembered
from .questions import TOKEN

BAD_TOKEN = f"`{TOKEN}` holds no token of ours. Send it as it was given, from the first letter to the last."
NO_TOKEN = f"Send the person's own token as `{TOKEN}`; the cookie counts only in requests from a page of this site."


class StaffToken(BearerTokenAuth):
    """Wagtail's tokens; whoever sends none, or a wrong one, is nobody, whatever session their browser has."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) or AllowAnonymous()(request)


def who_looks(request: HttpRequest, token: str) -> Remembered:
    """What a person's token says, or their cookie, unless the browser says that somebody else's page asks."""
    if token:
        return _of_token(token)
    return Remembered() if _is_from_elsewhere(request) else remembered(request)


def who_acts(request: HttpRequest, token: str) -> Remembered:
    """The same for what changes something: a cookie counts only where the browser says that our own page sends it."""
    if token:
        return _of_token(token)
    return remembered(request) if is_from_here(request) else Remembered()


def who_takes_back(request: HttpRequest, token: str) -> Remembered:
    """The same, where nobody new can come."""
    person = who_acts(request, token)
    if not person.answers and person.subject is None:
        raise HttpError(400, NO_TOKEN)
    return person


def must_be_staff(request: HttpRequest) -> None:
    """Staff ask about others with an API token of theirs; a session in a browser is not enough."""
    if not request.user.is_authenticated:
        words = "To ask about somebody by their id, send the API token of a member of staff."
        raise Refusal(401, words, headers={"WWW-Authenticate": "Bearer"})
    if not request.user.has_perm(f"consent.view_{Choice._meta.model_name}"):
        raise HttpError(403, "Your account may not look at the choices of people.")


def somebody(subject: UUID) -> Remembered:
    """A person who is known by their id only."""
    return Remembered(subject=subject)


def _of_token(token: str) -> Remembered:
    person = read_token(token)
    if not person.answers and person.subject is None:
        raise HttpError(400, BAD_TOKEN)
    return person


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Requests without either header come from old browsers, from address bars and from programs."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site not in ("none", "same-origin") or ("Origin" in request.headers and not is_from_here(request))
