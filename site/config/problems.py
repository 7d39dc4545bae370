"""Errors of the API as problem details (RFC 9457): always JSON, never a page, never a trace."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, re_path
from django.utils.log import log_response
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from pydantic import Field

from common.refusals import Refusal

CONTENT_TYPE = "application/problem+json"
MOST_FAULTS = 100
"""Wrong values that an answer names."""

View = Callable[..., HttpResponse]


class Fault(Schema):
    """One wrong value."""

    where: str = Field(description="The way to it, as in `query.language`.")
    detail: str


class Problem(Schema):
    """What went wrong (RFC 9457). Some have members of their own, which are described where they occur."""

    type: str = Field("about:blank", description="`about:blank`: the status says it all.")
    title: str = Field(description="The name of the status.", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="What was wrong with this request, for a person.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[Fault] | None = Field(None, description="Where several values are wrong: each of them.")


def problem(
    request: HttpRequest, status: int, detail: str, *, errors: list[Fault] | None = None, **members: Any
) -> HttpResponse:
    """An error as an answer; with members of its own where a program can do something about it."""
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=status, detail=detail or title, instance=request.path, errors=errors)
    body = told.model_dump(exclude_none=True) | members
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)


def not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The view of every address under /api/ that is nothing; without it, visitors' languages and slashes are tried."""
    return problem(request, 404, "There is nothing at this address.")


not_found.csrf_exempt = True  # type: ignore[attr-defined]  # a POST to nowhere is told so, not asked for a token


def register_problems(api: NinjaAPI) -> None:
    """Have every error that is raised inside of an operation answered as a problem."""
    api.add_exception_handler(Http404, lambda request, exc: problem(request, 404, str(exc)))
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Exception, _broken)


def _refused(request: HttpRequest, exc: HttpError) -> HttpResponse:
    if not isinstance(exc, Refusal):
        return problem(request, exc.status_code, str(exc))
    errors = [Fault(where=where, detail=detail) for where, detail in exc.faults.items()]
    response = problem(request, exc.status_code, str(exc), errors=errors or None, **exc.members)
    for name, value in exc.headers.items():
        response[name] = value
    return response


def _invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    errors = exc.errors[:MOST_FAULTS]
    faults = [Fault(where=_shown(".".join(map(str, error["loc"]))), detail=_shown(error["msg"])) for error in errors]
    return problem(request, 422, "Some values cannot be read.", errors=faults)


def _shown(words: str) -> str:
    """What a stranger sent, so that it can be sent back: JSON may hold halves of characters."""
    return words.encode("utf-8", "replace").decode()[:200]


def _broken(request: HttpRequest, exc: Exception) -> HttpResponse:
    """Our mistake: operators find the trace in the log."""
    response = problem(request, 500, "Something went wrong on our side.")
    log_response("%s: %s", response.reason_phrase, request.path, exception=exc, request=request, response=response)
    return response


class ProblemAPI(NinjaAPI):
    """An API whose every error is a problem, also those that ninja answers by itself."""

    def set_default_exception_handlers(self) -> None:
        super().set_default_exception_handlers()
        register_problems(self)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Those of ninja, and at the end one for everything else."""
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            pattern.callback = _as_problems(pattern.callback)
            if pattern.name in self._non_atomic:
                pattern.callback.non_atomic = True
        return [*patterns, re_path("", not_found)], app_name, namespace

    @property
    def _non_atomic(self) -> set[str]:
        """The names of the addresses of operations that commit by themselves; `config.middleware` looks at the view only."""
        views = (view for _prefix, router in self._routers for view in router.path_operations.values())
        operations = (operation for view in views for operation in view.operations)
        return {each.url_name for each in operations if hasattr(each.view_func, "non_atomic")}

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """With the body of every error that an operation declares."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"] |= _problem_schemas()
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        response["content"] = content
        return schema


def _problem_schemas() -> dict[str, Any]:
    problem_schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**problem_schema.pop("$defs"), "Problem": problem_schema}


def _as_problems(view: View) -> View:
    """HEAD is answered like GET, whose body the server leaves out; a method that is not there is a problem too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        try:
            request.method = "GET" if asked == "HEAD" else asked
            response = view(request, *args, **kwargs)
        except Http404:
            return not_found(request)
        except HttpError as refused:
            return _refused(request, refused)
        finally:
            request.method = asked
        return _not_allowed(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    return answer


def _not_allowed(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    response = problem(request, 405, f"{request.method} is not possible here.")
    allowed = refusal["Allow"].split(", ")
    response["Allow"] = ", ".join(sorted({*allowed, "HEAD"} if "GET" in allowed else allowed))
    return response
