"""The one stylesheet that differs from visitor to visitor, so that no page has to.

It hides the question where nothing is open, and shows what was said to this browser. A visitor whose browser does not load
it sees the question once more, and nothing worse.
"""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from .deciding import open_for
from .knowing import Known, known
from .remembering import remembered
from .rules import Remembered
from .signal import sends_opt_out

NOTE = "/* What differs for this browser, by its own cookies. Nobody else is sent this file. */\n"
HIDE, SHOW = "{display:none}", "{display:block}"


@require_safe
def state_css(request: HttpRequest) -> HttpResponse:
    """What the page of this visitor leaves out, and what it shows besides. The browser asks each time: a 304 mostly."""
    text = NOTE + "\n".join(_rules(request))
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie, Sec-GPC"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _rules(request: HttpRequest) -> Iterator[str]:
    what = remembered(request)
    saved = request.COOKIES.get("kept_said") == "saved"
    signal = sends_opt_out(request)
    if saved:
        yield f".consent__saved{SHOW}"
    if signal:
        yield f".gpc-status{SHOW}"
    if what.answers:
        yield from _of_answers(what, signal=signal, quiet=not (saved or signal))


def _of_answers(what: Remembered, *, signal: bool, quiet: bool) -> Iterator[str]:
    """Which purposes are open does not depend on the language."""
    now = known(settings.LANGUAGE_CODE)
    still_open = set(open_for(what, now, signal=signal))
    if not still_open:
        yield f".consent{HIDE}" if quiet else f".consent .consent__form{HIDE}"
        return
    for category in now.categories:
        asked = {purpose.code for purpose in category.purposes if purpose.is_asked_here}
        if asked and not asked & still_open:
            yield f'.consent [data-category="{category.code}"]{HIDE}'
    if any(_is_asked_again(what, now, code) for code in still_open):
        yield f".consent__again{SHOW}"


def _is_asked_again(what: Remembered, now: Known, code: str) -> bool:
    answer = what.answers.get(code)
    return answer is not None and answer.granted and answer.version < now.renewed_in.get(code, 0)
