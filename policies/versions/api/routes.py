"""The routes for policies. Answers are the same for everybody, and shelved like the pages whose twins they are."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from common.shelf import shelve

from ..sections import NoSuchSection
from . import questions, schemas
from .answers import Answers
from .questions import Anchor, Day, Language, Permalink, Slug, Where

router = Router()

NOT_FOUND = {400: None, 404: None}
"""The errors of most routes; `config.problems` says what they look like."""


@router.get(
    "",
    response={200: schemas.PolicyList, 400: None},
    url_name="policies",
    operation_id="listPolicies",
    summary="All policies, with what is in force and what is coming",
)
def list_policies(request: HttpRequest, response: HttpResponse, language: Language) -> schemas.PolicyList:
    wanted = questions.language(language)
    lines = [Answers(work, language=wanted).policy_line() for work in questions.policies()]
    shelve(request, response, query={"language"})
    return schemas.PolicyList(policies=lines)


@router.get(
    "/{slug}",
    response={200: schemas.PolicyBody, **NOT_FOUND},
    url_name="policy",
    operation_id="readPolicy",
    summary="The text that is in force",
)
def read_policy(
    request: HttpRequest, response: HttpResponse, slug: Slug, language: Language, where: Where
) -> schemas.PolicyBody:
    answers = _answers(slug, language)
    regime = questions.regime(where)
    body = answers.policy_body(questions.version_at(answers.history, answers.history.at), where=regime)
    response["Content-Language"] = body.language
    shelve(request, response, query={"language", "where"})
    return body


@router.get(
    "/{slug}/versions",
    response={200: schemas.Timeline, **NOT_FOUND},
    url_name="versions",
    operation_id="listVersions",
    summary="Every version with its dates and summary, newest first",
)
def list_versions(request: HttpRequest, response: HttpResponse, slug: Slug, language: Language) -> schemas.Timeline:
    timeline = _answers(slug, language).timeline()
    shelve(request, response, query={"language"})
    return timeline


@router.get(
    "/{slug}/versions/{permalink}",
    response={200: schemas.VersionBody, **NOT_FOUND},
    url_name="version",
    operation_id="readVersion",
    summary="One version, as it was frozen",
)
def read_version(
    request: HttpRequest, response: HttpResponse, slug: Slug, permalink: Permalink, language: Language
) -> schemas.VersionBody:
    answers = _answers(slug, language)
    body = answers.version_body(questions.version_named(answers.history, permalink))
    response["Content-Language"] = body.language
    shelve(request, response, query={"language"})
    return body


@router.get(
    "/{slug}/compare/{older}...{newer}",
    response={200: schemas.Comparison, **NOT_FOUND},
    url_name="comparison",
    operation_id="compareVersions",
    summary="What changed between any two versions",
    description="Answers from the older to the newer version, in whichever order they are named.",
)
def compare_versions(
    request: HttpRequest,
    response: HttpResponse,
    slug: Slug,
    older: Permalink,
    newer: Permalink,
    language: Language,
) -> schemas.Comparison:
    answers = _answers(slug, language)
    ends = [questions.version_named(answers.history, permalink) for permalink in (older, newer)]
    comparison = answers.comparison(*sorted(ends, key=lambda version: version.number))
    response["Content-Language"] = comparison.language
    shelve(request, response, query={"language"})
    return comparison


@router.get(
    "/{slug}/as-of/{day}",
    response={200: schemas.VersionBody, **NOT_FOUND},
    url_name="as_of",
    operation_id="readPolicyAsOf",
    summary="The version in force on a day or at a moment",
)
def read_policy_as_of(
    request: HttpRequest, response: HttpResponse, slug: Slug, day: Day, language: Language
) -> schemas.VersionBody:
    # Not shelved: there are more moments than a shelf has room for.
    answers = _answers(slug, language)
    body = answers.version_body(questions.version_at(answers.history, questions.moment(day)))
    response["Content-Language"] = body.language
    return body


@router.get(
    "/{slug}/sections/{anchor}",
    response={200: schemas.SectionHistory, **NOT_FOUND},
    url_name="section",
    operation_id="readSectionHistory",
    summary="Every version that changed one section, newest first",
)
def read_section_history(
    request: HttpRequest, response: HttpResponse, slug: Slug, anchor: Anchor, language: Language
) -> schemas.SectionHistory:
    try:
        history = _answers(slug, language).section(anchor)
    except NoSuchSection as missing:
        raise Http404(f"This policy has never had a section “{anchor[: questions.ECHOED]}”.") from missing
    response["Content-Language"] = history.language
    shelve(request, response, query={"language"})
    return history


def _answers(slug: str, language: str) -> Answers:
    return Answers(questions.policy(slug), language=questions.language(language))
