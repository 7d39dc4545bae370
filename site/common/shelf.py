"""Finished bytes, ahead of the framework: what is the same for everybody is made once and then handed out.

A view marks its answer with `shelve`; the `Shelf`, which wraps the whole WSGI application, keeps it by host, scheme, path
and query in three codings with a strong ETag. A kept answer is good as long as the *generation* is the one it was made in.
Every process looks the generation up for itself, at most every `LOOK_EVERY` seconds: one small query, so that it works on
any number of machines, and no answer is older than that plus the time of the query. Cookies play no part: nothing that
differs from person to person may be shelved.

Groups of readers may get other headers with the same body: `adapt` tells which. Their answers have ETags of their own and
stay private; the copy on the shelf is everybody's.
"""

import gzip
import hashlib
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponseBase

from .tallying import Tally

log = logging.getLogger(__name__)

MARK = "X-Kept-Shelf"
COUNTS = "X-Kept-Counts"
"""Keys to count each time an answer goes out, kept or not; it never leaves the house."""
ADAPTS = "kept.shelf.adapts"
"""In the environ of a request whose answer, if it is marked, goes on the shelf: it must be everybody's."""
LOOK_EVERY = 0.5  # seconds
GRACE = 0.4  # seconds that others may go on with the last generation while one thread looks; then they ask Django
CAPACITY = 64 * 1024 * 1024  # bytes of one process
SHELVED_METHODS = frozenset({"GET", "HEAD"})
OUR_OWN = frozenset({MARK.lower(), COUNTS.lower()})
NEVER_KEPT = frozenset({"vary", "content-length", "set-cookie", "etag"}) | OUR_OWN

_PORT = re.compile(r":\d+$")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What a group of readers gets in the place of headers that a document has; `tag` tells its ETags apart."""

    tag: str
    headers: tuple[tuple[str, str], ...]

    def of(self, headers: Headers) -> Headers | None:
        """Everybody's headers as the group gets them; None for what is no document, which is the same for all."""
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            return None
        mine = {name.lower(): value for name, value in self.headers} | {"cache-control": PRIVATE}
        return [(name, mine.get(name.lower(), value)) for name, value in headers]


PRIVATE = "private, max-age=0, must-revalidate"
Adapt = Callable[[Environ, Hashable], Adaptation | None]


def shelve(request: HttpRequest, response: HttpResponseBase, *, query: frozenset[str] | set[str] = frozenset()) -> Any:
    """Mark an answer as the same for everybody, unless the query has a key that it does not depend on.

    Strangers' keys (`?utm_source=…`), repeated ones and other spellings of a query are answered all the same, but fill no
    shelf: each would be an entry of its own.
    """
    is_known = set(request.GET) <= set(query) and all(len(values) == 1 for _, values in request.GET.lists())
    if (
        is_known
        and request.method in SHELVED_METHODS
        and request.META.get("QUERY_STRING", "") == request.GET.urlencode()
    ):
        response[MARK] = "1"
    return response


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer in one coding, ready for `start_response`."""

    body: bytes
    etag: str
    headers: Headers
    not_modified: Headers
    last_modified: str = ""
    counts: str = ""

    def adapted(self, adaptation: Adaptation) -> "Kept":
        """The same for a group. The date counts for nobody in it: it does not tell the groups apart."""
        headers = adaptation.of(self.headers)
        if headers is None:
            return self
        etag = f'{self.etag[:-1]}-{adaptation.tag}"'
        headers = [(name, etag if name == "ETag" else value) for name, value in headers]
        return replace(self, etag=etag, headers=headers, not_modified=_without_body(headers), last_modified="")

    def is_known_to(self, environ: Environ) -> bool:
        """Whether whoever asks has it. The date counts for those only who name no ETag (RFC 9110, section 13.1.3)."""
        wanted = environ.get("HTTP_IF_NONE_MATCH", "")
        if wanted:
            return self.etag in wanted or wanted == "*"
        return bool(self.last_modified) and environ.get("HTTP_IF_MODIFIED_SINCE") == self.last_modified


class Shelf:
    """WSGI middleware. `generation` returns any value that differs when what is shown may differ; `adapt` tells, at a
    generation, which headers a reader gets instead of everybody's."""

    def __init__(
        self,
        application: Application,
        *,
        generation: Callable[[], Hashable],
        adapt: Adapt | None = None,
        capacity: int = CAPACITY,
        tally: Tally | None = None,
    ) -> None:
        self.application = application
        self.read_generation = generation
        self.adapt = adapt
        self.capacity = capacity
        self.tally = tally
        self.answers: OrderedDict[tuple[str, ...], dict[str, Kept]] = OrderedDict()
        self.size = 0
        self.generation: Hashable = None
        self.looked_at = float("-inf")
        self.looking = threading.Lock()
        self.changing = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in SHELVED_METHODS:
            return self.application(environ, self._unmarked(environ, start_response))
        if not self._is_current():
            return self.application(environ, self._unmarked(environ, start_response))
        adaptation = self.adapt(environ, self.generation) if self.adapt else None
        key = _key(environ)
        codings = self.answers.get(key)
        if codings is None:
            return self._make(key, environ, start_response, adaptation)
        kept = _for_group(codings, _coding(environ), adaptation) if adaptation else codings[_coding(environ)]
        if kept.counts:
            self._count(environ, kept.counts)
        if kept.is_known_to(environ):
            start_response("304 Not Modified", kept.not_modified)
            return []
        start_response("200 OK", kept.headers)
        return [kept.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _is_current(self) -> bool:
        """Whether what is kept may be handed out; looks the generation up when it is time to."""
        age = time.monotonic() - self.looked_at
        if age < LOOK_EVERY:
            return True
        if self.looking.acquire(blocking=False):
            try:
                return self._look()
            finally:
                self.looking.release()
        return age < LOOK_EVERY + GRACE

    def _look(self) -> bool:
        began = time.monotonic()
        try:
            generation = self.read_generation()
        except Exception:
            # Without the database nobody knows what is current; Django will say what is wrong.
            log.exception("The generation of the shelf cannot be read")
            return False
        with self.changing:
            if generation != self.generation:
                self.answers.clear()
                self.size, self.generation = 0, generation
            self.looked_at = began
        return True

    def _make(
        self, key: tuple[str, ...], environ: Environ, start_response: StartResponse, adaptation: Adaptation | None
    ) -> Iterable[bytes]:
        """Ask Django, and keep the answer if it is marked and the generation is still the one it was asked in."""
        generation = self.generation
        answer: dict[str, Any] = {}
        environ[ADAPTS] = True

        def remember(status: str, headers: Headers, exc_info: Any = None) -> Any:
            answer.update(status=status, headers=headers)
            return self._unmarked(environ, start_response, adaptation)(status, headers, exc_info)

        # HEAD must not be made into the answer of a GET: its body is empty.
        body = self.application(environ, remember)
        if environ["REQUEST_METHOD"] != "GET" or not _is_marked(answer):
            return body
        try:
            whole = b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close:
                close()
        self._keep(key, generation, whole, answer["headers"])
        return [whole]

    def _count(self, environ: Environ, keys: str) -> None:
        if self.tally and environ["REQUEST_METHOD"] == "GET":
            self.tally.add(keys)

    def _unmarked(
        self, environ: Environ, start_response: StartResponse, adaptation: Adaptation | None = None
    ) -> StartResponse:
        """Takes our own marks off, counts what they say, and gives what was marked the headers of its group."""

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            if keys := _counted(headers):
                self._count(environ, keys)
            shown = [(name, value) for name, value in headers if name.lower() not in OUR_OWN]
            if adaptation and any(name.lower() == MARK.lower() for name, _ in headers):
                shown = adaptation.of([*shown, *_cache_control(shown)]) or shown
            return start_response(status, shown, exc_info) if exc_info else start_response(status, shown)

        return start

    def _keep(self, key: tuple[str, ...], generation: Hashable, body: bytes, headers: Headers) -> None:
        codings = _codings(body, headers)
        weight = sum(len(kept.body) for kept in codings.values())
        with self.changing:
            if generation != self.generation or key in self.answers:
                return
            self.answers[key] = codings
            self.size += weight
            while self.size > self.capacity:
                _, dropped = self.answers.popitem(last=False)
                self.size -= sum(len(kept.body) for kept in dropped.values())


def _key(environ: Environ) -> tuple[str, ...]:
    return (
        _PORT.sub("", environ.get("HTTP_HOST", "")),  # any port is allowed, and no page shows it
        environ.get("wsgi.url_scheme", ""),
        "https" if environ.get("HTTP_X_FORWARDED_PROTO") == "https" else "",
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )


def _coding(environ: Environ) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if not accepted:
        return "identity"
    refused = (
        {part.split(";")[0].strip() for part in accepted.split(",") if _is_refused(part)} if ";" in accepted else ()
    )
    if "br" in accepted and "br" not in refused:
        return "br"
    return "gzip" if "gzip" in accepted and "gzip" not in refused else "identity"


def _is_refused(part: str) -> bool:
    """`q=0`, in any of its spellings, means "not this one" (RFC 9110, section 12.4.2)."""
    quality = part.partition(";")[2].replace(" ", "").lower()
    return quality.startswith("q=0") and not quality[3:].strip(".0")


def _is_marked(answer: dict[str, Any]) -> bool:
    names = {name.lower() for name, _ in answer["headers"]}
    return answer["status"].startswith("200") and MARK.lower() in names and "set-cookie" not in names


def _counted(headers: list[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name.lower() == COUNTS.lower()), "")


def _cache_control(headers: Headers) -> Headers:
    """One to adapt, for an answer that has none."""
    return [] if any(name.lower() == "cache-control" for name, _ in headers) else [("Cache-Control", PRIVATE)]


def _for_group(codings: dict[str, Kept], coding: str, adaptation: Adaptation) -> Kept:
    """Made when the first of the group asks; the body is everybody's."""
    name = f"{coding} {adaptation.tag}"
    kept = codings.get(name)
    if kept is None:
        kept = codings[name] = codings[coding].adapted(adaptation)
    return kept


def _codings(body: bytes, headers: Headers) -> dict[str, Kept]:
    digest = hashlib.sha256(body).hexdigest()[:32]
    common = [(name, value) for name, value in headers if name.lower() not in NEVER_KEPT | {"cache-control"}]
    # Browsers and proxies may keep it, but ask before they show it again: that costs one 304.
    common += [("Cache-Control", "public, max-age=0, must-revalidate"), ("Vary", "Accept-Encoding")]
    bodies = {"identity": body, "gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body)}
    counts = _counted(headers)
    return {coding: _kept(coding, content, digest, common, counts) for coding, content in bodies.items()}


def _kept(coding: str, body: bytes, digest: str, common: Headers, counts: str) -> Kept:
    etag = f'"{digest}"' if coding == "identity" else f'"{digest}-{coding}"'
    headers = [*common, ("ETag", etag)]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    last_modified = next((value for name, value in headers if name.lower() == "last-modified"), "")
    whole = [*headers, ("Content-Length", str(len(body)))]
    return Kept(body, etag, whole, _without_body(headers), last_modified, counts)


def _without_body(headers: Headers) -> Headers:
    """Headers that describe a body have no place in an answer without one (RFC 9110, section 15.4.5)."""
    return [(name, value) for name, value in headers if not name.lower().startswith("content-")]
