"""The routes for proofs. What they tell can be checked without trusting them: docs/ledger.md says how."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router
from ninja.errors import HttpError

from .. import proofs
from ..models import Checkpoint
from . import questions, schemas
from .questions import Before, Leaf, Limit, New, Old, Size, Uid

router = Router()

ERRORS = {400: None, 404: None}
"""`config.problems` says what they look like."""


@router.get(
    "/checkpoint",
    response={200: schemas.Checkpoint, **ERRORS},
    url_name="ledger_checkpoint",
    operation_id="readCheckpoint",
    summary="The newest checkpoint",
)
def read_checkpoint(request: HttpRequest) -> schemas.Checkpoint:
    return _told(questions.newest())


@router.get(
    "/checkpoints",
    response={200: schemas.CheckpointPage, 400: None},
    url_name="ledger_checkpoints",
    operation_id="listCheckpoints",
    summary="Every checkpoint, the newest first",
)
def list_checkpoints(request: HttpRequest, before: Before, limit: Limit) -> schemas.CheckpointPage:
    beyond = questions.number(before, name="before", otherwise=questions.LARGEST)
    most = questions.number(limit, name="limit", otherwise=questions.MOST, least=1, most=questions.MOST)
    found = list(Checkpoint.objects.filter(size__lt=beyond).order_by("-size")[: most + 1])
    page = found[:most]
    older = {"before": page[-1].size, "limit": most} if len(found) > most else None
    return schemas.CheckpointPage(checkpoints=[_told(each) for each in page], next=_address(older))


@router.get(
    "/entries/{leaf}/inclusion",
    response={200: schemas.Inclusion, **ERRORS},
    url_name="ledger_inclusion",
    operation_id="proveInclusion",
    summary="The proof that a line is sealed",
    description="By the leaf hash, which only who holds the line can know.",
)
def prove_inclusion(request: HttpRequest, leaf: Leaf, size: Size) -> schemas.Inclusion:
    index = questions.place_of(leaf)
    most = questions.newest().size
    wanted = questions.number(size, name="size", otherwise=most)
    if wanted > most:
        raise HttpError(400, f"`size` is beyond the newest checkpoint, which seals {most} lines.")
    if wanted <= index:
        raise Http404(f"This line is not among the first {wanted}; its place is {index}.")
    note = Checkpoint.objects.filter(size=wanted).values_list("note", flat=True).first()
    proof, root = proofs.inclusion(index, wanted), proofs.root_at(wanted)
    return schemas.Inclusion(
        leaf=leaf, index=index, size=wanted, root=root.hex(), proof=_hexadecimal(proof), checkpoint=note
    )


@router.get(
    "/consistency",
    response={200: schemas.Consistency, **ERRORS},
    url_name="ledger_consistency",
    operation_id="proveConsistency",
    summary="The proof that the ledger only grew between two sizes",
)
def prove_consistency(request: HttpRequest, old: Old, new: New) -> schemas.Consistency:
    most = questions.newest().size
    start = questions.number(old, name="from", otherwise=0)
    end = questions.number(new, name="to", otherwise=most)
    if not start <= end <= most:
        raise HttpError(400, f"`from` must not be beyond `to`, and `to` not beyond the {most} lines that are sealed.")
    roots = {"old_root": proofs.root_at(start).hex(), "new_root": proofs.root_at(end).hex()}
    return schemas.Consistency(old=start, new=end, **roots, proof=_hexadecimal(proofs.consistency(start, end)))


@router.get(
    "/entries/{uid}",
    response={200: schemas.Line, **ERRORS},
    url_name="ledger_entry",
    operation_id="readLedgerEntry",
    summary="A line that is about no person",
)
def read_ledger_entry(request: HttpRequest, uid: Uid) -> schemas.Line:
    line = questions.public_line(uid)
    sealed = getattr(line, "sealed", None)
    return schemas.Line(
        uid=str(line.uid),
        kind=line.kind,
        happened_at=line.happened_at,
        facts=line.facts,
        leaf=line.leaf,
        index=sealed.index if sealed else None,
    )


def _told(checkpoint: Checkpoint) -> schemas.Checkpoint:
    return schemas.Checkpoint(
        size=checkpoint.size, root=checkpoint.root, sealed_at=checkpoint.sealed_at, note=checkpoint.note
    )


def _address(query: dict[str, int] | None) -> str | None:
    if query is None:
        return None
    return f"{settings.SITE_URL}{reverse('api_v1:ledger_checkpoints')}?{urlencode(query)}"


def _hexadecimal(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]
