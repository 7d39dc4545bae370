"""The routes for choices. What is asked is the same for everybody; what somebody chose is told to nobody's cache."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from ninja import Router
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from ninja.responses import Status

from common.refusals import Refusal
from common.shelf import shelve

from .. import deciding
from ..acts import Act, KeyReused, Recorded
from ..models import Wording
from ..origins import is_from_here
from ..remembering import remember, token_of
from ..signal import sends_opt_out
from ..waiting import record_or_keep
from ..withdrawing import NothingToGoBy, answers_of, withdraw
from ..wordings import wording_in_force, wording_shown
from . import answers, persons, questions, schemas
from .guards import json_only, key_of, keyed, not_too_often
from .questions import Key, Kind, Language, Purpose, Scope, Sha256, Subject, Token

router = Router()

WRITING = {400: None, 409: None, 413: None, 415: None, 422: None, 429: None}
"""The errors of what records something; `config.problems` says what they look like."""


@router.get(
    "/check",
    auth=persons.StaffToken(),
    openapi_extra={"security": [{}]},  # or none
    response={200: schemas.Answer, 400: None, 401: None, 403: None, 422: None},
    url_name="choices_check",
    operation_id="mayI",
    summary="May I? Whether a purpose is allowed, and why",
    description=(
        "Of the person whose token or cookie is sent, with their browser's `Sec-GPC`; or, for staff with an API token, of a "
        "`subject`. Whoever sends neither has not answered. A purpose that there is not is an error, never a no."
    ),
)
@decorate_view(never_cache)
def may_i(
    request: HttpRequest,
    purpose: Purpose,
    subject: Subject,
    version: Scope,
    language: Language,
    token: Token,
) -> schemas.Answer:
    spoken, scope = questions.language(language), questions.scope(version)
    if subject:
        persons.must_be_staff(request)
        person = persons.somebody(questions.subject(subject))
    else:
        person = persons.who_looks(request, token)
    now = questions.known_here()
    wanted = questions.purpose(purpose, now)
    checked = deciding.check_person(person, wanted, signal=sends_opt_out(request), scope=scope, now=now)
    return answers.answer(checked, wanted, now, language=spoken)


@router.get(
    "/wording",
    response={200: schemas.Asked, 400: None, 404: None},
    url_name="wording_in_force",
    operation_id="readWordingInForce",
    summary="What is asked now, so that another face can ask it",
)
def read_wording_in_force(
    request: HttpRequest, response: HttpResponse, language: Language, kind: Kind
) -> schemas.Asked:
    wording = wording_in_force(language=questions.language(language), kind=questions.kind(kind))
    if wording is None:
        raise Http404("No policy is in force: there is nothing to ask.")
    return _shelved(request, response, wording)


@router.get(
    "/wordings/{sha256}",
    response={200: schemas.Asked, 400: None, 404: None},
    url_name="wording_shown",
    operation_id="readWording",
    summary="Exactly what was shown, by its hash",
)
def read_wording(request: HttpRequest, response: HttpResponse, sha256: Sha256) -> schemas.Asked:
    return _shelved(request, response, questions.wording(sha256))


@router.post(
    "",
    response={200: schemas.Chosen, 201: schemas.Chosen, **WRITING},
    url_name="choices",
    operation_id="choose",
    summary="Give and refuse",
    description=(
        "201 where something was recorded, 200 for a repeat and where nothing is new. A wording that was never shown is a "
        "409 that names the one in force (`wording`); a key that was used for other answers is a 422."
    ),
)
@decorate_view(never_cache, not_too_often, keyed, json_only)
def choose(
    request: HttpRequest, response: HttpResponse, choosing: schemas.Choosing, key: Key, token: Token
) -> Status[schemas.Chosen]:
    person, wording = persons.who_acts(request, token), _wording(choosing)
    act = Act(choosing.choices, wording, method=choosing.act, key=key_of(request))
    try:
        recorded = record_or_keep(remembered=person, act=act)
    except KeyReused as reused:
        raise HttpError(422, "This `Idempotency-Key` was used for other answers. Use a new one.") from reused
    return _told(request, response, recorded)


@router.post(
    "/withdraw",
    response={200: schemas.Chosen, 201: schemas.Chosen, **WRITING},
    url_name="choices_withdraw",
    operation_id="withdraw",
    summary="Take back, one by one or everything",
    description="Only with the person's own token or cookie. Twice is as good as once.",
)
@decorate_view(never_cache, not_too_often, json_only)
def take_back(
    request: HttpRequest, response: HttpResponse, withdrawing: schemas.Withdrawing, language: Language, token: Token
) -> Status[schemas.Chosen]:
    person, wanted = persons.who_takes_back(request, token), questions.language(language)
    known = {*questions.known_here().purposes, *answers_of(person)}
    _must_be_in(known, withdrawing.purposes or [], where="body.withdrawing.purposes", said="There is no such purpose.")
    try:
        recorded = withdraw(person, withdrawing.purposes, language=wanted)
    except NothingToGoBy as nothing:
        raise HttpError(409, "No policy is in force.") from nothing
    return _told(request, response, recorded)


for view in (choose, take_back):
    view.non_atomic = True  # a choice commits by itself, and holds even if the answer is lost


def _wording(choosing: schemas.Choosing) -> Wording:
    """What was shown, which must ask for everything that was answered."""
    shown = wording_shown(choosing.wording)
    if shown is None:
        raise _never_shown()
    said = "The wording does not ask for it."
    _must_be_in(set(shown.purposes), choosing.choices, where="body.choosing.choices", said=said)
    return shown


def _never_shown() -> Refusal:
    current = wording_in_force(language=questions.known_here().language)
    if current is None:
        return Refusal(409, "No policy is in force: there is nothing to choose.")
    address = answers.wording_url(current.sha256)
    words = "We never showed this wording. Nothing was recorded: show the one in force, and ask again."
    return Refusal(409, words, members={"wording": current.sha256, "wording_url": address})


def _must_be_in(known: set[str], wanted: Iterable[str], *, where: str, said: str) -> None:
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise Refusal(422, f"Unknown: {', '.join(unknown)}.", faults={f"{where}.{code}": said for code in unknown})


def _told(request: HttpRequest, response: HttpResponse, recorded: Recorded) -> Status[schemas.Chosen]:
    """The token for everybody; the cookies for browsers that our own page runs in."""
    if is_from_here(request):
        remember(response, recorded.remembered)
    is_new = recorded.entry is not None and not recorded.is_repeat
    return Status(201 if is_new else 200, answers.chosen(request, recorded, token=token_of(recorded.remembered)))


def _shelved(request: HttpRequest, response: HttpResponse, wording: Wording) -> schemas.Asked:
    response["Content-Language"] = wording.language
    shelve(request, response, query={"language", "kind"})
    return answers.asked(wording)
