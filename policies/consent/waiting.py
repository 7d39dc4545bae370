"""Choices that could not be recorded when they were made: kept as files, and recorded once the record answers again.

A choice holds from the moment it is made, because the visitor's own cookie says so. Here one file per act waits, named
after the line that it becomes, until a worker (or `manage.py tick`) enters it with its original time. What names a wording
that nobody knows, or cannot be read, is moved to `aside/` for a person to look at; nothing is thrown away.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError

from common import clock
from policies.jurisdictions.asking import asking_rules
from policies.ledger.models import Kind, Method

from .actions import record_choices
from .acts import Act, KeyReused, Recorded, request_hash, settled
from .remembering import read, written
from .rules import Answer, Remembered, state_of
from .wordings import wording_shown

logger = logging.getLogger(__name__)

ASIDE = "aside"


def record_or_keep(*, remembered: Remembered, act: Act) -> Recorded:
    """Record an act, or let it wait where the record does not take it. Raises KeyReused."""
    act = settled(act)
    try:
        return record_choices(remembered=remembered, act=act)
    except DatabaseError:
        logger.exception("A choice cannot be recorded now and waits")
        return keep_for_later(remembered=remembered, act=act)


def keep_for_later(*, remembered: Remembered, act: Act) -> Recorded:
    """Put an act into the queue, on disk before this returns; what the visitor's cookie should say. Raises KeyReused.

    Without a disk that takes it the choice still holds in the cookie, and the log says that it was not recorded.
    """
    act = settled(replace(act, at=act.at or clock.now()))
    try:
        first = _kept(remembered, act)
    except OSError:
        logger.critical("A choice could be neither recorded nor put into the queue", exc_info=True)
        first = _written(remembered, act)
    if act.key and first["request"] != act.request:
        raise KeyReused(act.key)
    return Recorded(_remembered_of(first, act, remembered), waits=True)


def record_waiting() -> int:
    """Enter what waits, the oldest first; how many. May be called by several at once, and killed at any point: a line is
    entered once, whoever enters it."""
    done = 0
    for at, file in sorted(_waiting()):
        try:
            _record(file)
        except FileNotFoundError:
            continue  # somebody else has just entered it
        except DatabaseError:
            logger.warning("%s: the record does not answer yet", file.name)
            break
        except Exception:
            logger.exception("%s (of %s) cannot be entered and is put aside", file.name, at)
            _put_aside(file)
            continue
        file.unlink(missing_ok=True)
        done += 1
    return done


def choices_are_recorded() -> str:
    """A sentence for operators where choices wait, or were put aside."""
    waiting, aside = len(list(_files(_folder()))), len(list(_files(_folder() / ASIDE)))
    sentences = []
    if waiting:
        sentences.append(f"{waiting} choices wait to be recorded. Does a worker run, and does the database take lines?")
    if aside:
        sentences.append(f"{aside} choices were put aside and need a look: {_folder() / ASIDE}.")
    return " ".join(sentences)


def _folder() -> Path:
    return Path(settings.CONSENT_QUEUE)


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob("*.json")


def _waiting() -> Iterator[tuple[str, Path]]:
    for file in _files(_folder()):
        try:
            yield str(json.loads(file.read_text("utf-8")).get("at", "")), file
        except FileNotFoundError:
            continue
        except (ValueError, AttributeError, OSError):
            yield "", file


def _written(remembered: Remembered, act: Act) -> dict[str, Any]:
    """An act as its file holds it. What the cookie said before says what the act means."""
    return {
        "uid": str(act.uid),
        "at": act.at.isoformat() if act.at else "",
        "choices": dict(act.choices),
        "wording": act.wording.sha256,
        "language": act.wording.language,
        "method": str(act.method),
        "kind": str(act.kind or ""),
        "subject": str(remembered.subject or act.newcomer),
        "before": written(remembered),
        "key": act.key,
        "request": act.request,
    }


def _kept(remembered: Remembered, act: Act) -> dict[str, Any]:
    """What the file of this act says: of two with one key the first."""
    folder, name = _folder(), f"{act.uid}.json"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = _written(remembered, act)
    draft = folder / f".{name}.{uuid4().hex}"
    _write_through(draft, json.dumps(told, ensure_ascii=False))
    try:
        os.link(draft, folder / name)
    except FileExistsError:
        return dict(json.loads((folder / name).read_text("utf-8")))
    finally:
        draft.unlink()
    _flush(folder)
    return told


def _write_through(file: Path, words: str) -> None:
    """On disk, not on its way there."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as open_file:
        open_file.write(words)
        open_file.flush()
        os.fsync(open_file.fileno())


def _flush(folder: Path) -> None:
    """The name of a new file is in its folder, which is written through by itself."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remembered_of(told: dict[str, Any], act: Act, now: Remembered) -> Remembered:
    """The rules need no database: what the act changes of what the cookie said."""
    at = datetime.fromisoformat(told["at"])
    day, number = clock.day_of(at), act.wording.version.number
    rules = asking_rules(act.wording.content.get("regime", "strict"))
    answers = dict(now.answers)
    for code, granted in act.choices.items():
        if state := state_of(answers.get(code), granted=granted, version=number, today=day):
            answers[code] = Answer(state, number, rules.until(day, granted=granted))
    knows_them = now.subject or any(answer.granted for answer in answers.values())
    return Remembered(answers, UUID(told["subject"]) if knows_them else None)


def _record(file: Path) -> None:
    told = json.loads(file.read_text("utf-8"))
    wording = wording_shown(told["wording"])
    if wording is None:
        raise LookupError(f"no wording {told['wording']}")
    if told["key"] and told["request"] != request_hash(told["choices"], wording.sha256):
        raise KeyReused(told["uid"])
    act = Act(
        choices=told["choices"],
        wording=wording,
        method=Method(told["method"]),
        key=told["key"],
        at=datetime.fromisoformat(told["at"]),
        kind=Kind(told["kind"]) if told["kind"] else None,
        uid=UUID(told["uid"]),
        newcomer=UUID(told["subject"]),
    )
    record_choices(remembered=read(told["before"]), act=act)


def _put_aside(file: Path) -> None:
    (file.parent / ASIDE).mkdir(mode=0o700, exist_ok=True)
    file.replace(file.parent / ASIDE / file.name)
