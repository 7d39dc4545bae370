"""From what is known to what is answered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from policies.ledger.models import Entry, Method

from ..acts import Recorded
from ..deciding import Checked, chosen_at, verdict_on
from ..knowing import Known
from ..models import Choice, Wording
from ..rules import Because
from ..signal import sends_opt_out
from . import questions, schemas

RECEIPT = "/choices/receipts/{uid}/"


def answer(checked: Checked, purpose: str, now: Known, *, language: str) -> schemas.Answer:
    """May I, and why. It asks the database nothing."""
    choice, told = checked.choice, checked.answer
    with override(language):
        explanation = str(checked.verdict.because.label)
    return schemas.Answer(
        allowed=checked.verdict.allowed,
        because=checked.verdict.because,
        explanation=explanation,
        purpose=purpose,
        state=told and told.state,
        version=told and _version(told.version, now),
        valid_until=told.until if told and told.granted else None,
        renewed_in=now.renewed_by(purpose) or None,
        asked_again=checked.asked_again,
        **(_proof(choice) if choice else _NO_PROOF),
    )


_NO_PROOF: dict[str, Any] = {"entry": None, "wording": None, "chosen_at": None, "foreign": False}


def _proof(choice: Choice) -> dict[str, Any]:
    return {
        "entry": _line(choice.entry),
        "wording": _wording(choice.wording_id) if choice.wording_id else None,
        "chosen_at": chosen_at(choice),
        "foreign": choice.method == Method.SIGNED_IMPORT,
    }


def asked(wording: Wording) -> schemas.Asked:
    """A wording as it was shown."""
    version = wording.content["version"]
    return schemas.Asked(
        sha256=wording.sha256,
        kind=wording.kind,
        language=wording.language,
        version=schemas.VersionName(number=version["number"], permalink=version["permalink"]),
        purposes=wording.purposes,
        content=wording.content,
        url=wording_url(wording.sha256),
    )


def chosen(request: HttpRequest, recorded: Recorded, *, token: str) -> schemas.Chosen:
    """What holds after an act."""
    now, signal = questions.known_here(), sends_opt_out(request)
    verdicts = {
        code: verdict_on(each, code, signal=signal, now=now) for code, each in recorded.remembered.answers.items()
    }
    granted = [code for code, each in recorded.remembered.answers.items() if each.granted]
    return schemas.Chosen(
        token=token,
        allows=sorted(code for code, verdict in verdicts.items() if verdict),
        switched_off=sorted(code for code in granted if verdicts[code].because == Because.SIGNAL),
        states={code: str(state) for code, state in recorded.states.items()},
        entry=_line(recorded.entry) if recorded.entry else None,
        receipt_url=settings.SITE_URL + RECEIPT.format(uid=recorded.entry.uid) if recorded.entry else None,
    )


def wording_url(digest: str) -> str:
    """Where a wording stays."""
    return f"{settings.SITE_URL}{reverse('api_v1:wording_shown', args=[digest])}"


def _wording(digest: str) -> schemas.WordingName:
    return schemas.WordingName(sha256=digest, url=wording_url(digest))


def _line(entry: Entry) -> schemas.EntryName:
    return schemas.EntryName(uid=entry.uid, leaf=entry.leaf)


def _version(number: int, now: Known) -> schemas.VersionName:
    return schemas.VersionName(number=number, permalink=now.permalinks.get(number))
