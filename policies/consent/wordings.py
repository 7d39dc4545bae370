"""What is shown when somebody is asked, as data and as HTML, with a hash that says what an answer was given to."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.canonical import normalised, sha256
from policies.versions.models import Version

from .deciding import current_language
from .filing import filed
from .knowing import Declared, DeclaredCategory, Known, kept, known, shown
from .models import Kind, Wording

MOST_KEPT = 200
"""Wordings that a process keeps; there are a few for each version and language."""
DIGEST = re.compile("[0-9a-f]{64}")
STATIC = settings.STATICFILES_DIRS[0]
STYLES = ("tokens", "base", "layout", "components", "document", "choices")
SCRIPTS = ("consent",)
TEMPLATES = {
    Wording.Kind.BANNER: "choices/banner/question.html",
    Wording.Kind.CHOICES: "choices/questions.html",
    Wording.Kind.FORM: "choices/opt_out/question.html",
}
"""The part of the page that asks. It is drawn from `wording.content` alone, with nothing chosen."""


def wording_in_force(*, language: str, kind: str = Wording.Kind.CHOICES) -> Wording | None:
    """What is asked now, kept in the archive from the first time that it is shown; None while no policy is in force."""
    now = known(language)
    if now.version is None:
        return None
    now.made[kind] = filed(_made(now.version, now, kind))
    return now.made[kind]


def wording_shown(digest: str) -> Wording | None:
    """What a page showed, by its hash; None where we never showed that. Wordings do not run out, nor do they change: each
    process asks for one once. What is asked now is known also where the archive could not be written."""
    if not DIGEST.fullmatch(digest):
        return None
    if digest in shown:
        return shown[digest]
    try:
        found = wording_filed(digest) or next((each for each in _asked_now() if each.sha256 == digest), None)
    except DatabaseError:
        made = [each for known_here in kept() for each in known_here.made.values() if isinstance(each, Wording)]
        found = next((each for each in made if each.sha256 == digest), None)
        if found is None:
            raise
        return found
    if found and not found._state.adding and not connection.in_atomic_block:
        if len(shown) >= MOST_KEPT:
            shown.clear()
        shown[digest] = found
    return found


def wording_filed(digest: str) -> Wording | None:
    """What the archive has under a hash."""
    return Wording.objects.select_related("version__work").filter(pk=digest).first()


def _asked_now() -> Iterator[Wording]:
    now = known(current_language())
    if now.version:
        for kind in TEMPLATES:
            yield filed(_made(now.version, now, kind), insist=True)


def _made(version: Version, now: Known, kind: str) -> Wording:
    return now.made.get(kind) or wording_of(version, now, kind=kind)


def wording_of(version: Version, now: Known, *, kind: str) -> Wording:
    """What is asked under a version; not stored."""
    with override(now.language):
        content = _content(version, now, kind)
        content["html"] = render_to_string(TEMPLATES[Wording.Kind(kind)], {"words": content, "chosen": {}})
        content = normalised(content)
    return Wording(sha256=sha256(content), kind=kind, language=now.language, version=version, content=content)


def _content(version: Version, now: Known, kind: str) -> dict[str, Any]:
    return {
        "kind": str(kind),
        "language": now.language,
        "regime": now.rules.code,
        "version": {
            "policy": str(version.work.key),
            "number": version.number,
            "permalink": version.permalink,
            "sha256": version.sha256,
        },
        **_said(kind),
        "categories": _opted_out_of(now) if kind == Wording.Kind.FORM else _asked(now),
        "answers": {"yes": _("Yes"), "no": _("No")},
        "buttons": _buttons(kind),
        "looks": looks(),
    }


def _said(kind: str) -> dict[str, str]:
    if kind == Wording.Kind.BANNER:
        return {
            "title": _("May we use more than the essential?"),
            "introduction": _("Nothing of this is on unless you say yes. You can change your mind at any time."),
            "again": _("Our policy has changed in something you agreed to. Your other choices stay as they are."),
            "see_again": _("See what changed and answer"),
        }
    if kind == Wording.Kind.FORM:
        return {
            "title": _("Do not sell or share my personal information"),
            "introduction": _(
                "Some laws, such as California's, call it selling or sharing when what you look at here is used to show "
                "you advertising elsewhere. One click turns it off for you. We ask for no name, no e-mail and no proof "
                "of who you are, and you are treated the same afterwards."
            ),
        }
    return {
        "title": _("Privacy choices"),
        "introduction": _(
            "Choose what we may use. Nothing is on before you say yes, and saying no costs you nothing. "
            "You can change your mind here at any time."
        ),
    }


def _asked(now: Known) -> list[dict[str, Any]]:
    return [_category(category) for category in now.categories if category.kind != Kind.MAIL]


def _opted_out_of(now: Known) -> list[dict[str, Any]]:
    """What the opt-out of sale and sharing is about, and nothing else: its wording asks for no other answer."""
    found = [
        each | {"purposes": [purpose for purpose in each["purposes"] if purpose["honours_gpc"]]} for each in _asked(now)
    ]
    return [each for each in found if each["purposes"]]


def _buttons(kind: str) -> dict[str, str]:
    to_all = {"reject": _("Reject all"), "accept": _("Accept all")}
    if kind == Wording.Kind.BANNER:
        return {**to_all, "choose": _("Choose")}
    return {"save": _("Save my choices"), **to_all, "withdraw": _("Withdraw everything")}


def _category(category: DeclaredCategory) -> dict[str, Any]:
    return {
        "code": category.code,
        "name": category.name,
        "text": category.text,
        "essential": category.kind == Kind.ESSENTIAL,
        "asked": any(purpose.is_asked_here for purpose in category.purposes),
        "purposes": [_purpose(purpose) for purpose in category.purposes],
    }


def _purpose(purpose: Declared) -> dict[str, Any]:
    names = ("code", "name", "text", "legal_basis", "dpv", "retention", "honours_gpc")
    lists = ("data_categories", "recipients", "signals")
    return {
        **{name: getattr(purpose, name) for name in names},
        **{name: list(getattr(purpose, name)) for name in lists},
        "asked": purpose.is_asked_here,
        "cookies": [{name: getattr(each, name) for name in each.__slots__} for each in purpose.cookies],
    }


@cache
def looks() -> dict[str, str]:
    """The hashes of the stylesheets and of the script that a question is shown with."""
    return {"css": _hash_of("css", STYLES), "js": _hash_of("js", SCRIPTS)}


def _hash_of(kind: str, names: tuple[str, ...]) -> str:
    files = (STATIC / kind / f"{name}.{kind}" for name in names)
    found = [file.read_bytes() for file in files if file.exists()]
    return hashlib.sha256(b"\n".join(found)).hexdigest()
