"""The page of a receipt and its files, and the page that checks one. A GET shows; nothing here acts."""

import json
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common.signing import BadToken, subject_of
from policies.controller.models import Controller
from policies.ledger import keys
from policies.ledger.models import Checkpoint, Entry, Sealed
from policies.ledger.receipts import LARGEST, TooLong, receipt

from ..deciding import current_language
from ..links import RECEIPT, receipt_url
from . import words
from .checking import WORDS
from .dpv import record
from .told import Told, told


def _for_the_holder(view: Any) -> Any:
    """For who has the address, and nobody else: not for shared caches, not for search engines. Forged ones are told kindly."""

    @wraps(view)
    def shown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, **kwargs)
        except Http404:
            response = render(request, "choices/receipts/missing.html", status=404)
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(cache_control(private=True, no_cache=True)(shown))


@_for_the_holder
def read_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody agreed to or refused, in plain words."""
    said = _told(token)
    place = _place(said.entry)
    context = {
        "told": said,
        "lead": words.lead(said),
        "lines": words.lines(said),
        "sources": words.sources(said, language=current_language()),
        "method": words.method(said),
        "controller": _controller(),
        "place": place,
        "checkpoint": place is not None and Checkpoint.objects.filter(size__gt=place).order_by("size").first(),
        "is_signed": _can_sign(),
        "path": receipt_url(said.entry).rstrip("/"),
        "token": token,
    }
    return render(request, "choices/receipts/receipt.html", context)


@_for_the_holder
def read_record(request: HttpRequest, token: str) -> HttpResponse:
    """The same for machines: ISO/IEC TS 27560 by the Data Privacy Vocabulary."""
    said = _told(token)
    body = json.dumps(_record(said), ensure_ascii=False, indent=2)
    return _file(body, "application/ld+json; charset=utf-8", said, "json")


@_for_the_holder
def read_signed(request: HttpRequest, token: str) -> HttpResponse:
    """The same, signed: what anybody can check without us."""
    said = _told(token)
    try:
        jws = _signed(said)
    except keys.NoKey:
        sorry = _("This receipt cannot be signed at the moment. Its words are on its page all the same.")
        return HttpResponse(sorry, status=503, content_type="text/plain; charset=utf-8")
    return _file(jws, "application/jose", said, "jws")


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """A page that checks a receipt in the visitor's own browser; the same for everybody."""
    context = {"largest": LARGEST, "words": {name: str(text) for name, text in WORDS.items()}}
    return render(request, "choices/receipts/verify.html", context)


def _told(token: str) -> Told:
    try:
        entry = Entry.objects.filter(uid=subject_of(token, purpose=RECEIPT)).first()
    except BadToken as unknown:
        raise Http404 from unknown
    said = told(entry) if entry else None
    if said is None:
        raise Http404
    return said


def _record(said: Told) -> dict[str, Any]:
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + receipt_url(said.entry)
    return record(said, _controller(), address=address)


def _signed(said: Told) -> str:
    """With the record in it; where its texts are too long for any reader, the line alone, which tells of the same choices."""
    try:
        return receipt(said.entry, record=_record(said))
    except TooLong:
        return receipt(said.entry)


def _controller() -> Controller | None:
    return Controller.objects.order_by("-site__is_default_site", "pk").first()


def _place(entry: Entry) -> int | None:
    """Its leaf index, once it is sealed."""
    return Sealed.objects.filter(entry=entry).values_list("index", flat=True).first()


def _can_sign() -> bool:
    try:
        keys.current()
    except keys.NoKey:
        return False
    return True


def _file(body: str, kind: str, said: Told, ending: str) -> HttpResponse:
    name = f"receipt-{said.entry.happened_at:%Y-%m-%d}-{str(said.entry.uid)[:8]}.{ending}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
