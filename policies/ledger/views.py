"""What everybody may fetch to check the ledger without us; at addresses that stay."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import keys
from .exporting import VERIFIER
from .models import Checkpoint


@never_cache
@require_safe
def read_keys(request: HttpRequest) -> HttpResponse:
    """The public halves of all keys, with their dates."""
    return JsonResponse(keys.document(), json_dumps_params={"indent": 2})


@never_cache
@require_safe
def read_checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, byte for byte as it was signed."""
    note = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
    plain = "text/plain; charset=utf-8"
    if note is None:
        return HttpResponse("Nothing has been sealed yet.\n", status=404, content_type=plain)
    return HttpResponse(note, content_type=plain)


@require_safe
def read_verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks an export, for who did not get one with it."""
    return HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
