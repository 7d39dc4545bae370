"""A section that was deleted and written again is a new one to the software; here an editor says that it is the same."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from .document import Section
from .freezing import freeze
from .history import History
from .rendering import section_text

ALIKE_FROM = 60
"""Percent of similarity from which two sections are offered as one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that is gone and a new one that may continue it; `likeness` in percent."""

    old: str
    new: str
    old_heading: str
    new_heading: str
    anchor: str
    likeness: int


def offers(draft: Any) -> list[Offer]:
    """Which new sections of a draft look like ones that it leaves out, the most alike first; each section once."""
    history = History.of_page(draft)
    if not history.standing:
        return []
    before = {section["id"]: section for section in history.text(history.standing[0]).content["sections"]}
    after = {section["id"]: section for section in freeze(draft)["sections"]}
    gone = [section for key, section in before.items() if key not in after]
    new = [section for key, section in after.items() if key not in before]
    found = sorted((_offer(old, each) for old in gone for each in new), key=lambda offer: -offer.likeness)
    return list(_each_once([offer for offer in found if offer.likeness >= ALIKE_FROM]))


@transaction.atomic
def relink(page: Any, *, new: str, old: str, user: Any) -> bool:
    """Give a new section of the draft the id of the one that it continues, in every language; False if that is no offer."""
    revision = page.get_latest_revision()
    if revision is None or not any((offer.old, offer.new) == (old, new) for offer in offers(revision.as_object())):
        return False
    for translation in page.get_translations(inclusive=True):
        _rename(translation, new=new, old=old, user=user)
    return True


def _rename(page: Any, *, new: str, old: str, user: Any) -> None:
    revision = page.get_latest_revision()
    draft = revision.as_object() if revision else None
    if draft is None or not any(part.id == new for part in draft.sections):
        return
    raw = json.loads(json.dumps(draft.sections.get_prep_value()))
    renamed = [{**part, "id": old} if part["id"] == new else part for part in raw]
    draft.sections = type(draft)._meta.get_field("sections").stream_block.to_python(renamed)
    draft.save_revision(user=user, log_action=True)


def _offer(old: Section, new: Section) -> Offer:
    same_anchor = old["anchor"] == new["anchor"].removesuffix("-2")
    same_heading = old["heading"].casefold() == new["heading"].casefold()
    likeness = round(fuzz.token_sort_ratio(section_text(old), section_text(new)))
    if same_anchor or same_heading:
        likeness = max(likeness, 90)
    return Offer(old["id"], new["id"], old["heading"], new["heading"], old["anchor"], likeness)


def _each_once(found: list[Offer]) -> list[Offer]:
    taken: set[str] = set()
    chosen = []
    for offer in found:
        if not {offer.old, offer.new} & taken:
            taken |= {offer.old, offer.new}
            chosen.append(offer)
    return chosen
