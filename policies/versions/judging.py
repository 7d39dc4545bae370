"""What the editor says a change is, held against what the redline says it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import lint, materiality
from .completeness import NotPublishable
from .document import Document
from .freezing import freeze
from .materiality import Suggestion, Trigger
from .models.versions import Version
from .modes import is_importing, is_rehearsing
from .renewing import renewed_by
from .states import NEEDS_SUMMARY, ChangeClass

JUDGED = ("change_class", "triggers", "class_reason")
"""The fields of a draft that are held against its redline."""


@dataclass
class Judgement:
    """What the editor is told; `blockers` have to be answered, the findings of the lint are warnings."""

    triggers: list[Trigger] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    findings: list[lint.Finding] = field(default_factory=list)
    blockers: list[str] = field(default_factory=list)


def judge(page: Any, draft: Any) -> Judgement:
    """A draft of a policy beside the version that it would follow."""
    document = freeze(draft)
    predecessor = Version.objects.of(page.translation_key).standing().first()
    language = page.locale.language_code
    judgement = Judgement(
        triggers=[Trigger(code) for code in draft.triggers or []],
        findings=lint.findings(
            document,
            language=language,
            controller=lint.controller_facts(language),
            effective_on=draft.effective_on,
        ),
    )
    if predecessor and language == predecessor.work.source_language:
        judgement.suggestions = suggestions_for(draft, predecessor, document)
        chosen = draft.change_class
        judgement.contradictions = materiality.contradictions(chosen, draft.triggers or [], judgement.suggestions)
        judgement.blockers = list(_open_questions(draft, judgement.contradictions))
    return judgement


def contradictions_of(draft: Any) -> list[str]:
    """Why the class of a draft needs a reason; nothing for a first version."""
    predecessor = Version.objects.of(draft.translation_key).standing().first()
    if predecessor is None:
        return []
    suggestions = suggestions_for(draft, predecessor, freeze(draft))
    return materiality.contradictions(draft.change_class, draft.triggers or [], suggestions)


def suggestions_for(draft: Any, predecessor: Version, document: Document) -> list[Suggestion]:
    """What the redline against the version before suggests."""
    before = predecessor.texts.filter(language=predecessor.work.source_language).order_by("-sequence").first()
    tags = {part.id: part.value.get("topics") or [] for part in draft.sections}
    return materiality.suggestions(before.content, document, tags=tags) if before else []


def judged(page: Any, predecessor: Version | None, document: Document, completed: list[str]) -> dict[str, Any]:
    """The triggers and the reason that go into the version; what was left open is filled in from the redline.

    Raises `NotPublishable` where a class was chosen that the redline contradicts, and nobody said why.
    """
    if predecessor is None or not hasattr(page, "change_class") or is_importing():
        return {"triggers": [], "renews": [], "class_reason": ""}
    suggestions, triggers = suggestions_for(page, predecessor, document), list(page.triggers or [])
    if not page.change_class and not triggers:
        triggers = [suggestion.trigger for suggestion in suggestions]
        completed.append("triggers")
    contradictions = materiality.contradictions(page.change_class, triggers, suggestions) if page.change_class else []
    if contradictions and not page.class_reason.strip() and not is_rehearsing():
        raise NotPublishable(" ".join(contradictions))
    is_material = page.change_class in ("", ChangeClass.MATERIAL)
    return {
        "triggers": sorted(set(triggers)),
        "renews": renewed_by(page.renews or [], triggers, completed) if is_material else [],
        "class_reason": page.class_reason.strip(),
    }


def _open_questions(draft: Any, contradictions: list[str]) -> Any:
    if not draft.change_class:
        yield _("Say what kind of change this is.")
    elif draft.change_class in NEEDS_SUMMARY and not draft.summary.strip():
        yield _("Say in a few plain sentences what changes.")
    if draft.change_class and contradictions and not draft.class_reason.strip():
        yield _("Say why this kind of change is right although the redline suggests another.")
