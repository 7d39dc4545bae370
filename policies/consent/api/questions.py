"""What can be asked about choices, and what is said of questions that cannot be answered."""

import re
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from ninja import Header, Path, Query
from ninja.errors import HttpError
from pydantic import WithJsonSchema
from pydantic_core import PydanticUndefined

from common.refusals import Refusal

from ..knowing import Known, known
from ..models import Wording
from ..wordings import TEMPLATES, wording_shown

LANGUAGES = [code for code, _ in settings.LANGUAGES]
KINDS = [str(kind) for kind in TEMPLATES]
ECHOED = 40
"""Characters of a wrong value that its error repeats."""
KEY = r"^[A-Za-z0-9_\-]{20,100}$"
TOKEN = "Kept-Choices"  # noqa: S105  the name of a header

_NUMBER = re.compile("[0-9]{1,9}")
_SHA256 = re.compile("[0-9a-f]{64}")
_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _optional(schema: dict[str, Any], description: str) -> Any:
    """A key of the query that may be left out; read here, so that a wrong one gets a sentence."""
    return Annotated[
        str, WithJsonSchema(schema), Query(PydanticUndefined, default_factory=str, description=description)
    ]


def _words(words: list[str], description: str) -> Any:
    return _optional({"type": "string", "enum": words}, description)


Purpose = Annotated[str, Query(description="The code of the purpose.", example="performance")]
Subject = _optional({"type": "string", "format": "uuid"}, "Somebody's random id, for staff with a token of their own.")
Scope = _optional(
    {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    "The number of the version by which the caller still works. What later versions ask again is not asked of the yes.",
)
Language = _words(LANGUAGES, f"The language of the answer; without it, {settings.LANGUAGE_CODE}.")
Kind = _words(KINDS, "Where it is shown; without it, `choices`.")
Sha256 = Annotated[str, Path(description="The hash of the wording.", example="0" * 64)]
Token = Annotated[
    str,
    Header(
        PydanticUndefined,
        default_factory=str,
        alias=TOKEN,
        description="The person's own token. A browser of this site may send its cookie instead.",
    ),
]
Key = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": KEY}),
    Header(
        alias="Idempotency-Key",
        description="A name for this attempt, new for each one. Repeated with it, it is recorded once.",
    ),
]


def known_here() -> Known:
    """What is asked for now; no words of it are answered."""
    return known(settings.LANGUAGE_CODE)


def purpose(code: str, now: Known) -> str:
    if code not in now.purposes:
        shown = code.encode("utf-8", "replace").decode()[:ECHOED]
        raise Refusal(422, f"There is no purpose “{shown}”.", faults={"query.purpose": "There is no such purpose."})
    return code


def subject(words: str) -> UUID:
    if not _UUID.fullmatch(words):
        raise HttpError(400, "`subject` must be a UUID.")
    return UUID(words)


def scope(words: str) -> int | None:
    if not words:
        return None
    if not (words.isascii() and _NUMBER.fullmatch(words)) or int(words) < 1:
        raise HttpError(400, "`version` must be the number of a version: 1 or more.")
    return int(words)


def language(wanted: str) -> str:
    return _one_of(LANGUAGES, wanted, name="language") or settings.LANGUAGE_CODE


def kind(wanted: str) -> str:
    return _one_of(KINDS, wanted, name="kind") or str(Wording.Kind.CHOICES)


def _one_of(words: list[str], wanted: str, *, name: str) -> str:
    if wanted and wanted not in words:
        raise HttpError(400, f"`{name}` may be {', '.join(words)}.")
    return wanted


def wording(digest: str) -> Wording:
    found = wording_shown(digest) if _SHA256.fullmatch(digest) else None
    if found is None:
        raise Http404("We never showed a wording with this hash.")
    return found
